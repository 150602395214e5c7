import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '@opsflow/platform/refusal'
import { fromNodeHeaders } from 'better-auth/node'
import type pg from 'pg'
import { ADDRESS_HEADER, type BetterAuth, openBetterAuth, SESSION_SECONDS } from './better-auth.ts'
import { digestWith } from './credentials.ts'
import type { Client, Identity } from './identity.ts'
import { isSecureOrigin, sessionCookie } from './session-cookie.ts'
import { accountsIn } from './store-accounts.ts'

export type BuiltInParts = {
  /** As opsflow_auth. */
  pool: pg.Pool
  /** Signs cookies and keys the digests of session tokens. */
  secret: string
  /** Where people reach the product; decides what the session cookie may promise. */
  publicUrl: string
  log: { warn: (details: object, message: string) => void; error: (details: object, message: string) => void }
}

export type BuiltInIdentity = Identity & {
  /** better-auth's own way of speaking HTTP (auth-convention.ts). */
  respond: (request: Request) => Promise<Response>
}

/** The default provider: accounts and sessions in our own database, no outside service. */
export async function builtInIdentity({ pool, secret, publicUrl, log }: BuiltInParts): Promise<BuiltInIdentity> {
  if (!isSecureOrigin(publicUrl)) {
    log.warn({ publicUrl }, 'sessions travel unencrypted: put https in front, or open the product on this machine')
  }
  const cookie = sessionCookie(publicUrl, secret)
  const hmac = digestWith(secret)
  const digest = (token: string) => hmac(token).toString('base64url')
  const auth = await openBetterAuth({ pool, secret, publicUrl, cookie, log }, digest)
  const { password: passwords } = await auth.$context
  const accounts = accountsIn(pool)

  // Whoever sends a header means the header, whatever cookie the browser adds.
  const tokenIn = ({ authorization, cookie: cookies }: IncomingHttpHeaders) =>
    authorization === undefined ? cookie.tokenIn(cookies) : null
  const endSession = async (headers: IncomingHttpHeaders) => {
    const token = tokenIn(headers)
    if (token) await accounts.endSession(digest(token))
  }

  return {
    async signIn(email, password, client) {
      await accounts.removeExpired(email)
      const signedIn = await signInEmail(auth, email, password, client)
      if (!signedIn) return null
      await endSession(client.headers)
      return { userId: signedIn.userId, cookies: [cookie.set(signedIn.token, SESSION_SECONDS)] }
    },

    async signOut(headers) {
      await endSession(headers)
      return { cookies: [cookie.clear()] }
    },

    async sessionOf(headers) {
      const token = tokenIn(headers)
      const session = token && (await accounts.session(digest(token)))
      return session ? { sessionId: session.id, userId: session.user_id } : null
    },

    usersOf: async (sessionIds) =>
      new Map((await accounts.sessions(sessionIds)).map((session) => [session.id, session.user_id])),

    credentialIn: tokenIn,

    async rotate(headers) {
      const token = tokenIn(headers)
      if (!token) return { cookies: [] }
      const next = randomBytes(32).toString('base64url')
      const rotated = await accounts.rotate(digest(token), digest(next), SESSION_SECONDS)
      return { cookies: rotated ? [cookie.set(next, SESSION_SECONDS)] : [] }
    },

    async createAccount(account) {
      const passwordHash = 'passwordHash' in account ? account.passwordHash : await passwords.hash(account.password)
      const userId = await accounts.insert({ name: account.name, email: account.email, passwordHash })
      return userId ? { userId } : emailTaken()
    },

    removeAccount: async (email) => void (await accounts.remove(email)),
    hashPassword: passwords.hash,
    respond: auth.handler,
  }
}

async function signInEmail(auth: BetterAuth, email: string, password: string, client: Client) {
  const headers = fromNodeHeaders({ 'user-agent': client.headers['user-agent'], [ADDRESS_HEADER]: client.address })
  try {
    const { token, user } = await auth.api.signInEmail({ body: { email, password }, headers })
    return { token, userId: user.id }
  } catch (error) {
    if ([400, 401].includes((error as { statusCode?: number }).statusCode ?? 0)) return null
    throw error
  }
}

const emailTaken = () =>
  refuse('conflict', 'people.email_taken', { detail: 'There is an account with this email already.' })
