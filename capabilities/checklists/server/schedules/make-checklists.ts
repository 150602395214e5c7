import type { Node } from '@opsflow/capabilities/locations'
import type { Tx } from '@opsflow/platform/server/tenant'
import { slotsBetween } from '../../slots.ts'
import { isTargeted } from '../../targets.ts'
import { formsFor } from '../templates/forms.ts'
import {
  claimPlaces,
  insertOccurrences,
  lockSchedules,
  type Making,
  noteMade,
  noteMadeUntil,
  type Occurrence,
  type Place,
  readGroups,
  readPlaces,
  readRunning,
  withdrawFuture,
} from './store-making.ts'

const HOUR = 3_600_000
/** So far ahead, that a device that goes offline in the evening has tomorrow's work with it. */
export const AHEAD_MS = 36 * HOUR
/** After a longer standstill what lies further back is not made any more: nobody could have done it. */
const BACK_MS = 7 * 24 * HOUR

/**
 * The checklists of these locations, from where they were made last to a day and a half ahead. Made twice, or by two
 * servers at once, each is there once. Answers how many are new.
 */
export async function makeAhead(tx: Tx, locationIds: readonly string[], now = Date.now()): Promise<number> {
  const claimed = await claimPlaces(tx, locationIds)
  if (claimed.length === 0) return 0
  const [places, groups, schedules] = [await readPlaces(tx, claimed), await readGroups(tx), await readRunning(tx)]
  const made = await make(tx, { places, groups, schedules, now, from: (place) => madeUntil(place, now) })
  await noteMadeUntil(tx, claimed, now + AHEAD_MS)
  return made
}

/** A schedule is new, or says something else: what nobody has begun is made anew from now on, the past stays. */
export async function makeAnew(tx: Tx, scheduleIds: readonly string[], now = Date.now()): Promise<number> {
  const schedules = await lockSchedules(tx, scheduleIds)
  const ids = schedules.map(({ id }) => id)
  await withdrawFuture(tx, ids, now)
  const [places, groups] = [await readPlaces(tx), await readGroups(tx)]
  const running = schedules.filter(({ isRunning }) => isRunning)
  const made = await make(tx, { places, groups, schedules: running, now, from: () => now })
  await noteMade(tx, ids)
  return made
}

type Window = {
  places: readonly Place[]
  groups: readonly Node[]
  schedules: readonly Making[]
  now: number
  from: (place: Place) => number
}

async function make(tx: Tx, { places, groups, schedules, now, from }: Window): Promise<number> {
  const wanted = places.flatMap((place) =>
    schedules.filter(({ target }) => isTargeted(target, place, groups)).map((schedule) => ({ place, schedule })),
  )
  const occurrences: Occurrence[] = wanted.flatMap(({ place, schedule }) =>
    slotsBetween(schedule.timing, place, from(place), now + AHEAD_MS).map((slot) => ({
      ...slot,
      locationId: place.id,
      schedule,
    })),
  )
  const due = new Map(
    occurrences.map(({ locationId, schedule: { templateId } }) => [
      `${locationId} ${templateId}`,
      { locationId, templateId },
    ]),
  )
  return insertOccurrences(tx, occurrences, await formsFor(tx, [...due.values()]), now)
}

/** A place that is new begins now; one that was not looked at for long, a week back. */
function madeUntil({ madeUntil: until }: Place, now: number): number {
  const last = until === null ? Number.NaN : Date.parse(until)
  return Number.isNaN(last) ? now : Math.max(last, now - BACK_MS)
}
