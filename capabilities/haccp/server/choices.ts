import { jurisdictionOf } from '@opsflow/capabilities/temperature'
import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { PlanChoices, Shown } from '../haccp-plan.ts'
import { limitRulesAt } from '../limit-rules.ts'
import type { PlanContent } from '../plan.ts'
import { type PlanPlace, placeOf, type ScheduleHere, schedulesHere, type UnitHere, unitsHere } from './store-choices.ts'

export type Here = Omit<PlanChoices, 'location' | 'units' | 'schedules'> & {
  place: PlanPlace
  units: UnitHere[]
  schedules: ScheduleHere[]
}

/** All that a plan at this location can point at. */
export async function whatIsHere(tx: ReadTx, place: PlanPlace): Promise<Here> {
  const units = await unitsHere(tx, place.id)
  const schedules = await schedulesHere(tx, place.id)
  return { place, units, schedules, limits: limitRulesAt(place) }
}

export async function choicesAt(tx: ReadTx, locationId: string): Promise<PlanChoices> {
  const place = can(tx.actor, 'haccp.read', locationId) ? await placeOf(tx, locationId) : undefined
  if (!place) return notFound()
  const { units, schedules, limits } = await whatIsHere(tx, place)
  const { id, name, hasOpeningHours } = place
  return { location: { id, name, hasOpeningHours }, units, schedules, limits }
}

/** What the plan points at, as it is called now: kept with what is signed. */
export function shownIn({ controls }: PlanContent, { place, units, schedules, limits }: Here): Shown {
  const ties = controls.flatMap((control) => control.ties)
  const shown: Shown = { location: place.name, units: {}, schedules: {}, items: {}, limits: {} }
  for (const tie of ties) {
    if (tie.kind === 'unit') shown.units[tie.unitId] = units.find(({ id }) => id === tie.unitId)?.name ?? ''
    if (tie.kind !== 'schedule') continue
    const schedule = schedules.find(({ id }) => id === tie.scheduleId)
    shown.schedules[tie.scheduleId] = schedule?.name ?? ''
    for (const itemId of tie.itemIds) shown.items[itemId] = schedule?.items.find(({ id }) => id === itemId)?.label ?? ''
  }
  for (const limit of controls.flatMap((control) => control.limits)) {
    const rule = limit.kind === 'rule' ? limits.find(({ id }) => id === limit.ruleId) : undefined
    if (rule) shown.limits[rule.id] = { what: rule.what, text: rule.text, source: rule.source, edition: rule.edition }
  }
  return shown
}

export const kitchenOf = ({ place, units, schedules }: Here) => ({
  ...{ jurisdiction: jurisdictionOf(place), units, schedules },
})
