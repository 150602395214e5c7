import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Digest } from './credentials.ts'
import type { Seal } from './sealed.ts'
import { secondFactorsIn } from './store-second-factor.ts'
import { authenticatorUri, base32, stepOf } from './totp.ts'

const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** Without letters and digits that look alike: these are copied by hand. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

export type Verdict = 'right' | 'wrong' | { lockedForSeconds: number }
export type SecondFactor = ReturnType<typeof secondFactor>

/** Codes of an authenticator app, and the codes that stand in for it when it is lost. */
export function secondFactor(parts: { pool: pg.Pool; seal: Seal; digest: Digest; clock: () => number }) {
  const { seal, digest, clock } = parts
  const stored = secondFactorsIn(parts.pool)
  const hashOf = (userId: string, code: string) => digest(`recovery code of ${userId}: ${plainCode(code)}`)

  const locked = async (userId: string): Promise<Verdict> => {
    const seconds = await stored.lockedSeconds(userId)
    return seconds === undefined ? 'wrong' : { lockedForSeconds: seconds }
  }

  const renewRecoveryCodes = async (userId: string): Promise<string[]> => {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
    await stored.replaceRecoveryCodes(
      userId,
      codes.map((code) => hashOf(userId, code)),
    )
    return codes
  }

  return {
    isOn: stored.isOn,
    recoveryCodesLeft: stored.recoveryCodesLeft,
    remove: stored.remove,
    renewRecoveryCodes,

    /** Null when one is in force already. */
    async begin(userId: string, email: string): Promise<{ secret: string; uri: string } | null> {
      const secret = randomBytes(SECRET_BYTES)
      if (!(await stored.begin(userId, seal.seal(secret)))) return null
      return { secret: base32(secret), uri: authenticatorUri(secret, email) }
    },

    /** Also confirms an authenticator that was begun. A code is good once, also within its half minute. */
    async check(userId: string, code: string): Promise<Verdict> {
      const taken = await stored.take(userId)
      if (!taken) return locked(userId)
      const step = stepOf(seal.open(taken.sealedSecret), code, clock())
      return step !== null && (await stored.accept(userId, step)) ? 'right' : 'wrong'
    },

    async checkRecoveryCode(userId: string, code: string): Promise<Verdict> {
      if (!(await stored.take(userId))) return locked(userId)
      return (await stored.redeem(userId, hashOf(userId, code))) ? 'right' : 'wrong'
    },
  }
}

/** `k3mn-w9rt-2xqa`: sixty bits. */
function newRecoveryCode(): string {
  const letters = [...randomBytes(12)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return (letters.match(/.{4}/g) as string[]).join('-')
}

const plainCode = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
