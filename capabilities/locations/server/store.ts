import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import type { Location, NewLocation } from '../location.ts'

const COLUMNS = `id, name, code, kind, address, group_id as "groupId", timezone,
  to_char(day_starts_at, 'HH24:MI') as "dayStartsAt", temperature_unit as "temperatureUnit", jurisdiction,
  rule_edition as "ruleEdition", opening_hours as "openingHours", special_days as "specialDays", attributes,
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

type Fields = Omit<z.output<typeof NewLocation>, 'groupId'>

const fieldsOf = (location: Fields) => [
  location.name,
  location.code,
  location.kind,
  location.address,
  location.timezone,
  location.dayStartsAt,
  location.temperatureUnit,
  location.jurisdiction,
  location.ruleEdition,
  JSON.stringify(location.openingHours),
  JSON.stringify(location.specialDays),
  JSON.stringify(location.attributes),
]

/** No RETURNING: a new location lies in nobody's signed list yet. */
export async function insertLocation(tx: Tx, { organizationId }: Actor, location: z.output<typeof NewLocation>) {
  const [minted] = await tx.query<{ id: string; createdAt: string }>('select uuidv7() as id, now() as "createdAt"')
  const { id, createdAt } = minted as { id: string; createdAt: string }
  await tx.query(
    `insert into locations
       (id, organization_id, group_id, created_at, name, code, kind, address, timezone, day_starts_at, temperature_unit,
        jurisdiction, rule_edition, opening_hours, special_days, attributes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [id, organizationId, location.groupId, createdAt, ...fieldsOf(location)],
  )
  return { id, createdAt }
}

export async function updateLocation(tx: Tx, { tenantId, organizationId }: Actor, location: Location) {
  await tx.query(
    `update locations
        set closed_at = $4, name = $5, code = $6, kind = $7, address = $8, timezone = $9, day_starts_at = $10,
            temperature_unit = $11, jurisdiction = $12, rule_edition = $13, opening_hours = $14, special_days = $15,
            attributes = $16
      where tenant_id = $1 and organization_id = $2 and id = $3`,
    [tenantId, organizationId, location.id, location.closedAt, ...fieldsOf(location)],
  )
}

export const updateGroupOfLocations = (tx: Tx, { tenantId }: Actor, ids: readonly string[], groupId: string | null) =>
  tx.query('update locations set group_id = $3 where tenant_id = $1 and id = any ($2::uuid[])', [
    tenantId,
    ids,
    groupId,
  ])
