import { Photos } from '@opsflow/capabilities/evidence'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { refuse } from '@opsflow/platform/refusal'
import { z } from 'zod'
import { Person, ReadValue } from './records.ts'
import { ReadingSource } from './unit.ts'
import { parseTemperature, type Temperature, type TemperatureUnit } from './value.ts'

const Instant = z.iso.datetime({ offset: true })
const Unit = z.enum(['F', 'C'])

/** One recorded value with its provenance. Never changed: a correction is another log that names this one. */
export const TemperatureLog = z
  .object({
    id: z.uuid(),
    unitId: z.uuid(),
    unitName: z.string(),
    locationId: z.uuid(),
    sensorId: z.uuid().nullable(),
    measuredAt: Instant,
    receivedAt: Instant,
    source: ReadingSource,
    /** Null when the sensor reported a fault instead. */
    value: ReadValue.nullable(),
    fault: z.string().nullable(),
    isCompliant: z.boolean().nullable(),
    limitId: z.string().nullable(),
    ruleEdition: z.string().nullable(),
    policyId: z.uuid().nullable(),
    /** late, conflict, back_dated, offline, doubtful … */
    flags: z.array(z.string()),
    note: z.string(),
    /** The thermometer in the hand, if it was named. */
    probe: z.string().nullable(),
    recordedBy: Person.nullable(),
    /** The shared tablet it was typed on. */
    kiosk: Person.nullable(),
    deviceId: z.uuid().nullable(),
    importId: z.uuid().nullable(),
    /** device: as its sensor or its author says · the others: as the server knows. */
    timeQuality: z.enum(['device', ...RecordedTimeQuality.options]),
    correctsId: z.uuid().nullable(),
    correctedById: z.uuid().nullable(),
  })
  .meta({ id: 'TemperatureLog' })
export type TemperatureLog = z.infer<typeof TemperatureLog>

/** As typed: '41.5', '41,5' or '−18'. Text, so that an empty field can never become zero degrees. */
export const TypedValue = z.string().trim().min(1).max(24)

const Note = z.string().trim().max(2000).default('')

export const NewTemperatureLog = z.strictObject({
  /** Minted where the reading is taken, so that a repeated request records it once. */
  id: z.uuid().optional(),
  unitId: z.uuid(),
  value: TypedValue,
  unit: Unit,
  /** When it was read; now, if it is not said. */
  measuredAt: Instant.optional(),
  probe: z.string().trim().min(1).max(60).optional(),
  note: Note,
  photos: Photos.optional(),
})
export type NewTemperatureLog = z.output<typeof NewTemperatureLog>

export const MOST_MINUTES_AGO = 7 * 24 * 60

export const TemperatureCorrection = z.strictObject({
  value: TypedValue,
  unit: Unit,
  reason: z.string().trim().min(3).max(1000),
})
export type TemperatureCorrection = z.output<typeof TemperatureCorrection>

/** One reading of a device. Each is judged by itself: a bad one never spoils its neighbours. */
export const IngestReading = z
  .strictObject({
    sensorId: z.uuid().optional(),
    /** The gateway's own name for the sensor: a DevEUI, a MAC. */
    externalId: z.string().trim().min(1).max(200).optional(),
    channel: z.string().trim().max(60).default(''),
    seq: z.int().min(0).optional(),
    measuredAt: Instant,
    /** A number or its text; null when the device says that it has no value. */
    value: z.union([z.number(), z.string().max(40), z.null()]),
    unit: Unit,
  })
  .refine(({ sensorId, externalId }) => (sensorId === undefined) !== (externalId === undefined), {
    message: 'Name the sensor by sensorId or by externalId.',
    path: ['sensorId'],
  })
export type IngestReading = z.output<typeof IngestReading>

export const MAX_INGEST = 500

export const IngestResult = z.object({
  index: z.int(),
  status: z.enum(['accepted', 'duplicate', 'rejected']),
  code: z.string().optional(),
  message: z.string().optional(),
  id: z.uuid().optional(),
})
export type IngestResult = z.infer<typeof IngestResult>

export const IngestAnswer = z.object({
  results: z.array(IngestResult),
  accepted: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
})
export type IngestAnswer = z.infer<typeof IngestAnswer>

/** Why a reading of a device or a file is refused, beside the codes of an unreadable value. */
export const ingestRefusals = [
  'temperature.reading_invalid',
  'temperature.sensor_unknown',
  'temperature.measured_in_future',
  'temperature.measured_too_long_ago',
  'temperature.payload_undecodable',
] as const

/** A device's clock may run ahead by this much; beyond, its time is no time. */
export const FUTURE_TOLERANCE_MS = 10 * 60_000
export const EARLIEST_MEASURED_MS = Date.UTC(2000, 0, 1)
/** A reading typed this long after it was taken is marked as back-dated. */
export const BACK_DATED_AFTER_MS = 15 * 60_000

export function timeProblem(at: number, now: number): (typeof ingestRefusals)[number] | null {
  if (at > now + FUTURE_TOLERANCE_MS) return 'temperature.measured_in_future'
  return at < EARLIEST_MEASURED_MS ? 'temperature.measured_too_long_ago' : null
}

/** What a person typed, or the reason why it is no temperature. */
export function readTyped(typed: string, unit: TemperatureUnit): Temperature {
  const read = parseTemperature(typed, unit)
  if (read.ok) return read.value
  const { code, message } = read
  return refuse('invalid', code, { detail: message, errors: [{ path: 'body.value', code, message }] })
}

/** Only what a person typed, and the newest version of it, is corrected. */
export function mustBeCorrectable(log: Pick<TemperatureLog, 'sensorId' | 'correctedById'>) {
  if (log.sensorId !== null) {
    refuse('conflict', 'temperature.not_correctable', {
      detail: 'What a sensor reported stays as it is. Record a reading by hand beside it.',
    })
  }
  if (log.correctedById !== null) {
    refuse('conflict', 'temperature.corrected_already', {
      detail: 'This version was corrected; correct the newer one.',
    })
  }
}
