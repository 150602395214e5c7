import { ruleBooks } from '@opsflow/capabilities/temperature'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { attributeKey } from './attribute-key.ts'
import { OpeningHours, SpecialDays } from './hours-schema.ts'
import { USUAL_RADIUS_METRES } from './position.ts'

export const LocationKind = z.enum(['quick_service', 'full_service', 'cafe', 'commissary', 'other'])
export const TemperatureUnit = z.enum(['F', 'C'])
/** Whose food rules hold: which printed limits judge a reading. */
export const Jurisdiction = z.enum(['us', 'uk', 'sc', 'eu'])
export type Jurisdiction = z.infer<typeof Jurisdiction>

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

const RuleEdition = z.enum([...new Set(Object.values(ruleBooks).flat())])

/** A word of the chain's own to target locations by: `drive_thru`. */
export const AttributeKey = z
  .string()
  .regex(attributeKey, 'Small letters, digits and _, at most 40, beginning with a letter.')
export const AttributeText = z.string().trim().min(1).max(200)
export const Attributes = z
  .record(AttributeKey, AttributeText)
  .refine((attributes) => Object.keys(attributes).length <= 40, { message: 'At most 40 attributes.' })

const fields = {
  name: z.string().trim().min(1).max(200),
  /** What the chain's other systems call it; no two locations have the same. */
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, 'Letters, digits and . _ / -, at most 60.')
    .nullable(),
  kind: LocationKind,
  address: z.string().trim().max(500),
  timezone: Timezone,
  dayStartsAt: DayStart,
  temperatureUnit: TemperatureUnit,
  jurisdiction: Jurisdiction,
  /** The rule book within the jurisdiction. Null: the usual one. */
  ruleEdition: RuleEdition.nullable(),
  openingHours: OpeningHours,
  specialDays: SpecialDays,
  attributes: Attributes,
  /** Degrees (WGS 84), for whoever shows by their device's position that they are here. Both or neither. */
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  /** How far from there someone still is at this place. */
  radiusMetres: z.int().min(25).max(2000),
}

export const HALF_A_POSITION = 'Name latitude and longitude, or neither.'

/** One restaurant. */
export const Location = z
  .object({
    id: z.uuid(),
    ...fields,
    /** The group it lies in. Null: directly under the organization. */
    groupId: z.uuid().nullable(),
    createdAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Location' })
export type Location = z.infer<typeof Location>

export const NewLocation = z
  .strictObject({
    ...fields,
    code: fields.code.default(null),
    address: fields.address.default(''),
    dayStartsAt: fields.dayStartsAt.default('04:00'),
    temperatureUnit: fields.temperatureUnit.default('F'),
    jurisdiction: fields.jurisdiction.default('us'),
    ruleEdition: fields.ruleEdition.default(null),
    openingHours: fields.openingHours.default([]),
    specialDays: fields.specialDays.default([]),
    attributes: fields.attributes.default({}),
    latitude: fields.latitude.default(null),
    longitude: fields.longitude.default(null),
    radiusMetres: fields.radiusMetres.default(USUAL_RADIUS_METRES),
    groupId: z.uuid().nullable().default(null),
  })
  .refine(isEditionThere, { message: 'This rule book does not hold there.', path: ['ruleEdition'] })
  .refine(isPositionWhole, { message: HALF_A_POSITION, path: ['longitude'] })
/** As it is sent: what has a usual value may be left out. */
export type NewLocation = z.input<typeof NewLocation>

/** Other fields of a location; where it lies is a matter of its own (moveLocation). */
export const LocationChange = z.strictObject({ ...fields, closed: z.boolean() }).partial()
export type LocationChange = z.output<typeof LocationChange>

export const LocationPatch = LocationChange.extend({ groupId: z.uuid().nullable().optional() }).refine(
  (change) => Object.values(change).some((value) => value !== undefined),
  { message: 'Name at least one field to change.' },
)

export function isEditionThere({ jurisdiction, ruleEdition }: Pick<Location, 'jurisdiction' | 'ruleEdition'>) {
  return ruleEdition === null || ruleBooks[jurisdiction].includes(ruleEdition)
}

export function isPositionWhole({ latitude, longitude }: Pick<Location, 'latitude' | 'longitude'>) {
  return (latitude === null) === (longitude === null)
}

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
