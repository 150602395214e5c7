import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { z } from 'zod'

/** What push services know this installation by (RFC 8292): a P-256 pair, each half raw and base64url. */
export type VapidKeys = { publicKey: string; privateKey: string }

export const VapidPublicKey = z.string().regex(/^[\w-]{87}$/)
export const VapidPrivateKey = z.string().regex(/^[\w-]{43}$/)

/** The longest a service lets a signature stand is a day. */
const GOOD_FOR_SECONDS = 12 * 3600

export function newVapidKeys(): VapidKeys {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  // A key that begins with a zero comes without it.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}

/** Do these two belong together? Half a pair, or two halves of different pairs, would be refused by every service. */
export function isPair({ publicKey, privateKey }: VapidKeys): boolean {
  const pair = createECDH('prime256v1')
  try {
    pair.setPrivateKey(privateKey, 'base64url')
    return pair.getPublicKey('base64url') === publicKey
  } catch {
    return false
  }
}

/** The `Authorization` of a request to the service at this origin. `subject`: whom its operator may write to. */
export function vapidHeader(keys: VapidKeys, origin: string, subject: string | undefined, now = Date.now()): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url')
  const claims = { aud: origin, exp: Math.floor(now / 1000) + GOOD_FOR_SECONDS, ...(subject && { sub: subject }) }
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const seal = sign('sha256', Buffer.from(signed), { key: privateKeyOf(keys), dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${seal.toString('base64url')}, k=${keys.publicKey}`
}

const privateKeyOf = ({ publicKey, privateKey }: VapidKeys): KeyObject =>
  createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: privateKey, ...halvesOf(publicKey) } })

function halvesOf(publicKey: string) {
  const point = Buffer.from(publicKey, 'base64url')
  return { x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
}
