import type pg from 'pg'
import { asking } from './store-asking.ts'

export type Purpose = 'sign_up' | 'verify_email' | 'change_email' | 'reset_password'
export type MailedLink = { email: string; userId: string | null }

const GOOD = 'token_hash = $1 and purpose = any ($2) and used_at is null and expires_at > now()'
const FOUND = 'email, user_id as "userId", purpose'

/** Links that went out by mail, as opsflow_auth: digests of their tokens, good once. */
export function mailedLinksIn(pool: pg.Pool) {
  const ask = asking(pool)
  return {
    /** The newest link of a kind is the good one: what was mailed before no longer opens anything. */
    async insert(link: MailedLink & { purpose: Purpose; tokenHash: Buffer; minutes: number }): Promise<void> {
      await ask(`delete from auth.mailed_links where expires_at < now() - interval '30 days'`, [])
      await ask(
        `with older as (
           update auth.mailed_links set used_at = now()
            where purpose = $1 and email = $3 and user_id is not distinct from $2 and used_at is null)
         insert into auth.mailed_links (purpose, user_id, email, token_hash, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
        [link.purpose, link.userId, link.email, link.tokenHash, link.minutes],
      )
    },
    read: async (tokenHash: Buffer, purposes: readonly Purpose[]) =>
      (
        await ask<MailedLink & { purpose: Purpose }>(`select ${FOUND} from auth.mailed_links where ${GOOD}`, [
          tokenHash,
          purposes,
        ])
      )[0],
    /** Of two who use a link at once, one gets it. */
    use: async (tokenHash: Buffer, purposes: readonly Purpose[]) =>
      (
        await ask<MailedLink & { purpose: Purpose }>(
          `update auth.mailed_links set used_at = now() where ${GOOD} returning ${FOUND}`,
          [tokenHash, purposes],
        )
      )[0],
    voidOf: (userId: string, purposes: readonly Purpose[]) =>
      ask(
        'update auth.mailed_links set used_at = now() where user_id = $1 and purpose = any ($2) and used_at is null',
        [userId, purposes],
      ),
  }
}
