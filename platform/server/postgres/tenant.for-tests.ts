import { randomUUID } from 'node:crypto'
import type { Actor, Reach } from '../../actor.ts'
import type { Database } from '../tenant.ts'

export type TestTenant = { tenantId: string; organizationId: string; locations: [string, string] }

/** A tenant with one organization and two locations, Downtown and Airport. */
export async function foundTenant(database: Database, name: string): Promise<TestTenant> {
  const tenantId = randomUUID()
  return database.write(founder({ tenantId, organizationId: randomUUID() }), async (tx) => {
    await tx.query(`insert into tenants (name) values ($1)`, [name])
    const [organization] = await tx.query<{ id: string }>(
      `insert into organizations (name, slug) values ($1, $2) returning id`,
      [name, `org-${tenantId}`],
    )
    const organizationId = organization?.id ?? ''
    const locations = await tx.query<{ id: string }>(
      `insert into locations (organization_id, name, kind, timezone, temperature_unit)
       values ($1, 'Downtown', 'full_service', 'America/Chicago', 'F'), ($1, 'Airport', 'cafe', 'America/New_York', 'F')
       returning id`,
      [organizationId],
    )
    return { tenantId, organizationId, locations: [locations[0]?.id ?? '', locations[1]?.id ?? ''] }
  })
}

const founder = ({ tenantId, organizationId }: Pick<TestTenant, 'tenantId' | 'organizationId'>): Actor => ({
  tenantId,
  organizationId,
  kind: 'system',
  id: 'test',
  name: 'test',
  permissions: new Map(),
  locationIds: 'all',
})

/** Someone who may do these things there. */
export async function hire(
  database: Database,
  tenant: TestTenant,
  name: string,
  permissions: readonly string[],
  reach: Reach,
): Promise<Actor> {
  const { tenantId, organizationId } = tenant
  const [member] = await database.write(founder(tenant), (tx) =>
    tx.query<{ id: string }>(`insert into members (organization_id, name) values ($1, $2) returning id`, [
      organizationId,
      name,
    ]),
  )
  return {
    tenantId,
    organizationId,
    kind: 'member',
    id: member?.id ?? '',
    name,
    permissions: new Map(permissions.map((permission) => [permission, reach])),
    locationIds: reach,
  }
}
