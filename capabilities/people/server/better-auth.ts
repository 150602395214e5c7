import { randomUUID } from 'node:crypto'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getAdapter } from 'better-auth/db/adapter'
import { PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { SessionCookie } from './session-cookie.ts'

export const SESSION_SECONDS = 7 * 24 * 3600
/** The header in which we tell better-auth the caller's address; never taken from outside. */
export const ADDRESS_HEADER = 'x-opsflow-address'

export type BetterAuthParts = {
  pool: pg.Pool
  secret: string
  publicUrl: string
  cookie: SessionCookie
  log: { error: (details: object, message: string) => void }
}

/** better-auth, and of it only accounts with a password and sessions. Tenants, members and roles are ours. */
export async function openBetterAuth(parts: BetterAuthParts, digest: (token: string) => string) {
  const options = betterAuthOptions(parts)
  const adapter = hashingTokens(await getAdapter(options), digest)
  return betterAuth({ ...options, database: () => adapter })
}

export function betterAuthOptions({ pool, secret, publicUrl, cookie, log }: BetterAuthParts) {
  return {
    appName: 'OpsFlow',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'auth', transaction: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    // Renewing is ours (built-in.ts, rotate): a renewed session also gets a new token.
    session: {
      modelName: 'sessions',
      fields: {
        ...camelToSnake('userId', 'expiresAt', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent'),
        token: 'token_hash',
      },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
    },
    user: { modelName: 'users', fields: camelToSnake('emailVerified', 'createdAt', 'updatedAt') },
    account: {
      modelName: 'accounts',
      fields: camelToSnake(
        'userId',
        'accountId',
        'providerId',
        'accessToken',
        'refreshToken',
        'idToken',
        'accessTokenExpiresAt',
        'refreshTokenExpiresAt',
        'createdAt',
        'updatedAt',
      ),
    },
    verification: { modelName: 'verifications', fields: camelToSnake('expiresAt', 'createdAt', 'updatedAt') },
    advanced: {
      cookiePrefix: 'opsflow',
      useSecureCookies: false, // would put `__Secure-` before our own prefix
      cookies: { session_token: { name: cookie.name, attributes: cookie.attributes } },
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    rateLimit: { enabled: false }, // the platform counts, for every way in
    telemetry: { enabled: false },
    // Only the sentence: what comes with it may hold a request.
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
  } satisfies BetterAuthOptions
}

const camelToSnake = <const F extends string>(...fields: F[]) =>
  Object.fromEntries(fields.map((field) => [field, field.replaceAll(/[A-Z]/g, (x) => `_${x.toLowerCase()}`)])) as {
    [K in F]: string
  }

type Adapter = Awaited<ReturnType<typeof getAdapter>>
type Where = NonNullable<Parameters<Adapter['count']>[0]['where']>[number]
type Query = { model: string; where?: Where[] | undefined }

/** Keeps sessions by the digest of their token: a copy of the table opens no session. Callers see tokens as ever. */
function hashingTokens<A extends Omit<Adapter, 'transaction'>>(inner: A, digest: (token: string) => string): A {
  const hashed = <Q extends Query>(query: Q): Q =>
    query.model !== 'session' || !query.where
      ? query
      : { ...query, where: query.where.map((part) => (part.field === 'token' ? hashedPart(part, digest) : part)) }
  const wrapped: Omit<Adapter, 'transaction'> = {
    ...inner,
    async create(query) {
      const { token } = query.data as { token?: string }
      if (query.model !== 'session' || token === undefined) return inner.create(query)
      const created = await inner.create({ ...query, data: { ...query.data, token: digest(token) } })
      return { ...created, token } as never
    },
    async findOne(query) {
      const found = await inner.findOne(hashed(query))
      const asked = query.model === 'session' && query.where.find(({ field }) => field === 'token')
      return (found && asked ? { ...found, token: asked.value } : found) as never
    },
    findMany: (query) => inner.findMany(hashed(query)),
    count: (query) => inner.count(hashed(query)),
    update: (query) => inner.update(hashed(query)),
    updateMany: (query) => inner.updateMany(hashed(query)),
    delete: (query) => inner.delete(hashed(query)),
    deleteMany: (query) => inner.deleteMany(hashed(query)),
  }
  const { transaction } = inner as unknown as Partial<Adapter>
  return {
    ...wrapped,
    ...(transaction && {
      transaction: (work: Parameters<Adapter['transaction']>[0]) =>
        transaction((inTransaction) => work(hashingTokens(inTransaction, digest))),
    }),
  } as unknown as A
}

const hashedPart = (part: Where, digest: (token: string) => string): Where => ({
  ...part,
  value: Array.isArray(part.value) ? part.value.map(String).map(digest) : digest(String(part.value)),
})
