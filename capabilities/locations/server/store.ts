import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Location, LocationChange, NewLocation } from '../location.ts'

const COLUMNS = `id, name, kind, address, timezone, to_char(day_starts_at, 'HH24:MI') as "dayStartsAt",
  temperature_unit as "temperatureUnit", jurisdiction, created_at as "createdAt", closed_at as "closedAt"`

export const LIST = `
  select ${COLUMNS} from locations
   where tenant_id = $1 and organization_id = $2 and ($3 = 'any' or (closed_at is null) = ($3 = 'open'))
     and ($4::text is null or (name, id) > ($4, $5::uuid))
   order by name, id limit $6`

export const ONE = `select ${COLUMNS} from locations where tenant_id = $1 and organization_id = $2 and id = $3`

/** No RETURNING: in a tenant with several organizations a new location lies in nobody's signed list yet. */
export async function insertLocation(tx: Tx, { organizationId }: Actor, location: NewLocation) {
  const [minted] = await tx.query<{ id: string; createdAt: string }>('select uuidv7() as id, now() as "createdAt"')
  const { id, createdAt } = minted as { id: string; createdAt: string }
  const { name, kind, address, timezone, dayStartsAt, temperatureUnit, jurisdiction } = location
  await tx.query(
    `insert into locations
       (id, organization_id, name, kind, address, timezone, day_starts_at, temperature_unit, jurisdiction, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, organizationId, name, kind, address, timezone, dayStartsAt, temperatureUnit, jurisdiction, createdAt],
  )
  return { id, createdAt }
}

export async function isVisible(tx: ReadTx, { tenantId, organizationId }: Actor, id: string): Promise<boolean> {
  return (await tx.query(ONE, [tenantId, organizationId, id])).length === 1
}

export async function updateLocation(tx: Tx, { tenantId, organizationId }: Actor, id: string, change: LocationChange) {
  const { name, kind, address, timezone, dayStartsAt, temperatureUnit, jurisdiction, closed } = change
  const [changed] = await tx.query<Location>(
    `update locations
        set name = coalesce($4, name), kind = coalesce($5, kind), address = coalesce($6, address),
            timezone = coalesce($7, timezone), day_starts_at = coalesce($8::time, day_starts_at),
            temperature_unit = coalesce($9, temperature_unit), jurisdiction = coalesce($10, jurisdiction),
            closed_at = case $11::boolean when true then coalesce(closed_at, now()) when false then null else closed_at end
      where tenant_id = $1 and organization_id = $2 and id = $3
      returning ${COLUMNS}`,
    [tenantId, organizationId, id, name, kind, address, timezone, dayStartsAt, temperatureUnit, jurisdiction, closed],
  )
  return changed
}
