import { createHmac, randomBytes } from 'node:crypto'

/** `ofk_…` opens the API for an integrator, `ofd_…` lets a device report. */
export type KeyPrefix = 'ofk' | 'ofd'

/** What the database keeps of a secret: enough to recognise it, nothing to use. */
export type Digest = (secret: string) => Buffer

/** HMAC-SHA-256 with a key that lives outside the database: whoever can write rows cannot make keys either. */
export const digestWith =
  (pepper: string): Digest =>
  (secret) =>
    createHmac('sha256', pepper).update(secret).digest()

export const newKey = (prefix: KeyPrefix) => `${prefix}_${randomBytes(32).toString('base64url')}`

/** The part of a key that may be shown again, to tell keys apart: `ofk_3vQ9xZ…` */
export const shownPart = (key: string) => key.slice(0, 10)

/** The key of an `Authorization` header: undefined when there is no such header, null when it holds no key of ours. */
export function keyIn(authorization: string | undefined): string | null | undefined {
  if (authorization === undefined) return undefined
  return /^Bearer +(of[kd]_[\w-]{43})$/i.exec(authorization)?.[1] ?? null
}
