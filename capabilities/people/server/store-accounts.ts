import { randomUUID } from 'node:crypto'
import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'

/** A replaced token still works for a while: for requests under way with it, and where the answer got lost. */
const BY_TOKEN = `
  (token_hash = $1 or (previous_token_hash = $1 and rotated_at > now() - interval '1 hour')) and expires_at > now()`

type SessionRow = { id: string; user_id: string }

/** Accounts and sessions in schema auth, as opsflow_auth. Tokens come and stay as digests. */
export function accountsIn(pool: pg.Pool) {
  const ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[], name?: string) =>
    withClient(pool, async (client) => (await client.query<Row>({ text, values, ...(name && { name }) })).rows)

  return {
    /** The account's id, or undefined when the email has one already. */
    async insert(account: { name: string; email: string; passwordHash: string }): Promise<string | undefined> {
      const [created] = await ask<{ id: string }>(
        `with person as (
           insert into auth.users (id, name, email, email_verified) values ($1, $2, lower($3), false)
           on conflict (email) do nothing returning id)
         insert into auth.accounts (id, user_id, account_id, provider_id, password, updated_at)
         select $4, id, id, 'credential', $5, now() from person returning user_id as id`,
        [randomUUID(), account.name, account.email, randomUUID(), account.passwordHash],
      )
      return created?.id
    },
    remove: (email: string) => ask('delete from auth.users where email = lower($1)', [email]),
    session: async (tokenHash: string) =>
      (await ask<SessionRow>(`select id, user_id from auth.sessions where ${BY_TOKEN}`, [tokenHash], 'session'))[0],
    sessions: (ids: readonly string[]) =>
      ask<SessionRow>(
        'select id, user_id from auth.sessions where id = any ($1) and expires_at > now()',
        [ids],
        'sessions',
      ),
    endSession: (tokenHash: string) => ask(`delete from auth.sessions where ${BY_TOKEN}`, [tokenHash]),
    removeExpired: (email: string) =>
      ask(
        `delete from auth.sessions s using auth.users u
          where u.id = s.user_id and u.email = lower($1) and s.expires_at < now()`,
        [email],
      ),
    /** True when the session's token was a day old and is now the next one. */
    async rotate(tokenHash: string, nextHash: string, seconds: number): Promise<boolean> {
      const rotated = await ask(
        `update auth.sessions
            set token_hash = $2, previous_token_hash = token_hash, rotated_at = now(), updated_at = now(),
                expires_at = now() + make_interval(secs => $3)
          where token_hash = $1 and expires_at > now()
            and coalesce(rotated_at, created_at) < now() - interval '1 day'
          returning id`,
        [tokenHash, nextHash, seconds],
      )
      return rotated.length === 1
    },
  }
}
