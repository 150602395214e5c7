import type { TabletStaff } from './kiosk.ts'

/**
 * A PIN without a network: the rules of what a tablet may decide alone. Why, and what a thief can do with it:
 * docs/decisions/0009-pin-without-network.md.
 */

/** For so long after the server last looked at their PIN on this tablet, the tablet may look at it alone. */
export const OFFLINE_DAYS = 14
/** PBKDF2-SHA256, as OWASP asks for it; about half a second on a kitchen's tablet. */
export const PIN_ROUNDS = 600_000

/**
 * What a tablet knows of time by itself. Its wall clock can be set; the time for which this app ran cannot be sped up,
 * and the server's time, where it was last heard, only goes on from there.
 */
export type TabletClock = {
  /** How long this app has run on this tablet, over all its starts. Locks after wrong PINs count in it. */
  ranMs: number
  /** The latest time that is known to have come. */
  knownMs: number
  /** Server time minus wall clock, at the last contact. */
  offsetMs: number
}

export const newClock: TabletClock = { ranMs: 0, knownMs: 0, offsetMs: 0 }

/** A wall clock that was set back changes nothing; one that was set ahead ends proofs early, until the server is heard. */
export const afterRunning = (clock: TabletClock, ranMs: number, wallMs: number): TabletClock => ({
  ...clock,
  ranMs: Math.max(clock.ranMs, ranMs),
  knownMs: Math.max(clock.knownMs + Math.max(0, ranMs - clock.ranMs), wallMs + clock.offsetMs),
})

/** The server said what time it is: whatever was believed before does not count. */
export const afterContact = (clock: TabletClock, serverMs: number, wallMs: number): TabletClock => ({
  ...clock,
  knownMs: serverMs,
  offsetMs: serverMs - wallMs,
})

/** The server looked at this PIN of this person, on this tablet, then. */
export type LastProof = { pinSetAt: string; provenAt: string }

/** Why the tablet cannot look at their PIN alone; undefined when it can. */
export function offlineObstacle(
  proof: LastProof | undefined,
  person: TabletStaff | undefined,
  clock: TabletClock,
): 'not_listed' | 'pin_changed' | 'never_here' | 'too_long' | undefined {
  if (!person) return 'not_listed'
  if (!proof) return 'never_here'
  if (person.pinSetAt !== proof.pinSetAt) return 'pin_changed'
  if (clock.knownMs >= Date.parse(proof.provenAt) + OFFLINE_DAYS * 24 * 3_600_000) return 'too_long'
  return undefined
}

/** A wrong PIN, or one that is still being looked at: it counts from before the look. `at` is running time. */
export type OfflineTry = { id: string; memberId: string; at: number }
