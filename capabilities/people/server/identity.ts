import type { IncomingHttpHeaders } from 'node:http'

/** From where someone signs in; kept with the session. */
export type Client = { headers: IncomingHttpHeaders; address: string }

export type NewAccount = { email: string; name: string } & ({ password: string } | { passwordHash: string })

/**
 * Who someone is. What they may do is never asked here: members, roles and grants are ours, whichever provider
 * signs people in. Answered by the built-in provider (built-in.ts); Clerk answers the same questions.
 */
export type Identity = {
  /** Null when email and password do not belong together; never says which of the two is wrong, nor by its timing. */
  signIn: (email: string, password: string, client: Client) => Promise<{ userId: string; cookies: string[] } | null>
  /** Ends the session on the server. */
  signOut: (headers: IncomingHttpHeaders) => Promise<{ cookies: string[] }>
  /** With the organization, where the provider lets people choose one with their session. */
  sessionOf: (
    headers: IncomingHttpHeaders,
  ) => Promise<{ userId: string; sessionId: string; organizationId?: string } | null>
  /** Session id → user id, of those sessions that still stand. */
  usersOf: (sessionIds: readonly string[]) => Promise<Map<string, string>>
  /** The session's secret in this request, unchecked: to remember answers by, never to trust. */
  credentialIn: (headers: IncomingHttpHeaders) => string | null
  /** Gives a session whose secret is a day old a new one, and a new week. */
  rotate: (headers: IncomingHttpHeaders) => Promise<{ cookies: string[] }>
  createAccount: (account: NewAccount) => Promise<{ userId: string }>
  /** Removes an account nobody belongs to: one that a founding left behind half-done. */
  removeAccount: (email: string) => Promise<void>
  /** For many accounts with one password: hash once, create with `passwordHash`. */
  hashPassword: (password: string) => Promise<string>
}
