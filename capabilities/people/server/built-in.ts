import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '@opsflow/platform/refusal'
import type pg from 'pg'
import type { PasskeyAnswer, SignedInWith } from '../account.ts'
import { openBetterAuth, SESSION_SECONDS } from './better-auth.ts'
import { digestWith } from './credentials.ts'
import type { Client, Identity } from './identity.ts'
import { type MailedLinks, mailedLinks } from './mailed-links.ts'
import { type Passkeys, passkeysAt } from './passkeys.ts'
import { sealWith } from './sealed.ts'
import { type SecondFactor, secondFactor, type Verdict } from './second-factor.ts'
import { isSecureOrigin, sessionCookie } from './session-cookie.ts'
import { type AccountRow, accountsIn } from './store-accounts.ts'
import { sessionsIn } from './store-sessions.ts'

export type BuiltInParts = {
  /** As opsflow_auth. */
  pool: pg.Pool
  /** Signs cookies, keys the digests of tokens and codes, and seals authenticators. */
  secret: string
  /** Where people reach the product; decides what the session cookie may promise, and where passkeys are good. */
  publicUrl: string
  log: { warn: (details: object, message: string) => void; error: (details: object, message: string) => void }
  clock?: () => number
}

export type NewAccount = { email: string; name: string; emailVerified?: boolean } & (
  | { password: string }
  | { passwordHash: string }
)

/** What someone shows to prove who they are. */
export type Shown = { password: string; code?: string | undefined; recoveryCode?: string | undefined }

/** What it proves, or what is missing. */
export type Proof =
  | { signedInWith: SignedInWith }
  | { missing: 'sign_in_failed' | 'code_required' | 'code_wrong' }
  | { missing: 'code_locked'; lockedForSeconds: number }

type SignedInAs = { userId: string; cookies: string[] }

/** The ways into an account that is kept here, beside what every provider answers. */
export type BuiltInIdentity = Identity & {
  /**
   * Null when email and password do not belong together; never says which of the two is wrong, nor by its timing.
   * Refuses when a second factor is in force and did not come along.
   */
  signIn: (
    email: string,
    password: string,
    client: Client,
    second?: Omit<Shown, 'password'>,
  ) => Promise<SignedInAs | null>
  signInWithPasskey: (answer: PasskeyAnswer, client: Client) => Promise<SignedInAs | null>
  /** After a link from a letter, or an invitation, made the account. */
  signInByLink: (userId: string, client: Client) => Promise<SignedInAs>
  prove: (userId: string, shown: Shown) => Promise<Proof>
  createAccount: (account: NewAccount) => Promise<{ userId: string }>
  /** Removes an account nobody belongs to: one that a founding left behind half-done. */
  removeAccount: (email: string) => Promise<void>
  /** For many accounts with one password: hash once, create with `passwordHash`. */
  hashPassword: (password: string) => Promise<string>
  setPassword: (userId: string, password: string) => Promise<void>
  accounts: Pick<ReturnType<typeof accountsIn>, 'byEmail' | 'byId' | 'setEmail' | 'claim'>
  sessions: Pick<ReturnType<typeof sessionsIn>, 'ofUser' | 'endOne' | 'endOthers' | 'isFresh' | 'confirm'>
  authenticators: SecondFactor
  passkeys: Passkeys
  links: MailedLinks
  /** better-auth's own way of speaking HTTP (auth-convention.ts). */
  respond: (request: Request) => Promise<Response>
}

