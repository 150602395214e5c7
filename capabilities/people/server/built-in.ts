import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '@opsflow/platform/refusal'
import { fromNodeHeaders } from 'better-auth/node'
import type pg from 'pg'
import { ADDRESS_HEADER, type BetterAuth, openBetterAuth, SESSION_SECONDS } from './better-auth.ts'
import { digestWith } from './credentials.ts'
import type { Client, Identity } from './identity.ts'
import { isSecureOrigin, sessionCookie } from './session-cookie.ts'

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

/** A replaced token still works for a while: for requests under way with it, and where the answer got lost. */
const OVERLAP = `interval '1 hour'`
const BY_TOKEN = `(token_hash = $1 or (previous_token_hash = $1 and rotated_at > now() - ${OVERLAP})) and expires_at > now()`

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

  const tokenIn = (headers: IncomingHttpHeaders) => cookie.tokenIn(headers.cookie)
  const endSession = async (headers: IncomingHttpHeaders) => {
    const token = tokenIn(headers)
    if (token) await pool.query(`delete from auth.sessions where ${BY_TOKEN}`, [digest(token)])
  }

  return {
    async signIn(email, password, client) {
      const signedIn = await signInEmail(auth, email, password, client)
      if (!signedIn) return null
      await endSession(client.headers)
      await pool.query('delete from auth.sessions where user_id = $1 and expires_at < now()', [signedIn.userId])
      return { userId: signedIn.userId, cookies: [cookie.set(signedIn.token, SESSION_SECONDS)] }
    },

    async signOut(headers) {
      await endSession(headers)
      return { cookies: [cookie.clear()] }
    },

    async sessionOf(headers) {
      const token = tokenIn(headers)
      if (!token) return null
      const { rows } = await pool.query<{ id: string; user_id: string }>({
        name: 'session',
        text: `select id, user_id from auth.sessions where ${BY_TOKEN}`,
        values: [digest(token)],
      })
      return rows[0] ? { sessionId: rows[0].id, userId: rows[0].user_id } : null
    },

    async usersOf(sessionIds) {
      const { rows } = await pool.query<{ id: string; user_id: string }>({
        name: 'sessions',
        text: 'select id, user_id from auth.sessions where id = any ($1) and expires_at > now()',
        values: [sessionIds],
      })
      return new Map(rows.map(({ id, user_id }) => [id, user_id]))
    },

    credentialIn: tokenIn,

    async rotate(headers) {
      const token = tokenIn(headers)
      if (!token) return { cookies: [] }
      const next = randomBytes(32).toString('base64url')
      const { rowCount } = await pool.query(
        `update auth.sessions
            set token_hash = $2, previous_token_hash = token_hash, rotated_at = now(), updated_at = now(),
                expires_at = now() + make_interval(secs => $3)
          where token_hash = $1 and expires_at > now()
            and coalesce(rotated_at, created_at) < now() - interval '1 day'`,
        [digest(token), digest(next), SESSION_SECONDS],
      )
      return { cookies: rowCount ? [cookie.set(next, SESSION_SECONDS)] : [] }
    },

    async createAccount(account) {
      const password = 'passwordHash' in account ? account.passwordHash : await passwords.hash(account.password)
      const { rows } = await pool.query<{ id: string }>(
        `with person as (
           insert into auth.users (id, name, email, email_verified) values ($1, $2, lower($3), false)
           on conflict (email) do nothing returning id)
         insert into auth.accounts (id, user_id, account_id, provider_id, password, updated_at)
         select $4, id, id, 'credential', $5, now() from person returning user_id as id`,
        [randomUUID(), account.name, account.email, randomUUID(), password],
      )
      const [created] = rows
      return created ? { userId: created.id } : emailTaken()
    },

    async removeAccount(email) {
      await pool.query('delete from auth.users where email = lower($1)', [email])
    },

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
