import { createHmac, timingSafeEqual } from 'node:crypto'

/** Time-based one-time passwords, RFC 6238 as every authenticator app speaks it: SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000

export const stepAt = (ms: number) => Math.floor(ms / STEP_MS)

/** HOTP of RFC 4226 at a time step. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[mac.length - 1] as number) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** The step a code belongs to: now, or one before or after, for clocks that differ. Null for none. */
export function stepOf(secret: Buffer, code: string, nowMs: number): number | null {
  const now = stepAt(nowMs)
  return [now, now - 1, now + 1].find((step) => isSame(codeAt(secret, step), code)) ?? null
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding: how a secret is typed in by hand. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What the QR code says. */
export function authenticatorUri(secret: Buffer, account: string): string {
  const label = `OpsFlow:${account}`
  return `otpauth://totp/${encodeURIComponent(label)}?secret=${base32(secret)}&issuer=OpsFlow&algorithm=SHA1&digits=6&period=30`
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