/** The default provider: accounts and sessions in our own database, no outside service. */
export async function builtInIdentity(parts: BuiltInParts): Promise<BuiltInIdentity> {
  const { pool, secret, publicUrl, log, clock = Date.now } = parts
  if (!isSecureOrigin(publicUrl)) {
    log.warn({ publicUrl }, 'sessions travel unencrypted: put https in front, or open the product on this machine')
  }
  const cookie = sessionCookie(publicUrl, secret)
  const digest = digestWith(secret)
  const tokenHash = (token: string) => digest(token).toString('base64url')
  const auth = await openBetterAuth({ pool, secret, publicUrl, cookie, log }, tokenHash)
  const { password: passwords } = await auth.$context
  const accounts = accountsIn(pool)
  const sessions = sessionsIn(pool)
  const passkeys = passkeysAt(publicUrl, pool)
  const authenticators = secondFactor({ pool, digest, clock, seal: sealWith(secret, 'authenticators') })
  /** What an account without a password is compared with: the same work for the same answer. */
  const nobodysHash = await passwords.hash(randomBytes(32).toString('base64url'))

  // Whoever sends a header means the header, whatever cookie the browser adds.
  const tokenIn = ({ authorization, cookie: cookies }: IncomingHttpHeaders) =>
    authorization === undefined ? cookie.tokenIn(cookies) : null

  const endSession = async (headers: IncomingHttpHeaders) => {
    const token = tokenIn(headers)
    if (token) await sessions.end(tokenHash(token))
  }

  /** Always a new token, whatever the browser brought along. */
  const openSession = async (userId: string, client: Client, signedInWith: SignedInWith): Promise<SignedInAs> => {
    const token = randomBytes(32).toString('base64url')
    await sessions.removeExpired(userId)
    await sessions.insert({
      userId,
      tokenHash: tokenHash(token),
      seconds: SESSION_SECONDS,
      signedInWith,
      address: client.address,
      userAgent: client.headers['user-agent'],
    })
    await endSession(client.headers)
    return { userId, cookies: [cookie.set(token, SESSION_SECONDS)] }
  }

  const proveAccount = async (account: AccountRow | undefined, shown: Shown): Promise<Proof> => {
    const isRight = await passwords.verify({ hash: account?.password ?? nobodysHash, password: shown.password })
    if (!account?.password || !isRight) return { missing: 'sign_in_failed' }
    if (!(await authenticators.isOn(account.id))) return { signedInWith: 'password' }
    if (shown.code !== undefined) return judged(await authenticators.check(account.id, shown.code), 'password_and_code')
    if (shown.recoveryCode === undefined) return { missing: 'code_required' }
    const verdict = await authenticators.checkRecoveryCode(account.id, shown.recoveryCode)
    return judged(verdict, 'password_and_recovery_code')
  }

  return {
    async signIn(email, password, client, second = {}) {
      const account = await accounts.byEmail(email)
      const proof = await proveAccount(account, { password, ...second })
      if ('signedInWith' in proof) return openSession((account as AccountRow).id, client, proof.signedInWith)
      return proof.missing === 'sign_in_failed' ? null : refuseProof(proof, 'unauthenticated')
    },
    async signInWithPasskey(answer, client) {
      const userId = await passkeys.check(answer, null)
      return userId === null ? null : openSession(userId, client, 'passkey')
    },
    signInByLink: (userId, client) => openSession(userId, client, 'link'),
    prove: async (userId, shown) => proveAccount(await accounts.byId(userId), shown),

    async signOut(headers) {
      await endSession(headers)
      return { cookies: [cookie.clear()] }
    },
    async sessionOf(headers) {
      const token = tokenIn(headers)
      const session = token && (await sessions.byToken(tokenHash(token)))
      return session ? { sessionId: session.id, userId: session.user_id } : null
    },
    usersOf: async (sessionIds) =>
      new Map((await sessions.byIds(sessionIds)).map((session) => [session.id, session.user_id])),
    credentialIn: tokenIn,
    /** A session whose token is a day old gets a new one, and a new week. */
    async rotate(headers) {
      const token = tokenIn(headers)
      if (!token) return { cookies: [] }
      await sessions.noteSeen(tokenHash(token))
      const next = randomBytes(32).toString('base64url')
      const rotated = await sessions.rotate(tokenHash(token), tokenHash(next), SESSION_SECONDS)
      return { cookies: rotated ? [cookie.set(next, SESSION_SECONDS)] : [] }
    },
    async personOf(userId) {
      const account = await accounts.byId(userId)
      if (!account) return null
      return { userId, name: account.name, email: account.email, emailVerified: account.email_verified }
    },

    async createAccount(account) {
      const passwordHash = 'passwordHash' in account ? account.passwordHash : await passwords.hash(account.password)
      const { name, email, emailVerified = false } = account
      const userId = await accounts.insert({ name, email, passwordHash, emailVerified })
      return userId ? { userId } : refuseEmailTaken()
    },
    removeAccount: async (email) => void (await accounts.remove(email)),
    hashPassword: passwords.hash,
    setPassword: async (userId, password) => void (await accounts.setPassword(userId, await passwords.hash(password))),
    accounts,
    sessions,
    authenticators,
    passkeys,
    links: mailedLinks(pool, digest),
    respond: auth.handler,
  }
}

function judged(verdict: Verdict, signedInWith: SignedInWith): Proof {
  if (verdict === 'right') return { signedInWith }
  return verdict === 'wrong' ? { missing: 'code_wrong' } : { missing: 'code_locked', ...verdict }
}

/** At the door nobody is known yet (`unauthenticated`); within a session someone is, who may not do this (`forbidden`). */
export function refuseProof(
  proof: Exclude<Proof, { signedInWith: SignedInWith }>,
  kind: 'unauthenticated' | 'forbidden',
) {
  if (proof.missing === 'code_locked') {
    return refuse('too_many', 'people.code_locked', {
      detail: 'Too many wrong codes. Wait a quarter of an hour, then try again.',
      retryAfterSeconds: Math.max(1, proof.lockedForSeconds),
    })
  }
  return refuse(kind, `people.${proof.missing}`, { detail: MISSING[proof.missing] })
}

const MISSING = {
  sign_in_failed: 'This email and password do not belong together.',
  code_required: 'Send the code of your authenticator app along, or a recovery code.',
  code_wrong: 'This code is wrong, used or no longer valid.',
}

export const refuseEmailTaken = () =>
  refuse('conflict', 'people.email_taken', { detail: 'There is an account with this email already.' })
