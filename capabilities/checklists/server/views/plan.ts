import type { ReadTx } from '@opsflow/platform/server/tenant'
import { slotsBetween } from '../../slots.ts'
import { targeting } from '../../targets.ts'
import type { PlannedChecklist } from '../../view-routes.ts'
import { readGroups, readRunning } from '../schedules/store-making.ts'
import { spanOf } from './completion.ts'
import { type Node, placesBelow } from './places-below.ts'
import type { NamedPlace } from './store-places.ts'
import { madeSlots, scheduleNames } from './store-views.ts'

export const MOST_PLACES = 200
const DAY_MS = 86_400_000

export type Plan = { days: { day: string; planned: number }[]; items: PlannedChecklist[]; tooMany: boolean }

/** What schedules will ask for on these days and nobody has made yet. */
export async function plan(tx: ReadTx, asked: Node & { from: string; to: string }, now = Date.now()): Promise<Plan> {
  const places = (await placesBelow(tx, asked)).filter(({ isOpen }) => isOpen)
  if (places.length > MOST_PLACES) return { days: [], items: [], tooMany: true }
  const items = await plannedAt(tx, places, asked, now)
  const counts = new Map<string, number>()
  for (const { day } of items) counts.set(day, (counts.get(day) ?? 0) + 1)
  return {
    days: [...counts].map(([day, planned]) => ({ day, planned })).sort((a, b) => a.day.localeCompare(b.day)),
    items: places.length === 1 ? items.sort((a, b) => a.dueAt.localeCompare(b.dueAt)) : [],
    tooMany: false,
  }
}

/** By the same rules that will make it; of all templates, or of these. */
export async function plannedAt(
  tx: ReadTx,
  places: readonly NamedPlace[],
  asked: { from: string; to: string },
  now: number,
  of?: ReadonlySet<string>,
): Promise<PlannedChecklist[]> {
  const running = await readRunning(tx)
  const schedules = of ? running.filter(({ templateId }) => of.has(templateId)) : running
  if (schedules.length === 0) return []
  const targeted = targeting(await readGroups(tx))
  const made = new Set((await madeSlots(tx, spanOf(asked, places))).map(keyOf))
  const told = new Map(
    (
      await scheduleNames(
        tx,
        schedules.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  // A day of a location may begin the evening before, and end the morning after, as UTC has it.
  const until = Date.parse(asked.to) + 3 * DAY_MS
  return places.flatMap((place) =>
    schedules
      .filter(({ target }) => targeted(target)(place))
      .flatMap(({ id, templateId, role, timing }) =>
        slotsBetween(timing, place, from(place, asked.from, now), until)
          .filter(({ day }) => day >= asked.from && day <= asked.to)
          .filter(({ slot }) => !made.has(keyOf({ locationId: place.id, scheduleId: id, slot })))
          .map(({ day, dueAt }) => ({
            ...{ scheduleId: id, templateId, locationId: place.id, name: told.get(id)?.name ?? '', day },
            ...{ role, roleName: told.get(id)?.roleName ?? null },
            dueAt: new Date(dueAt).toISOString(),
          })),
      ),
  )
}

const keyOf = ({ locationId, scheduleId, slot }: { locationId: string; scheduleId: string; slot: string }) =>
  `${locationId} ${scheduleId} ${slot}`

/** From where its checklists are made already; what lies before is a row, or was withdrawn. */
function from({ madeUntil }: NamedPlace, day: string, now: number): number {
  const made = madeUntil === null ? now : Date.parse(madeUntil)
  return Math.max(made, now, Date.parse(day) - 2 * DAY_MS)
}
