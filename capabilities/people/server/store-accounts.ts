import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { asking } from './store-asking.ts'

export type AccountRow = {
  id: string
  name: string
  email: string
  email_verified: boolean
  password: string | null
}

const ACCOUNT = `
  select u.id, u.name, u.email, u.email_verified, a.password from auth.users u
    left join auth.accounts a on a.user_id = u.id and a.provider_id = 'credential'`

/** Accounts in schema auth, as opsflow_auth. Passwords come and stay as hashes. */
export function accountsIn(pool: pg.Pool) {
  const ask = asking(pool)
  return {
    byEmail: async (email: string) =>
      (await ask<AccountRow>(`${ACCOUNT} where u.email = lower($1)`, [email], 'account-by-email'))[0],
    byId: async (userId: string) => (await ask<AccountRow>(`${ACCOUNT} where u.id = $1`, [userId], 'account-by-id'))[0],
    /** The account's id, or undefined when the email has one already. */
    async insert(account: {
      name: string
      email: string
      passwordHash: string
      emailVerified: boolean
    }): Promise<string | undefined> {
      const [created] = await ask<{ id: string }>(
        `with person as (
           insert into auth.users (id, name, email, email_verified) values ($1, $2, lower($3), $6)
           on conflict (email) do nothing returning id)
         insert into auth.accounts (id, user_id, account_id, provider_id, password, updated_at)
         select $4, id, id, 'credential', $5, now() from person returning user_id as id`,
        [randomUUID(), account.name, account.email, randomUUID(), account.passwordHash, account.emailVerified],
      )
      return created?.id
    },
    remove: (email: string) => ask('delete from auth.users where email = lower($1)', [email]),
    setPassword: (userId: string, passwordHash: string) =>
      ask(
        `update auth.accounts set password = $2, updated_at = now() where user_id = $1 and provider_id = 'credential'`,
        [userId, passwordHash],
      ),
    /** The address is theirs now, and proved. False when another account has it. */
    async setEmail(userId: string, email: string): Promise<boolean> {
      const changed = await ask(
        `update auth.users u set email = lower($2), email_verified = true, updated_at = now()
          where id = $1 and not exists (select from auth.users x where x.email = lower($2) and x.id <> $1)
          returning id`,
        [userId, email],
      ).catch((error: { code?: string }) => {
        if (error.code === '23505') return []
        throw error
      })
      return changed.length === 1
    },
    /**
     * Whoever first proves the address of an account owns it. What others put there before (they may have made the
     * account to lie in wait) goes: passkeys and authenticator.
     */
    claim: (userId: string) =>
      ask(
        `with person as (
           update auth.users set email_verified = true, updated_at = now()
            where id = $1 and not email_verified returning id),
         authenticators as (delete from auth.second_factors using person where user_id = person.id),
         codes as (delete from auth.recovery_codes using person where user_id = person.id)
         delete from auth.passkeys using person where user_id = person.id`,
        [userId],
      ),
  }
}
