import type { Whose } from '@opsflow/platform/server/in-turns'

/** What the relay role's pool can do: it sees across tenants what is due and for whom, and nothing else of them. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

const SENSORS_AT_ONCE = 500

/** Sensors whose next word is overdue, by organization; but for these customers. */
export async function findSilences(
  relay: AcrossTenants,
  now = new Date(),
  except: readonly string[] = [],
): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select s.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(s.id) as ids
       from (select tenant_id, id, location_id from sensor_states where silence_due_at <= $1 and tenant_id <> all ($2::uuid[])
              order by silence_due_at limit ${SENSORS_AT_ONCE}) s
       join locations l on l.tenant_id = s.tenant_id and l.id = s.location_id
      group by 1, 2`,
    [now.toISOString(), except],
  )
  return rows as Whose[]
}

const UNITS_AT_ONCE = 100

/** Units whose days are to be looked at again, by organization; but for these customers. */
export async function findUnitsToCompare(
  relay: AcrossTenants,
  now = new Date(),
  except: readonly string[] = [],
): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select s.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(s.id) as ids
       from (select tenant_id, id, location_id from unit_states where drift_due_at <= $1 and tenant_id <> all ($2::uuid[])
              order by drift_due_at limit ${UNITS_AT_ONCE}) s
       join locations l on l.tenant_id = s.tenant_id and l.id = s.location_id
      group by 1, 2`,
    [now.toISOString(), except],
  )
  return rows as Whose[]
}

/** Imports that were running when their process ended, the least tried first. */
export async function cutOffImports(relay: AcrossTenants): Promise<(Omit<Whose, 'ids'> & { id: string })[]> {
  const { rows } = await relay.query(
    `select i.tenant_id as "tenantId", i.id, l.organization_id as "organizationId"
       from imports i join locations l on l.tenant_id = i.tenant_id and l.id = i.location_id where i.state = 'running'
      order by i.attempts, i.id`,
  )
  return rows as (Omit<Whose, 'ids'> & { id: string })[]
}

/** The partition that a month's readings lie in; the runtime role may not make tables. */
export const ensureMonth = (relay: AcrossTenants, day: string) => relay.query('select app.ensure_month($1)', [day])
