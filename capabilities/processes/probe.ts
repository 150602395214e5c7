import { ReadValue } from '@opsflow/capabilities/temperature'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { CALIBRATION_METHODS, HIGHEST_METRES, LOWEST_METRES } from './calibration.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })

export const Calibration = z.object({
  id: z.uuid(),
  at: Instant,
  receivedAt: Instant.nullable(),
  timeQuality: RecordedTimeQuality.nullable(),
  by: Person.nullable(),
  kiosk: Person.nullable(),
  method: z.enum(CALIBRATION_METHODS),
  altitudeMetres: z.int(),
  value: ReadValue,
  /** What a right thermometer shows there, in thousandths of the same unit. */
  expectedMilli: z.int(),
  passed: z.boolean(),
  note: z.string(),
})
export type Calibration = z.infer<typeof Calibration>

/** A thermometer that people hold into food. */
export const Probe = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    serial: z.string(),
    everyDays: z.int(),
    createdAt: Instant,
    retiredAt: Instant.nullable(),
    /** The latest first; of a long life, the last fifty. */
    calibrations: z.array(Calibration),
  })
  .meta({ id: 'Probe' })
export type Probe = z.infer<typeof Probe>

const name = z.string().trim().min(1).max(60)
const serial = z.string().trim().max(60)
const everyDays = z.int().min(1).max(366)

export const NewProbe = z.strictObject({
  id: z.uuid().optional(),
  locationId: z.uuid(),
  name,
  serial: serial.default(''),
  everyDays: everyDays.default(7),
})
export type NewProbe = z.output<typeof NewProbe>

export const ProbeChange = z.strictObject({
  name: name.optional(),
  serial: serial.optional(),
  everyDays: everyDays.optional(),
  retired: z.boolean().optional(),
})
export type ProbeChange = z.output<typeof ProbeChange>

export const CalibrationInput = z.strictObject({
  id: z.uuid(),
  method: z.enum(CALIBRATION_METHODS),
  altitudeMetres: z.int().min(LOWEST_METRES).max(HIGHEST_METRES).default(0),
  value: z.string().trim().min(1).max(24),
  unit: z.enum(['F', 'C']),
  note: z.string().trim().max(1000).default(''),
})
export type CalibrationInput = z.output<typeof CalibrationInput>

export const probeRefusals = ['processes.id_taken', 'processes.probe_retired', 'processes.probe_name_taken'] as const
