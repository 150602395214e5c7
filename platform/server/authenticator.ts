import type { IncomingHttpHeaders } from 'node:http'
import type { Actor } from '../actor.ts'

/**
 * Who is behind a request or a socket. `credential` names the key, session or device, for rate limits and
 * re-checks; it is not the secret. `standing` is a digest of everything the rights came from.
 */
export type Caller = { actor: Actor; via: 'session' | 'key' | 'device' | 'kiosk'; credential: string; standing: string }

export type Authenticator = {
  /** Null without credentials; refuses bad ones. One organization is implied, several must be chosen. */
  authenticate: (request: {
    headers: IncomingHttpHeaders
    /** Its id or slug. */
    organizationId: string | undefined
    /** Of several organizations none was chosen: a read answers for the first, a write must be told. */
    isRead?: boolean
  }) => Promise<Caller | null>
  /**
   * For open sockets: the standing of each caller as it is now, in one question for all of them.
   * One that is missing has ended; another standing means other rights.
   */
  standings: (callers: readonly Caller[]) => Promise<Map<Caller, string>>
}
