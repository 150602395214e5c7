import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { NextTime } from '../../schedule.ts'
import { nextSlots } from '../../slots.ts'
import { readReach } from './reach.ts'
import type { NamedSchedule } from './store.ts'
import { unbegunOf } from './store-occurrences.ts'

/**
 * From when each of these running schedules asks for a version that is published now: its earliest checklist that nobody
 * has begun, waiting already or still to be made. Of locations the caller sees.
 */
export async function firstUnbegun(
  tx: ReadTx,
  schedules: readonly Pick<NamedSchedule, 'id' | 'timing' | 'target'>[],
  now = Date.now(),
): Promise<ReadonlyMap<string, NextTime>> {
  const ids = schedules.map(({ id }) => id)
  const waiting = new Map((await unbegunOf(tx, ids)).map(({ scheduleId, ...time }) => [scheduleId, time]))
  const meantBy = await readReach(tx)
  const first = new Map<string, NextTime>()
  for (const { id, timing, target } of schedules) {
    const toCome = meantBy(target)
      .slice(0, MOST_PLACES)
      .flatMap((place) =>
        nextSlots(timing, place, Math.max(now, Date.parse(place.madeUntil ?? '') || now), 1).map(({ dueAt }) => ({
          ...{ dueAt: new Date(dueAt).toISOString(), timezone: place.timezone, locationName: place.name },
        })),
      )
    const [earliest] = [waiting.get(id) ?? [], toCome]
      .flat()
      .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt))
    if (earliest) first.set(id, earliest)
  }
  return first
}

/** Of a chain, places enough: its zones and hours repeat. */
const MOST_PLACES = 100
