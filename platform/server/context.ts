import { createHmac } from 'node:crypto'
import type { Actor } from '../actor.ts'

/** A context outlives any statement but not a shift: a stolen one is worthless after a minute. */
const LIFETIME_SECONDS = 60
const REUSE_SECONDS = 30

/** Who acts, and the HMAC-SHA256 over it, in hex: the settings app.context and app.seal. */
export type SignedContext = { context: string; seal: string }
export type ContextSigner = (actor: Actor) => SignedContext

/**
 * Signs who acts for which tenant and at which locations: `tenant|actor|locations|expiry`.
 * The database verifies it with a key the runtime role cannot read (the view app.context in 0019_sealed_apart.sql),
 * so a statement an attacker got in cannot become another tenant.
 */
export function contextSigner(key: Buffer, clock: () => number = Date.now): ContextSigner {
  const signed = new WeakMap<Actor, { context: SignedContext; reuseUntil: number }>()
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

const locationsOf = (actor: Actor) =>
  actor.locationIds === 'all' ? '*' : drawnOut([...actor.locationIds].sort()).join(',')

/**
 * PostgreSQL keeps an array of up to six ids in a packed form that it unpacks for every row it compares (25 ns of the 90
 * a row costs). A short list names its ids again until it is too long for that.
 */
function drawnOut(ids: string[]): string[] {
  if (ids.length === 0) return ids
  return Array.from({ length: Math.max(ids.length, PACKED_UP_TO + 1) }, (_, i) => ids[i % ids.length] as string)
}
const PACKED_UP_TO = 6

export const signContext = (key: Buffer, context: string): SignedContext => ({
  context,
  seal: createHmac('sha256', key).update(context).digest('hex'),
})

/** The two pads of an HMAC-SHA256 key (RFC 2104): what the database keeps, to verify without an extension. */
export function hmacPads(key: Buffer): { inner: Buffer; outer: Buffer } {
  if (key.length < 32 || key.length > 64) throw new Error('context key: 32 to 64 bytes')
  const block = Buffer.alloc(64)
  key.copy(block)
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) }
}
