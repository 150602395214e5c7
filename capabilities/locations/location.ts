import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

export const LocationKind = z.enum(['quick_service', 'full_service', 'cafe', 'commissary', 'other'])
export const TemperatureUnit = z.enum(['F', 'C'])
/** Whose food rules hold: which printed limits judge a reading. */
export const Jurisdiction = z.enum(['us', 'uk', 'sc', 'eu'])

/** A zone of the IANA database by its name. Offsets such as `+02:00` know no daylight saving and are refused. */
export const Timezone = z
  .string()
  .max(64)
  .refine(isTimezone, { message: 'Use a name of the IANA time zone database, for example America/Chicago.' })

/** When a business day begins, local time: what happens at 01:30 still belongs to the evening before. */
export const DayStart = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use hours and minutes, for example 04:00.')
  .meta({ description: 'Local time at which a business day begins, HH:MM.' })

const fields = {
  name: z.string().trim().min(1).max(200),
  kind: LocationKind,
  address: z.string().trim().max(500),
  timezone: Timezone,
  dayStartsAt: DayStart,
  temperatureUnit: TemperatureUnit,
  jurisdiction: Jurisdiction,
}

/** One restaurant. */
export const Location = z
  .object({ id: z.uuid(), ...fields, createdAt: Instant, closedAt: Instant.nullable() })
  .meta({ id: 'Location' })
export type Location = z.infer<typeof Location>

export const NewLocation = z.strictObject({
  ...fields,
  address: fields.address.default(''),
  dayStartsAt: fields.dayStartsAt.default('04:00'),
  temperatureUnit: fields.temperatureUnit.default('F'),
  jurisdiction: fields.jurisdiction.default('us'),
})
export type NewLocation = z.output<typeof NewLocation>

export const LocationChange = z
  .strictObject({ ...fields, closed: z.boolean() })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Name at least one field to change.',
  })
export type LocationChange = z.output<typeof LocationChange>

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
