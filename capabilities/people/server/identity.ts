import type { IncomingHttpHeaders } from 'node:http'

/** From where someone signs in; kept with the session. */
export type Client = { headers: IncomingHttpHeaders; address: string }

/** Who an account belongs to, as far as its provider knows. */
export type Person = { userId: string; name: string; email: string; emailVerified: boolean }

/**
 * Who someone is: all that the product asks of whoever signs people in. What they may do is never asked here: members,
 * roles and grants are ours. Answered by the built-in provider (built-in.ts); Clerk answers the same questions, and
 * has its own ways of signing in, of passwords and of second factors.
 */
export type Identity = {
  /** With the organization, where the provider lets people choose one with their session. */
  sessionOf: (
    headers: IncomingHttpHeaders,
  ) => Promise<{ userId: string; sessionId: string; organizationId?: string } | null>
  /** Session id → user id, of those sessions that still stand. */
  usersOf: (sessionIds: readonly string[]) => Promise<Map<string, string>>
  /** The session's secret in this request, unchecked: to remember answers by, never to trust. */
  credentialIn: (headers: IncomingHttpHeaders) => string | null
  /** Called as someone begins to work: a chance to give the session a new secret, and a new term. */
  rotate: (headers: IncomingHttpHeaders) => Promise<{ cookies: string[] }>
  /** Ends the session on the server. */
  signOut: (headers: IncomingHttpHeaders) => Promise<{ cookies: string[] }>
  personOf: (userId: string) => Promise<Person | null>
}
