import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { ScheduleSummary } from '../../schedule.ts'
import { nextSlots } from '../../slots.ts'
import { mayTarget, readReach } from './reach.ts'
import { listSchedules, type NamedSchedule, readNamedSchedule, type ScheduleFilter } from './store.ts'

export async function showSchedules(tx: ReadTx, filter: ScheduleFilter, limit: number): Promise<ScheduleSummary[]> {
  return summed(tx, await listSchedules(tx, filter, limit))
}

export async function showSchedule(tx: ReadTx, id: string): Promise<ScheduleSummary> {
  const [one] = await summed(tx, [(await readNamedSchedule(tx, id)) ?? notFound()])
  return one ?? notFound()
}

/** With where it reaches, and its next time by the same rules that make it. */
async function summed(tx: ReadTx, schedules: readonly NamedSchedule[]): Promise<ScheduleSummary[]> {
  if (schedules.length === 0) return []
  const [meantBy, now] = [await readReach(tx), Date.now()]
  return schedules.map((schedule) => {
    const meant = meantBy(schedule.target)
    const place = meant[0]
    const isResting = schedule.pausedAt !== null || schedule.endedAt !== null
    const [next] = isResting || !place ? [] : nextSlots(schedule.timing, place, now, 1)
    return {
      ...schedule,
      locationCount: meant.length,
      next:
        next && place
          ? { dueAt: new Date(next.dueAt).toISOString(), timezone: place.timezone, locationName: place.name }
          : null,
      isMine: mayTarget(tx.actor, schedule.target),
    }
  })
}
