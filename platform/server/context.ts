import { createHmac } from 'node:crypto'
import type { Actor } from '../actor.ts'

/** A context outlives any statement but not a shift: a stolen one is worthless after a minute. */
const LIFETIME_SECONDS = 60
const REUSE_SECONDS = 30

export type ContextSigner = (actor: Actor) => string

/**
 * Signs who acts for which tenant and at which locations: `tenant|actor|locations|expiry|HMAC-SHA256`.
 * The database verifies it with a key the runtime role cannot read (the view app.context in 0009_context_in_the_plan.sql),
 * so a statement an attacker got in cannot become another tenant.
 */
export function contextSigner(key: Buffer, clock: () => number = Date.now): ContextSigner {
  const signed = new WeakMap<Actor, { context: string; reuseUntil: number }>()
  return (actor) => {
    const now = Math.floor(clock() / 1000)
    const known = signed.get(actor)
    if (known && now < known.reuseUntil) return known.context
    const context = signContext(key, payloadOf(actor, now + LIFETIME_SECONDS))
    signed.set(actor, { context, reuseUntil: now + REUSE_SECONDS })
    return context
  }
}

function payloadOf(actor: Actor, expiry: number): string {
  const parts = [actor.tenantId, nameOf(actor), locationsOf(actor), String(expiry)]
  if (parts.some((part) => part.includes('|'))) throw new Error('"|" separates the parts of a context')
  return parts.join('|')
}

/** `member:<id>`, and at a shared tablet `member:<id>/kiosk:<id>`. */
const nameOf = ({ kind, id, kioskId }: Actor) => `${kind}:${id}${kioskId ? `/kiosk:${kioskId}` : ''}`

const locationsOf = (actor: Actor) => (actor.locationIds === 'all' ? '*' : [...actor.locationIds].sort().join(','))

export const signContext = (key: Buffer, payload: string) =>
  `${payload}|${createHmac('sha256', key).update(payload).digest('hex')}`

/** The two pads of an HMAC-SHA256 key (RFC 2104): what the database keeps, to verify without an extension. */
export function hmacPads(key: Buffer): { inner: Buffer; outer: Buffer } {
  if (key.length < 32 || key.length > 64) throw new Error('context key: 32 to 64 bytes')
  const block = Buffer.alloc(64)
  key.copy(block)
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) }
}
