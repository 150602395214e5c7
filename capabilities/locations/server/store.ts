import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import type { Location, NewLocation } from '../location.ts'

const COLUMNS = `id, name, code, kind, address, group_id as "groupId", timezone,
  to_char(day_starts_at, 'HH24:MI') as "dayStartsAt", temperature_unit as "temperatureUnit", jurisdiction,
  rule_edition as "ruleEdition", opening_hours as "openingHours", special_days as "specialDays", attributes,
  latitude, longitude, radius_metres as "radiusMetres",
  created_at as "createdAt", closed_at as "closedAt"`

export const LIST = `
  select ${COLUMNS} from locations
   where tenant_id = $1 and organization_id = $2 and ($3 = 'any' or (closed_at is null) = ($3 = 'open'))
     and ($4::text is null or (name, id) > ($4, $5::uuid))
   order by name, id limit $6`

export const ONE = `select ${COLUMNS} from locations where tenant_id = $1 and organization_id = $2 and id = $3`

/** The location as it is; nobody else changes it until the transaction ends. */
export async function lockLocation(tx: Tx, { tenantId, organizationId }: Actor, id: string) {
  const [location] = await tx.query<Location>(`${ONE} for no key update`, [tenantId, organizationId, id])
  return location
}

const ALL = `select ${COLUMNS} from locations where tenant_id = $1 and organization_id = $2 order by name, id`

/** All of the organization's that the actor sees, open and closed. */
export const readLocations = (tx: ReadTx, { tenantId, organizationId }: Actor) =>
  tx.query<Location>(ALL, [tenantId, organizationId])

export const readLocationsAmong = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Location>(
    `select ${COLUMNS} from locations where tenant_id = $1 and organization_id = $2 and id = any ($3::uuid[])`,
    [tx.actor.tenantId, tx.actor.organizationId, ids],
  )

export const lockLocations = (tx: Tx, { tenantId, organizationId }: Actor) =>
  tx.query<Location>(`${ALL} for no key update`, [tenantId, organizationId])

/** As the columns are called and typed, for many at once. */
const FIELDS = {
  group_id: ['groupId', 'uuid'],
  name: ['name', 'text'],
  code: ['code', 'text'],
  kind: ['kind', 'text'],
  address: ['address', 'text'],
  timezone: ['timezone', 'text'],
  day_starts_at: ['dayStartsAt', 'time'],
  temperature_unit: ['temperatureUnit', 'text'],
  jurisdiction: ['jurisdiction', 'text'],
  rule_edition: ['ruleEdition', 'text'],
  opening_hours: ['openingHours', 'jsonb'],
  special_days: ['specialDays', 'jsonb'],
  attributes: ['attributes', 'jsonb'],
  latitude: ['latitude', 'double precision'],
  longitude: ['longitude', 'double precision'],
  radius_metres: ['radiusMetres', 'int'],
  closed_at: ['closedAt', 'timestamptz'],
} as const

const NAMES = Object.keys(FIELDS).join(', ')
const RECORDS = `jsonb_to_recordset($3) as l (id uuid, ${Object.entries(FIELDS)
  .map(([, [field, type]]) => `"${field}" ${type}`)
  .join(', ')})`
const VALUES = Object.values(FIELDS).map(([field]) => `l."${field}"`)

/** Their time of opening. No RETURNING: new locations lie in nobody's signed list yet. */
export async function insertLocations(
  tx: Tx,
  { tenantId, organizationId }: Actor,
  locations: readonly (z.output<typeof NewLocation> & { id: string })[],
): Promise<string> {
  await tx.query(
    `insert into locations (tenant_id, organization_id, id, ${NAMES}) select $1, $2, l.id, ${VALUES.join(', ')} from ${RECORDS}`,
    [tenantId, organizationId, JSON.stringify(locations)],
  )
  const [opened] = await tx.query<{ at: string }>('select now() as at')
  return opened?.at ?? ''
}

/** Every field as it is given, of locations that are locked. */
export const updateLocations = (tx: Tx, { tenantId, organizationId }: Actor, locations: readonly Location[]) =>
  tx.query(
    `update locations o
        set ${Object.keys(FIELDS)
          .map((column, n) => `${column} = ${VALUES[n]}`)
          .join(', ')}
       from ${RECORDS}
      where o.tenant_id = $1 and o.organization_id = $2 and o.id = l.id`,
    [tenantId, organizationId, JSON.stringify(locations)],
  )

export const updateGroupOfLocations = (tx: Tx, { tenantId }: Actor, ids: readonly string[], groupId: string | null) =>
  tx.query('update locations set group_id = $3 where tenant_id = $1 and id = any ($2::uuid[])', [
    tenantId,
    ids,
    groupId,
  ])
