import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Crew } from '../crew.ts'

/** Everyone who may do anything at location $2 of organization $1: by a grant there, above it, or for all of it. */
const CREW = `
  with recursive above as (
    select l.group_id as id from locations l where l.tenant_id = (select app.tenant()) and l.id = $2
    union
    select g.parent_id from above join location_groups g
      on g.tenant_id = (select app.tenant()) and g.id = above.id and g.archived_at is null)
  select m.id, m.name, array_agg(distinct coalesce(r.role, r.role_id::text)) as roles,
         bool_or(coalesce(r.role in ('org:admin', 'org:manager'), x.permissions @> '{alerts.read,alerts.lead}')) as leads
    from members m
    join role_grants r on r.tenant_id = m.tenant_id and r.member_id = m.id and r.revoked_at is null
    left join roles x on x.tenant_id = r.tenant_id and x.id = r.role_id
   where m.tenant_id = (select app.tenant()) and m.organization_id = $1 and m.status = 'active'
     and (r.role_id is null or x.archived_at is null)
     and (r.location_id = $2 or r.group_id in (select id from above) or num_nonnulls(r.location_id, r.group_id) = 0)
   group by m.id, m.name`

/** `leads`: is told there as one who leads, and so can be given the manager’s duty. */
export type Working = { id: string; name: string; roles: string[]; leads: boolean }

export const crewAt = (tx: ReadTx, locationId: string) =>
  tx.query<Working>(`${CREW} order by m.name, m.id limit 500`, [tx.actor.organizationId, locationId])

/** At each of these locations that is open, as the actor sees them. A device holds thirty at most. */
export async function crewsAt(tx: ReadTx, locationIds: readonly string[]): Promise<Crew[]> {
  const roles = await ownRoles(tx)
  const crews: Crew[] = []
  for (const locationId of locationIds) {
    if ((await openLocation(tx, locationId)) === undefined) continue
    const people = (await crewAt(tx, locationId)).map(({ id, name, leads }) => ({ id, name, leads }))
    crews.push({ locationId, people, roles })
  }
  return crews
}

/** The name of an active member of the organization, as tasks show it. */
export async function nameOfMember(tx: ReadTx, id: string): Promise<string | undefined> {
  const [member] = await tx.query<{ name: string }>(
    `select name from members where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and status = 'active'`,
    [tx.actor.organizationId, id],
  )
  return member?.name
}

export const ownRoles = (tx: ReadTx) =>
  tx.query<{ id: string; name: string }>(
    `select id, name from roles
      where tenant_id = (select app.tenant()) and organization_id = $1 and archived_at is null order by name`,
    [tx.actor.organizationId],
  )

/** A location of the organization that the actor sees and that is open. */
export async function openLocation(tx: ReadTx, id: string): Promise<string | undefined> {
  const [location] = await tx.query<{ id: string }>(
    `select id from locations
      where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and closed_at is null`,
    [tx.actor.organizationId, id],
  )
  return location?.id
}

export async function unitAt(
  tx: ReadTx,
  locationId: string,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  const [unit] = await tx.query<{ id: string; name: string }>(
    'select id, name from units where tenant_id = (select app.tenant()) and location_id = $1 and id = $2',
    [locationId, id],
  )
  return unit
}

export const locationNames = (tx: ReadTx) =>
  tx.query<{ id: string; name: string }>(
    `select id, name from locations where tenant_id = (select app.tenant()) and organization_id = $1`,
    [tx.actor.organizationId],
  )
