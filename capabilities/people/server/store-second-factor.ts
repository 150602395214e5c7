import type pg from 'pg'
import { asking } from './store-asking.ts'

const TRIES = 5
const LOCK = `interval '15 minutes'`

export type Try = { sealedSecret: Buffer; lastStep: number; confirmed: boolean }

/** Authenticators and recovery codes, as opsflow_auth. */
export function secondFactorsIn(pool: pg.Pool) {
  const ask = asking(pool)
  return {
    isOn: async (userId: string) =>
      (await ask('select from auth.second_factors where user_id = $1 and confirmed_at is not null', [userId]))
        .length === 1,
    /** A beginning that replaces an earlier one; false when an authenticator is in force. */
    async begin(userId: string, sealedSecret: Buffer): Promise<boolean> {
      const begun = await ask(
        `insert into auth.second_factors (user_id, sealed_secret) values ($1, $2)
         on conflict (user_id) do update
           set sealed_secret = excluded.sealed_secret, created_at = now(), last_step = 0
         where auth.second_factors.confirmed_at is null
         returning user_id`,
        [userId, sealedSecret],
      )
      return begun.length === 1
    },
    /**
     * Takes one of the five tries before it is known whether it is right, so that many at once gain nothing. The fifth
     * locks; one that was right takes the lock away again. Undefined: locked, or nothing to try.
     */
    async take(userId: string): Promise<Try | undefined> {
      const [taken] = await ask<{ sealed_secret: Buffer; last_step: number; confirmed: boolean }>(
        `update auth.second_factors
            set failures = case when locked_until is null then failures + 1 else 1 end,
                locked_until = case when locked_until is null and failures + 1 >= ${TRIES} then now() + ${LOCK} end
          where user_id = $1 and (locked_until is null or locked_until <= now())
          returning sealed_secret, last_step, confirmed_at is not null as confirmed`,
        [userId],
      )
      return (
        taken && {
          sealedSecret: taken.sealed_secret,
          lastStep: taken.last_step,
          confirmed: taken.confirmed,
        }
      )
    },
    lockedSeconds: async (userId: string) =>
      (
        await ask<{ seconds: number }>(
          `select ceil(extract(epoch from locked_until - now()))::int as seconds
             from auth.second_factors where user_id = $1 and locked_until > now()`,
          [userId],
        )
      )[0]?.seconds,
    /** False when a code of this step, or of a later one, was used before. */
    async accept(userId: string, step: number): Promise<boolean> {
      const accepted = await ask(
        `update auth.second_factors
            set last_step = $2, failures = 0, locked_until = null, confirmed_at = coalesce(confirmed_at, now())
          where user_id = $1 and last_step < $2 returning user_id`,
        [userId, step],
      )
      return accepted.length === 1
    },
    remove: (userId: string) =>
      ask(
        `with codes as (delete from auth.recovery_codes where user_id = $1)
         delete from auth.second_factors where user_id = $1`,
        [userId],
      ),
    replaceRecoveryCodes: (userId: string, hashes: readonly Buffer[]) =>
      ask(
        `with old as (delete from auth.recovery_codes where user_id = $1 and code_hash <> all ($2::bytea[]))
         insert into auth.recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])`,
        [userId, hashes],
      ),
    /** One that was not used before is used now, and the tries before it are forgiven. */
    async redeem(userId: string, hash: Buffer): Promise<boolean> {
      const used = await ask(
        `with code as (
           update auth.recovery_codes set used_at = now()
            where user_id = $1 and code_hash = $2 and used_at is null returning user_id)
         update auth.second_factors f set failures = 0, locked_until = null from code
          where f.user_id = code.user_id returning f.user_id`,
        [userId, hash],
      )
      return used.length === 1
    },
    recoveryCodesLeft: async (userId: string) =>
      (
        await ask<{ unused: number }>(
          'select count(*) as unused from auth.recovery_codes where user_id = $1 and used_at is null',
          [userId],
        )
      )[0]?.unused ?? 0,
  }
}
