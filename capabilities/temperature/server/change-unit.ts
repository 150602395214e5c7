import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { unitChanged } from '../facts.ts'
import type { UnitPolicyInput } from '../index.ts'
import type { Unit } from '../routes.ts'
import { nameTaken } from './add-unit.ts'
import { retireSensor } from './change-sensor.ts'
import { memberId, requireAt } from './may.ts'
import { keepUnitStates } from './store-readings.ts'
import { insertPolicy, readUnit, updateUnit } from './store-units.ts'
import { lockUnits, standing, type WatchedUnit, watchedUnits } from './store-watched-units.ts'

export type UnitChange = { name?: string | undefined; position?: number | undefined; retired?: boolean | undefined }

/** Renamed, reordered, taken out of use (its sensors with it) or brought back. */
export async function changeUnit(tx: Tx, id: string, change: UnitChange): Promise<Unit> {
  const unit = await lockToConfigure(tx, id)
  await updateUnit(tx, id, change).catch((error: { code?: string }) => {
    if (error.code === '23505') nameTaken()
    throw error
  })
  if (change.retired) for (const sensor of unit.sensors) if (!sensor.retired) await retireSensor(tx, unit, sensor)
  const changed = (await readUnit(tx, id)) ?? notFound()
  await tx.emit(unitChanged, changed.state)
  return changed
}

export type PolicyChange = UnitPolicyInput & { startsAt?: string | undefined; reason: string }

/** From now on or later. What has been judged stays as it was judged, so a version cannot start in the past. */
export async function changePolicy(
  tx: Tx,
  unitId: string,
  { startsAt, reason, ...input }: PolicyChange,
  now = new Date(),
) {
  const unit = await lockToConfigure(tx, unitId)
  const starts = startsAt ? new Date(startsAt) : now
  if (starts.getTime() < now.getTime() - 60_000) {
    refuse('invalid', 'temperature.policy_starts_in_past', {
      detail: 'What was judged stays as it was judged: a policy starts now or later.',
      errors: [{ path: 'body.startsAt', code: 'temperature.policy_starts_in_past', message: 'Now or later.' }],
    })
  }
  const id = uuid7()
  const by = memberId(tx.actor)
  await insertPolicy(tx, { id, locationId: unit.locationId, unitId, startsAt: starts.toISOString(), input, reason, by })
  await showAnew(tx, unitId, now)
  return { id, startsAt: starts.toISOString(), createdAt: now.toISOString(), reason, ...input }
}

/** Its place on the board, under the policy that holds now. */
export async function showAnew(tx: Tx, unitId: string, now: Date) {
  const [unit] = await watchedUnits(tx, [unitId])
  if (!unit) return
  unit.shown = { ...unit.shown, ...standing(unit, now.getTime()) }
  await keepUnitStates(tx, [unit])
  await tx.emit(unitChanged, unit.shown)
}

async function lockToConfigure(tx: Tx, id: string): Promise<WatchedUnit> {
  const [unit] = await lockUnits(tx, [], [id])
  if (!unit) return notFound()
  requireAt(tx.actor, 'temperature.configure', unit.locationId)
  return unit
}
