import { Location, LocationKind, NewLocation, TemperatureUnit } from '@opsflow/capabilities/locations'
import { z } from 'zod'
import { Email, NewPassword, PersonName } from './member.ts'
import { Preferences } from './preferences.ts'
import { Role } from './role-schema.ts'

export const Organization = z
  .object({ id: z.uuid(), name: z.string(), slug: z.string(), tenantId: z.uuid() })
  .meta({ id: 'Organization' })
export type Organization = z.infer<typeof Organization>

/** With several organizations, one is chosen by `?organizationId=` or `X-Organization-Id` from here on. */
export const SignedIn = z.object({ organizations: z.array(Organization) }).meta({ id: 'SignedIn' })

/** Who is signed in, to which organization, and what is allowed where: all a screen needs to begin. */
export const Session = z
  .object({
    member: z.object({ id: z.uuid(), name: z.string(), email: z.string().nullable(), role: Role.nullable() }),
    /** Every role held somewhere: built-in ones by name, the organization's own by id. */
    roles: z.array(z.string()),
    /** Where each of them is held: in the whole organization, or at these locations. */
    rolesAt: z.record(z.string(), z.union([z.literal('all'), z.array(z.uuid())])),
    /** The shared tablet this is said on; null for a personal session. */
    kioskId: z.uuid().nullable(),
    organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string(), brand: z.string().nullable() }),
    preferences: Preferences,
    /** Every organization this person may choose. */
    organizations: z.array(Organization),
    tenant: z.object({ id: z.uuid(), name: z.string(), isDemo: z.boolean() }),
    /** The open locations of the organization this person reaches. */
    locations: z.array(Location.pick({ id: true, name: true, kind: true, timezone: true, temperatureUnit: true })),
    permissions: z.record(z.string(), z.union([z.literal('all'), z.array(z.uuid())])),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/** The first organization of an empty product, its first location and its first admin. */
export const Founding = z.strictObject({
  organizationName: z.string().trim().min(1).max(200),
  locationName: z.string().trim().min(1).max(200),
  locationKind: LocationKind.default('full_service'),
  timezone: NewLocation.shape.timezone,
  temperatureUnit: TemperatureUnit.default('F'),
  jurisdiction: NewLocation.shape.jurisdiction,
  name: PersonName,
  email: Email,
  password: NewPassword,
})
export type Founding = z.output<typeof Founding>

/** `Blue Plate Diner & Co.` → `blue-plate-diner-co` */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-$/, '') || 'organization'
