import type { Tx } from '@opsflow/platform/server/tenant'
import { slotsBetween } from '../../slots.ts'
import { targeting } from '../../targets.ts'
import { formsFor } from '../templates/forms.ts'
import { setAside } from './set-aside.ts'
import {
  claimPlaces,
  lockSchedules,
  markStale,
  noteMade,
  noteMadeUntil,
  type Occurrence,
  type Place,
  placesOfSchedules,
  readGroups,
  readPlaces,
  readRunning,
} from './store-making.ts'
import { insertOccurrences, withdrawOthers } from './store-occurrences.ts'

const HOUR = 3_600_000
/** So far ahead, that a device that goes offline in the evening has tomorrow's work with it. */
export const AHEAD_MS = 36 * HOUR
/** After a longer standstill what lies further back is not made any more: nobody could have done it. */
const BACK_MS = 7 * 24 * HOUR

/**
 * The checklists of these locations, from where they were made last to a day and a half ahead; where something changed,
 * from now on as it is meant now. One transaction: whoever is killed in the midst of it leaves nothing. Made twice, or
 * by two servers at once, each is there once. Answers how many locations it saw to.
 */
export async function makeChecklists(tx: Tx, locationIds: readonly string[], now = Date.now()): Promise<number> {
  const claimed = await claimPlaces(tx, locationIds)
  if (claimed.length === 0) return 0
  const places = await readPlaces(
    tx,
    claimed.map(({ id }) => id),
  )
  const stale = claimed.filter(({ isStale }) => isStale).map(({ id }) => id)
  const isStale = new Set(stale)
  const wanted = await wantedAt(tx, places, (place) => {
    const until = madeUntil(place, now)
    return [isStale.has(place.id) ? Math.min(now, until) : until, now + AHEAD_MS]
  })
  if (stale.length > 0) await withdrawOthers(tx, stale, wanted, now)
  await insertOccurrences(tx, wanted, await formsFor(tx, placesAndTemplates(wanted)), now)
  await noteMadeUntil(
    tx,
    claimed.map(({ id }) => id),
    now + AHEAD_MS,
  )
  return claimed.length
}

/**
 * A schedule is new, or says something else: wherever it reaches now, and wherever it has made what is still to come, is
 * made anew. Here that is only noted, so that no transaction holds a whole chain.
 */
export async function spreadChanges(tx: Tx, scheduleIds: readonly string[], now = Date.now()): Promise<number> {
  const schedules = await lockSchedules(tx, scheduleIds)
  const [places, targeted] = [await readPlaces(tx), targeting(await readGroups(tx))]
  const running = schedules.filter(({ isRunning }) => isRunning)
  const reached = await eachAlone(tx, running, places, ({ target }) => places.filter(targeted(target)))
  const ids = schedules.map(({ id }) => id)
  const touched = new Set([...reached.map(({ id }) => id), ...(await placesOfSchedules(tx, ids, now))])
  await markStale(tx, [...touched], now)
  await noteMade(tx, ids)
  return schedules.length
}

type Window = readonly [from: number, until: number]

async function wantedAt(tx: Tx, places: readonly Place[], windowOf: (place: Place) => Window): Promise<Occurrence[]> {
  if (places.length === 0) return []
  const [running, targeted] = [await readRunning(tx), targeting(await readGroups(tx))]
  return eachAlone(tx, running, places, (schedule) => occurrencesOf([schedule], places, targeted, windowOf))
}

/** A schedule that no rule can work out is set aside by itself: what it says is not what any version of ours writes. */
async function eachAlone<T>(
  tx: Tx,
  schedules: readonly Occurrence['schedule'][],
  [firstPlace]: readonly Place[],
  work: (schedule: Occurrence['schedule']) => T[],
): Promise<T[]> {
  const all: T[] = []
  for (const schedule of schedules) {
    try {
      all.push(...work(schedule))
    } catch (error) {
      if (!firstPlace) throw error
      await setAside(tx, schedule.id, firstPlace.id, error)
    }
  }
  return all
}

/** What the schedules ask for at these places: rules only, nothing is looked up. */
export function occurrencesOf(
  schedules: readonly Occurrence['schedule'][],
  places: readonly Place[],
  targeted: ReturnType<typeof targeting>,
  windowOf: (place: Place) => Window,
): Occurrence[] {
  return schedules.flatMap((schedule) =>
    places.filter(targeted(schedule.target)).flatMap((place) =>
      slotsBetween(schedule.timing, place, ...windowOf(place)).map((slot) => ({
        ...slot,
        locationId: place.id,
        schedule,
      })),
    ),
  )
}

const placesAndTemplates = (occurrences: readonly Occurrence[]) => [
  ...new Map(
    occurrences.map(({ locationId, schedule: { templateId } }) => [
      `${locationId} ${templateId}`,
      { locationId, templateId },
    ]),
  ).values(),
]

/** A place that is new begins now; one that was not looked at for long, a week back. */
function madeUntil({ madeUntil: until }: Place, now: number): number {
  const last = until === null ? Number.NaN : Date.parse(until)
  return Number.isNaN(last) ? now : Math.max(last, now - BACK_MS)
}
