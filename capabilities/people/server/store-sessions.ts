import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { OwnSession, SignedInWith } from '../account.ts'
import { asking } from './store-asking.ts'

/** A replaced token still works for a while: for requests under way with it, and where the answer got lost. */
const BY_TOKEN = `
  (token_hash = $1 or (previous_token_hash = $1 and rotated_at > now() - interval '1 hour')) and expires_at > now()`

/** How long after proving who one is a session may change what signs one in. */
/** However busy it is: after this a session gets no further week, and one signs in again. */
const LONGEST = `interval '90 days'`
const FRESH = `authenticated_at > now() - interval '10 minutes'`

/** A device is told nothing any more by whom it was signed out of. */
const ended = (which: string) => `
  with ended as (delete from auth.sessions where ${which} returning id),
       untold as (delete from push_subscriptions where session_id in (select id from ended))
  select id from ended`

type SessionRow = { id: string; user_id: string }
export type NewSession = {
  userId: string
  tokenHash: string
  seconds: number
  signedInWith: SignedInWith
  address: string
  userAgent: string | undefined
}

/** Sessions in schema auth, as opsflow_auth. Tokens come and stay as digests. */
export function sessionsIn(pool: pg.Pool) {
  const ask = asking(pool)
  return {
    insert: (session: NewSession) =>
      ask(
        `insert into auth.sessions (id, user_id, token_hash, expires_at, ip_address, user_agent, signed_in_with, updated_at)
         values ($1, $2, $3, now() + make_interval(secs => $4), $5, $6, $7, now())`,
        [
          randomUUID(),
          session.userId,
          session.tokenHash,
          session.seconds,
          session.address,
          session.userAgent?.slice(0, 500) ?? null,
          session.signedInWith,
        ],
      ),
    byToken: async (tokenHash: string) =>
      (await ask<SessionRow>(`select id, user_id from auth.sessions where ${BY_TOKEN}`, [tokenHash], 'session'))[0],
    byIds: (ids: readonly string[]) =>
      ask<SessionRow>(
        'select id, user_id from auth.sessions where id = any ($1) and expires_at > now()',
        [ids],
        'sessions',
      ),
    isFresh: async (id: string) =>
      (await ask(`select from auth.sessions where id = $1 and ${FRESH}`, [id], 'session-fresh')).length === 1,
    confirm: (id: string) => ask('update auth.sessions set authenticated_at = now() where id = $1', [id]),
    /** To some minutes: when a device was last used. */
    noteSeen: (tokenHash: string) =>
      ask(
        `update auth.sessions set last_seen_at = now()
          where ${BY_TOKEN} and last_seen_at < now() - interval '5 minutes'`,
        [tokenHash],
      ),
    end: (tokenHash: string) => ask(ended(BY_TOKEN), [tokenHash]),
    ofUser: (userId: string) =>
      ask<Omit<OwnSession, 'current'>>(
        `select id, signed_in_with as "signedInWith", user_agent as "userAgent", ip_address as address,
                created_at as "createdAt", last_seen_at as "lastSeenAt"
           from auth.sessions where user_id = $1 and expires_at > now() order by last_seen_at desc, id`,
        [userId],
      ),
    async endOne(userId: string, id: string): Promise<boolean> {
      return (await ask(ended('user_id = $1 and id = $2'), [userId, id])).length > 0
    },
    /** All of them, but for the one that is kept. */
    async endOthers(userId: string, keptId: string | null): Promise<string[]> {
      const others = ended('user_id = $1 and ($2::text is null or id <> $2)')
      return (await ask<{ id: string }>(others, [userId, keptId])).map(({ id }) => id)
    },
    removeExpired: (userId: string) => ask(ended('user_id = $1 and expires_at < now()'), [userId]),
    /** True when the session's token was a day old and is now the next one. */
    async rotate(tokenHash: string, nextHash: string, seconds: number): Promise<boolean> {
      const rotated = await ask(
        `update auth.sessions
            set token_hash = $2, previous_token_hash = token_hash, rotated_at = now(), updated_at = now(),
                expires_at = now() + make_interval(secs => $3)
          where token_hash = $1 and expires_at > now()
            and coalesce(rotated_at, created_at) < now() - interval '1 day'
            and created_at > now() - ${LONGEST}
          returning id`,
        [tokenHash, nextHash, seconds],
      )
      return rotated.length === 1
    },
  }
}
