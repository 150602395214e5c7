import { randomBytes } from 'node:crypto'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { withClient } from '@opsflow/platform/server/tenant'
import { CODE_DIGITS, CODE_LENGTH, type PlaceCode } from '../place-code.ts'

const COLUMNS = `
  c.id, c.location_id as "locationId", c.label, c.code, c.created_at as "createdAt", c.revoked_at as "revokedAt",
  case when c.unit_id is not null then json_build_object('id', c.unit_id, 'name', u.name) end as unit`
const TABLES = `place_codes c left join units u on u.tenant_id = c.tenant_id and u.id = c.unit_id`

export const codesAt = (tx: ReadTx, locationId: string) =>
  tx.query<PlaceCode>(
    `select ${COLUMNS} from ${TABLES}
      where c.tenant_id = (select app.tenant()) and c.location_id = $1 and c.revoked_at is null
      order by u.name nulls first, c.label, c.id limit 500`,
    [locationId],
  )

export const codesByIds = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<PlaceCode>(
    `select ${COLUMNS} from ${TABLES} where c.tenant_id = (select app.tenant()) and c.id = any ($1::uuid[])`,
    [ids],
  )

/** A code as this location has it, also one that was revoked. Undefined: none of its codes. */
export async function codeAt(tx: ReadTx, locationId: string, code: string) {
  const [found] = await tx.query<{ id: string; revokedAt: string | null }>(
    `select id, revoked_at as "revokedAt" from place_codes
      where tenant_id = (select app.tenant()) and location_id = $1 and code = $2`,
    [locationId, code],
  )
  return found
}

export async function revokedCodes(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from place_codes where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and revoked_at is not null`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

export async function insertCode(
  tx: Tx,
  { locationId, unitId, label, by }: { locationId: string; unitId: string | null; label: string; by: string | null },
): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    'insert into place_codes (location_id, unit_id, label, code, created_by) values ($1, $2, $3, $4, $5) returning id',
    [locationId, unitId, label, newCode(), by],
  )
  return (made as { id: string }).id
}

export const revokeCode = (tx: Tx, id: string, by: string | null) =>
  tx.query(
    `update place_codes set revoked_at = now(), revoked_by = $2
      where tenant_id = (select app.tenant()) and id = $1 and revoked_at is null`,
    [id, by],
  )

/** Five bits a digit, each as likely as the others. */
const newCode = () => Array.from(randomBytes(CODE_LENGTH), (byte) => CODE_DIGITS[byte % CODE_DIGITS.length]).join('')

export type Pool = Parameters<typeof withClient>[0]
export type ScannedPlace = {
  id: string
  tenantId: string
  organizationId: string
  locationId: string
  unitId: string | null
  label: string
  locationName: string
}

/** Whose code is this? Asked as opsflow_auth, before any tenant is known. Undefined: nobody's, or no longer. */
export async function placeOfCode(pool: Pool, code: string): Promise<ScannedPlace | undefined> {
  const { rows } = await withClient(pool, (client) =>
    client.query<ScannedPlace>(
      `select c.id, c.tenant_id as "tenantId", l.organization_id as "organizationId", c.location_id as "locationId",
              c.unit_id as "unitId", c.label, l.name as "locationName"
         from place_codes c
         join locations l on l.tenant_id = c.tenant_id and l.id = c.location_id and l.closed_at is null
         join tenants t on t.tenant_id = c.tenant_id and t.status = 'active'
        where c.code = $1 and c.revoked_at is null`,
      [code],
    ),
  )
  return rows[0]
}
