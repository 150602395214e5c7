import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { unitChanged } from '../facts.ts'
import {
  BEFORE_EVERYTHING,
  defaultPolicy,
  jurisdictionOf,
  limitText,
  type UnitKind,
  type UnitPolicyInput,
  unitRule,
} from '../index.ts'
import type { Unit } from '../routes.ts'
import { memberId, requireAt } from './may.ts'
import { insertPolicy, insertUnit, readLocation, readUnit } from './store-units.ts'

export type UnitToAdd = {
  id?: string
  locationId: string
  name: string
  kind: UnitKind
  position?: number
  policy?: UnitPolicyInput | undefined
  createdAt?: Date
}

/** A unit begins with a policy, its own or the usual one of its kind, that holds for all of its past too. */
export async function addUnit(tx: Tx, unit: UnitToAdd): Promise<Unit> {
  const location = (await readLocation(tx, unit.locationId)) ?? notFound()
  requireAt(tx.actor, 'temperature.configure', location.id)
  if (location.closed) refuse('conflict', 'temperature.location_closed', { detail: 'This location is closed.' })
  const input = unit.policy ?? defaultPolicy(unit.kind, jurisdictionOf(location))
  const policy = { id: uuid7(), startsAt: BEFORE_EVERYTHING, ...input }
  const { createdAt = new Date() } = unit
  const id = unit.id ?? uuid7()
  const isNew = await insertUnit(tx, {
    id,
    locationId: location.id,
    name: unit.name,
    kind: unit.kind,
    position: unit.position ?? 0,
    createdBy: memberId(tx.actor),
    createdAt: createdAt.toISOString(),
    limitText: limitText(unitRule([policy], location.timezone).limitsAt(createdAt.getTime()), location.temperatureUnit),
  })
  if (!isNew) nameTaken()
  await insertPolicy(tx, {
    id: policy.id,
    locationId: location.id,
    unitId: id,
    startsAt: BEFORE_EVERYTHING,
    input,
    reason: '',
    by: memberId(tx.actor),
  })
  const added = (await readUnit(tx, id)) ?? notFound()
  await tx.emit(unitChanged, added.state)
  return added
}

export const nameTaken = () =>
  refuse('conflict', 'temperature.unit_name_taken', {
    detail: 'This location has a unit of that name.',
    errors: [{ path: 'body.name', code: 'temperature.unit_name_taken', message: 'Choose another name.' }],
  })
