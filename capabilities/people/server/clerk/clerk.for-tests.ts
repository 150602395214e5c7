import { createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ClerkKeys } from './keys.ts'

/**
 * A Clerk instance as far as we touch it: it signs session tokens (RS256, claims of version 2) and messages (Svix), and
 * answers the Backend API's lists over HTTP. It is written after Clerk's published formats; the real service was not
 * reachable when these tests were made.
 */
export type ClerkInstance = Awaited<ReturnType<typeof clerkInstance>>

export const PAGE_ORIGIN = 'https://ops.example.com'
const FRONTEND_API = 'clerk.ops.example.com'

type Person = { id: string; first_name: string; last_name: string; email: string; isVerified?: boolean }

export async function clerkInstance() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const secret = randomBytes(24)
  const listed = {
    users: [] as object[],
    organizations: [] as { id: string }[],
    memberships: [] as { organization: { id: string } }[],
  }
  const asked: string[] = []
  const api = createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://clerk')
    asked.push(`${req.method} ${url.pathname}`)
    if (req.headers.authorization !== 'Bearer sk_test_of_tests') return void res.writeHead(401).end('{"errors":[]}')
    const [, organizationId] = /^\/v1\/organizations\/(\w+)\/memberships$/.exec(url.pathname) ?? []
    const all = organizationId
      ? listed.memberships.filter(({ organization }) => organization.id === organizationId)
      : url.pathname === '/v1/users'
        ? listed.users
        : listed.organizations
    const [offset, limit] = ['offset', 'limit'].map((name) => Number(url.searchParams.get(name) ?? 0)) as [
      number,
      number,
    ]
    const data = all.slice(offset, offset + limit)
    res.setHeader('content-type', 'application/json')
    // Users come as a bare list, with their count asked for apart; everything else in an envelope.
    if (url.pathname === '/v1/users/count') res.end(JSON.stringify({ total_count: all.length }))
    else res.end(JSON.stringify(url.pathname === '/v1/users' ? data : { data, total_count: all.length }))
  })
  api.listen(0, '127.0.0.1')
  await once(api, 'listening')
  const keys: ClerkKeys = {
    publishableKey: `pk_test_${Buffer.from(`${FRONTEND_API}$`).toString('base64')}`,
    secretKey: 'sk_test_of_tests',
    jwtKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    webhookSigningSecret: `whsec_${secret.toString('base64')}`,
    apiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
  }

  const claims = (userId: string, more: object = {}) => {
    const now = Math.floor(Date.now() / 1000)
    return {
      iss: `https://${FRONTEND_API}`,
      sub: userId,
      sid: `sess_${userId.slice(5)}`,
      azp: PAGE_ORIGIN,
      iat: now - 1,
      nbf: now - 10,
      exp: now + 60,
      sts: 'active',
      fva: [0, -1],
      v: 2,
      ...more,
    }
  }
  return {
    keys,
    listed,
    asked,
    claims,
    token: (payload: object, header: object = { alg: 'RS256', typ: 'JWT', kid: 'ins_tests' }) => {
      const data = `${encoded(header)}.${encoded(payload)}`
      return `${data}.${createSign('RSA-SHA256').update(data).sign(privateKey, 'base64url')}`
    },
    tokenOf(userId: string, more: object = {}) {
      return this.token(claims(userId, more))
    },
    /** The headers with which Svix delivers a body. */
    signed(body: string, at = Date.now(), id = `msg_${randomBytes(8).toString('hex')}`): Record<string, string> {
      const timestamp = String(Math.floor(at / 1000))
      const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
      return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` }
    },
    close: () => new Promise<void>((done) => void api.close(() => done())),
  }
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

export const userObject = ({ id, first_name, last_name, email, isVerified = true }: Person, updated_at: number) => ({
  object: 'user',
  id,
  first_name,
  last_name,
  username: null,
  banned: false,
  primary_email_address_id: `idn_${id}`,
  email_addresses: [
    {
      object: 'email_address',
      id: `idn_${id}`,
      email_address: email,
      linked_to: [],
      verification: { status: isVerified ? 'verified' : 'unverified', strategy: 'email_code' },
    },
  ],
  phone_numbers: [],
  web3_wallets: [],
  external_accounts: [],
  enterprise_accounts: [],
  public_metadata: {},
  private_metadata: {},
  unsafe_metadata: {},
  created_at: 1,
  updated_at,
})

export const organizationObject = (id: string, name: string, updated_at: number, public_metadata: object = {}) => ({
  object: 'organization',
  id,
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  public_metadata,
  created_at: 1,
  updated_at,
})

export const membershipObject = (
  organization: ReturnType<typeof organizationObject>,
  { id, first_name, last_name, email }: Person,
  role: string,
  updated_at: number,
) => ({
  object: 'organization_membership',
  id: `orgmem_${organization.id.slice(4)}_${id.slice(5)}`,
  role,
  permissions: [],
  organization,
  public_user_data: { user_id: id, identifier: email, first_name, last_name, image_url: '', has_image: false },
  created_at: 1,
  updated_at,
})

export const messageOf = (type: string, data: object, timestamp = Date.now()) =>
  JSON.stringify({ object: 'event', type, data, timestamp, instance_id: 'ins_tests' })
