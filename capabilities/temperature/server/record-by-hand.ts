import type { NamedPhoto } from '@opsflow/capabilities/evidence'
import { nameEvidence } from '@opsflow/capabilities/evidence/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import {
  BACK_DATED_AFTER_MS,
  correctiveActionIdOf,
  parseTemperature,
  readTyped,
  type TemperatureUnit,
} from '../index.ts'
import type { TemperatureLog } from '../readings.ts'
import { memberId, requireAt } from './may.ts'
import { openCorrectiveAction } from './open-corrective-action.ts'
import { recordReadings } from './record-readings.ts'
import { readLog } from './store-logs.ts'
import type { LogRow, Provenance } from './store-readings.ts'
import { lockUnits } from './store-watched-units.ts'

export type TypedReading = {
  id?: string | undefined
  unitId: string
  value: string
  unit: TemperatureUnit
  measuredAt?: string | undefined
  probe?: string | undefined
  note?: string
  photos?: readonly NamedPhoto[] | undefined
}

export type RecordedLog = TemperatureLog & { correctiveActionId: string | null; correctiveActionRequired: boolean }

/** A person has read a thermometer. Outside the limit, a corrective action is opened in the same transaction. */
export async function recordByHand(tx: Tx, reading: TypedReading, when = justNow()): Promise<RecordedLog> {
  const known = reading.id ? await readLog(tx, reading.id) : undefined
  if (known) return sameAgain(known, reading)
  const { id, row } = await recordTyped(tx, reading, when)
  const owner = { ownerKind: 'temperature_log' as const, ownerId: id, locationId: row.locationId, at: when.at }
  await nameEvidence(tx, owner, reading.photos)
  return withCorrectiveAction(tx, id, row, when)
}

/** What a correction or a first reading outside the limit asks for. */
export async function withCorrectiveAction(tx: Tx, id: string, row: LogRow, when: Moment): Promise<RecordedLog> {
  const [unit] = row.isCompliant === false ? await lockUnits(tx, [], [row.unitId]) : []
  const correctiveActionId = unit
    ? await openCorrectiveAction(tx, unit, {
        id: correctiveActionIdOf(id),
        log: { id, measuredAt: new Date(row.measuredAt).toISOString() },
        value: row.milli === null ? null : { text: row.text, unit: row.unit, milli: row.milli },
        when,
        by: memberId(tx.actor),
      })
    : null
  const log = (await readLog(tx, id)) ?? notFound()
  return { ...log, correctiveActionId, correctiveActionRequired: correctiveActionId !== null }
}

/** The reading alone: judged, stored, shown on the board. */
export async function recordTyped(
  tx: Tx,
  { value, unit, unitId, measuredAt, probe, note, id }: TypedReading,
  when: Moment,
  more: Partial<Provenance> & { flags?: string[] } = {},
): Promise<{ id: string; row: LogRow }> {
  const [place] = await lockUnits(tx, [], [unitId])
  if (!place) return notFound()
  requireAt(tx.actor, 'temperature.record', place.locationId)
  if (place.retired) refuse('conflict', 'temperature.unit_retired', { detail: 'This unit is no longer in use.' })
  const { text } = readTyped(value, unit)
  const takenAt = Date.parse(measuredAt ?? when.at)
  const { flags = [], ...provenance } = more
  const isBackDated = Date.parse(when.at) - takenAt > BACK_DATED_AFTER_MS && !provenance.correctsId
  const known = when.quality === 'server' && measuredAt ? 'device' : when.quality
  const [recorded] = await recordReadings(
    tx,
    [
      {
        ...(id ? { id } : {}),
        unitId,
        sent: text,
        unit,
        measuredAt: takenAt,
        receivedAt: Date.parse(when.receivedAt),
        flags: [...new Set([...flags, ...when.flags, ...(isBackDated ? ['back_dated'] : [])])],
      },
    ],
    {
      source: 'typed',
      recordedBy: memberId(tx.actor),
      kioskId: tx.actor.kioskId ?? null,
      timeQuality: known,
      note: note ?? '',
      probe: probe ?? null,
      ...provenance,
    },
    { now: Date.parse(when.receivedAt) },
  )
  if (recorded?.status === 'accepted') return recorded
  if (recorded?.status === 'rejected') {
    const { code, message } = recorded
    return refuse('invalid', code, { detail: message, errors: [{ path: 'body.measuredAt', code, message }] })
  }
  return refuse('conflict', 'temperature.id_taken', { detail: 'Another reading has this id.' })
}

/** A device that was offline may not know that its reading came through. */
function sameAgain(known: TemperatureLog & { correctiveActionId: string | null }, reading: TypedReading): RecordedLog {
  const read = parseTemperature(reading.value, reading.unit)
  const isSame =
    known.unitId === reading.unitId &&
    read.ok &&
    known.value?.milli === read.value.milli &&
    known.value.unit === reading.unit
  if (!isSame) refuse('conflict', 'temperature.id_taken', { detail: 'Another reading has this id.' })
  return { ...known, correctiveActionRequired: known.correctiveActionId !== null }
}
