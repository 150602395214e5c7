import type { Whose } from '@opsflow/platform/server/in-turns'

/** What the relay role's pool can do: it sees across tenants what is to be made or closed and for whom, nothing else. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

const SCHEDULES_AT_ONCE = 50
const PLACES_AT_ONCE = 200
const CHECKLISTS_AT_ONCE = 2000

// Each passes over `except`, the customers that had their turn.

/** Schedules that say something else than was made of them, by organization. */
export async function schedulesToMake(relay: AcrossTenants, except: readonly string[]): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select tenant_id as "tenantId", organization_id as "organizationId", array_agg(id) as ids
       from (select tenant_id, organization_id, id from checklist_schedules
              where made_at is distinct from changed_at and tenant_id <> all ($1::uuid[]) order by changed_at limit ${SCHEDULES_AT_ONCE}) s
      group by 1, 2`,
    [except],
  )
  return rows as Whose[]
}

/** Locations whose checklists are not made up to `until`, where any schedule runs. */
export async function placesToMake(relay: AcrossTenants, until: number, except: readonly string[]): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select tenant_id as "tenantId", organization_id as "organizationId", array_agg(id) as ids
       from (select l.tenant_id, l.organization_id, l.id from locations l
               left join checklist_progress p on p.tenant_id = l.tenant_id and p.id = l.id
              where l.closed_at is null and (p.made_until is null or p.made_until < $1) and l.tenant_id <> all ($2::uuid[])
                and exists (select from checklist_schedules s where s.tenant_id = l.tenant_id
                             and s.organization_id = l.organization_id and s.ended_at is null and s.paused_at is null)
              limit ${PLACES_AT_ONCE}) w
      group by 1, 2`,
    [new Date(until).toISOString(), except],
  )
  return rows as Whose[]
}

/** Locations at which something changed since their checklists were made, the longest ago first. */
export async function stalePlaces(relay: AcrossTenants, except: readonly string[]): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select tenant_id as "tenantId", organization_id as "organizationId", array_agg(id) as ids
       from (select l.tenant_id, l.organization_id, l.id from checklist_progress p
               join locations l on l.tenant_id = p.tenant_id and l.id = p.id
              where p.stale_at is not null and p.tenant_id <> all ($1::uuid[]) order by p.stale_at limit ${PLACES_AT_ONCE}) w
      group by 1, 2`,
    [except],
  )
  return rows as Whose[]
}

export async function checklistsToMiss(relay: AcrossTenants, now: number, except: readonly string[]): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select c.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(c.id) as ids
       from (select tenant_id, id, location_id from checklists
              where status in ('open', 'in_progress') and missed_at <= $1 and tenant_id <> all ($2::uuid[]) order by missed_at limit ${CHECKLISTS_AT_ONCE}) c
       join locations l on l.tenant_id = c.tenant_id and l.id = c.location_id
      group by 1, 2`,
    [new Date(now).toISOString(), except],
  )
  return rows as Whose[]
}
