import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClerkInstance, clerkInstance, PAGE_ORIGIN } from './clerk.for-tests.ts'
import { clerkTokens, frontendApiOf } from './tokens.ts'

let clerk: ClerkInstance
beforeAll(async () => {
  clerk = await clerkInstance()
})
afterAll(() => clerk.close())

const opened = (token: string, publicOrigin = PAGE_ORIGIN) =>
  clerkTokens({ ...clerk.keys, publicOrigin: () => publicOrigin }).claimsOf(token)

test('a token of our instance says who, in which session and organization, without asking Clerk', async () => {
  const token = clerk.tokenOf('user_ana', { o: { id: 'org_1', rol: 'admin', slg: 'harbor' } })
  expect(await opened(token)).toMatchObject({
    userId: 'user_ana',
    sessionId: 'sess_ana',
    clerkOrganizationId: 'org_1',
    expiresAt: expect.any(Date),
  })
  expect(await opened(clerk.tokenOf('user_ana'))).toMatchObject({ clerkOrganizationId: null })
  expect(clerk.asked).toEqual([])
})

test.each([
  ['expired', { exp: Math.floor(Date.now() / 1000) - 30 }],
  ['not yet valid', { nbf: Math.floor(Date.now() / 1000) + 120 }],
  ['made on another site', { azp: 'https://ops.example.com.evil.example' }],
  ['made nowhere', { azp: undefined }],
  ['of another issuer', { iss: 'https://clerk.evil.example' }],
  ['of a session with something left to do', { sts: 'pending' }],
  ['without a session', { sid: undefined }],
  ['without a person', { sub: undefined }],
])('a token that is %s opens nothing', async (_, claims) => {
  expect(await opened(clerk.tokenOf('user_ana', claims))).toBeNull()
})

test('a token of another instance opens nothing, even when it claims to be ours', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [header, payload] = clerk.tokenOf('user_ana').split('.') as [string, string]
  const signature = createSign('RSA-SHA256').update(`${header}.${payload}`).sign(privateKey, 'base64url')
  expect(await opened(`${header}.${payload}.${signature}`)).toBeNull()
})

test('no other algorithm is believed: none, and HMAC with the public key as its secret', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = part(clerk.claims('user_ana'))
  for (const alg of ['none', 'None', 'nOnE']) {
    expect(await opened(`${part({ alg, typ: 'JWT' })}.${payload}.`)).toBeNull()
    expect(await opened(`${part({ alg, typ: 'JWT' })}.${payload}.AAAA`)).toBeNull()
  }
  const data = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`
  const hmac = createHmac('sha256', clerk.keys.jwtKey).update(data).digest('base64url')
  expect(await opened(`${data}.${hmac}`)).toBeNull()
  expect(await opened(clerk.token(clerk.claims('user_ana'), { alg: 'HS256', typ: 'JWT' }))).toBeNull()
})

test.each(['', '.', '..', 'a.b.c', 'é.é.é', `${'A'.repeat(7000)}.b.c`])('%j is no token', async (text) => {
  expect(await opened(text)).toBeNull()
})

test('a changed token opens nothing', async () => {
  const [header, , signature] = clerk.tokenOf('user_ana').split('.') as [string, string, string]
  const other = Buffer.from(JSON.stringify(clerk.claims('user_ben'))).toString('base64url')
  expect(await opened(`${header}.${other}.${signature}`)).toBeNull()
})

test('the publishable key names the host that signs', () => {
  expect(frontendApiOf(clerk.keys.publishableKey)).toBe('clerk.ops.example.com')
  expect(frontendApiOf('pk_test_nonsense')).toBe('')
})
