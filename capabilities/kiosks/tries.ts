/** Wrong PINs in a row by which one person is locked out of one tablet, and for how long. */
export const MOST_WRONG = 5
export const PERSON_LOCK_MINUTES = 15
/** Wrong PINs within an hour, by whomever, that close a tablet until a manager opens it or the hour has passed. */
export const DEVICE_BUDGET = 20
export const DEVICE_WINDOW_MINUTES = 60

export type Tries = {
  /** When each wrong PIN of this person on this tablet was tried, since the last right one. */
  person: readonly number[]
  /** When each wrong PIN on this tablet was tried, since a manager last opened it. */
  device: readonly number[]
}

export type Locked = { whom: 'person' | 'device'; until: number }

/** May another PIN be tried now? If not: who waits, and until when. Times in ms since the epoch. */
export function lockAfter({ person, device }: Tries, now: number): Locked | null {
  const closed = lockedUntil(device, now, DEVICE_BUDGET, DEVICE_WINDOW_MINUTES)
  if (closed !== null) return { whom: 'device', until: closed }
  const own = lockedUntil(person, now, MOST_WRONG, PERSON_LOCK_MINUTES)
  return own === null ? null : { whom: 'person', until: own }
}

/** From the try that used up the budget on, for as long as the budget's window. */
function lockedUntil(wrong: readonly number[], now: number, budget: number, minutes: number): number | null {
  const lockMs = minutes * 60_000
  const recent = wrong.filter((at) => at > now - lockMs).sort((a, b) => b - a)
  const [last] = recent
  return last !== undefined && recent.length >= budget ? last + lockMs : null
}
