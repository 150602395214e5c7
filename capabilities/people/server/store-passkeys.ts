import type pg from 'pg'
import type { Passkey } from '../account.ts'
import { asking } from './store-asking.ts'

export type StoredPasskey = {
  id: string
  user_id: string
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
}

const SHOWN = 'id, name, created_at as "createdAt", last_used_at as "lastUsedAt"'

/** Passkeys and what they have to sign, as opsflow_auth. */
export function passkeysIn(pool: pg.Pool) {
  const ask = asking(pool)
  return {
    ofUser: (userId: string) =>
      ask<Passkey & { credential_id: string; transports: string[] }>(
        `select ${SHOWN}, credential_id, transports from auth.passkeys where user_id = $1 order by id`,
        [userId],
      ),
    byCredential: async (credentialId: string) =>
      (
        await ask<StoredPasskey>(
          `select id, user_id, credential_id, public_key, counter, transports
             from auth.passkeys where credential_id = $1`,
          [credentialId],
        )
      )[0],
    /** Undefined when this authenticator is known already. */
    insert: async (key: {
      userId: string
      credentialId: string
      publicKey: Uint8Array
      counter: number
      transports: readonly string[]
      name: string
    }) =>
      (
        await ask<Passkey>(
          `insert into auth.passkeys (user_id, credential_id, public_key, counter, transports, name)
           values ($1, $2, $3, $4, $5, $6) on conflict (credential_id) do nothing returning ${SHOWN}`,
          [key.userId, key.credentialId, Buffer.from(key.publicKey), key.counter, key.transports, key.name],
        )
      )[0],
    noteUse: (id: string, counter: number) =>
      ask('update auth.passkeys set counter = $2, last_used_at = now() where id = $1', [id, counter]),
    remove: async (userId: string, id: string) =>
      (await ask('delete from auth.passkeys where user_id = $1 and id = $2 returning id', [userId, id])).length > 0,

    async insertChallenge(userId: string | null, challenge: string, minutes: number): Promise<string> {
      await ask('delete from auth.passkey_challenges where expires_at < now()', [])
      const [made] = await ask<{ id: string }>(
        `insert into auth.passkey_challenges (user_id, challenge, expires_at)
         values ($1, $2, now() + make_interval(mins => $3)) returning id`,
        [userId, challenge, minutes],
      )
      return (made as { id: string }).id
    },
    /** Gone once it was asked for, whatever comes of it. */
    takeChallenge: async (id: string, userId: string | null) =>
      (
        await ask<{ challenge: string }>(
          `delete from auth.passkey_challenges where id = $1 and user_id is not distinct from $2 and expires_at > now()
           returning challenge`,
          [id, userId],
        )
      )[0]?.challenge,
  }
}
