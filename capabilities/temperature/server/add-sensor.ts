import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { silenceMinutes } from '../index.ts'
import type { Sensor } from '../routes.ts'
import { requireAt } from './may.ts'
import { insertSensor, readSensor } from './store-units.ts'
import { lockUnits } from './store-watched-units.ts'

export type SensorToAdd = {
  id?: string
  unitId: string
  name: string
  externalId?: string | null
  channel?: string
  model?: string
  /** Null: only imported, owes nobody a reading. */
  cadenceSeconds: number | null
  createdAt?: Date
}

export async function addSensor(tx: Tx, sensor: SensorToAdd): Promise<Sensor> {
  const [unit] = await lockUnits(tx, [], [sensor.unitId])
  if (!unit) return notFound()
  requireAt(tx.actor, 'temperature.configure', unit.locationId)
  return placeSensor(tx, unit.locationId, sensor)
}

/** Its silence counts from now on. */
export async function placeSensor(tx: Tx, locationId: string, sensor: SensorToAdd): Promise<Sensor> {
  const { cadenceSeconds } = sensor
  const createdAt = (sensor.createdAt ?? new Date()).getTime()
  const id = sensor.id ?? uuid7()
  const isNew = await insertSensor(tx, {
    id,
    locationId,
    unitId: sensor.unitId,
    name: sensor.name,
    externalId: sensor.externalId ?? null,
    channel: sensor.channel ?? '',
    model: sensor.model ?? '',
    cadenceSeconds,
    createdAt,
    silenceDueAt: cadenceSeconds === null ? null : createdAt + silenceMinutes(cadenceSeconds / 60) * 60_000,
  })
  if (!isNew) externalIdTaken()
  return (await readSensor(tx, id)) ?? notFound()
}

export const externalIdTaken = () =>
  refuse('conflict', 'temperature.sensor_external_id_taken', {
    detail: 'Another sensor has this external id and channel.',
    errors: [
      { path: 'body.externalId', code: 'temperature.sensor_external_id_taken', message: 'Retire the other first.' },
    ],
  })
