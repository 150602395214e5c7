import { overdueSql, toDoSql } from '@opsflow/capabilities/tasks/server'
import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import { Where } from '@opsflow/platform/server/where'
import { DAY_STARTS } from './store-watched-units.ts'

/** How many facts each location has seen; one without any is at 0. */
export function scopeVersions(actor: Actor, locationId: string | null): Statement {
  const where = openLocations(actor, locationId)
  const sql = `
    select l.id, coalesce(s.version, 0) as version
      from locations l left join scopes s on s.tenant_id = l.tenant_id and s.id = l.id
     where ${where}`
  return { sql, params: where.params }
}

/**
 * Each open location with its counters. Everything counted is small: states of units with their
 * counters of the business day, and what is open; never the readings themselves.
 */
export function locationCounts(actor: Actor, locationId: string | null): Statement {
  const where = openLocations(actor, locationId)
  const sql = `
  select l.id, l.name, l.kind, l.timezone, l.temperature_unit as "temperatureUnit",
         (select jsonb_build_object('id', g.id, 'name', g.name) from location_groups g
           where g.tenant_id = l.tenant_id and g.id = l.group_id) as "group",
         jsonb_build_object(
           'units', u.units, 'ok', u.ok, 'drifting', u.drifting, 'alarm', u.alarm, 'fault', u.fault, 'silent', u.silent,
           'noData', u.no_data,
           'openAlarms', (select count(*) from alarms a
                           where a.tenant_id = l.tenant_id and a.location_id = l.id and a.closed_at is null),
           'openCorrectiveActions', (select count(*) from corrective_actions c
                                      where c.tenant_id = l.tenant_id and c.location_id = l.id and c.state <> 'verified'
                                        and c.closed_at is null),
           'tasksOpen', t.open, 'tasksOverdue', t.overdue,
           'readingsToday', u.readings, 'compliantToday', u.compliant, 'judgedToday', u.judged) as counts
    from locations l
    cross join lateral (select ${DAY_STARTS} as starts) day
    cross join lateral (
      select count(*) as units, count(*) filter (where us.status = 'ok') as ok,
             count(*) filter (where us.status = 'drifting') as drifting, count(*) filter (where us.status = 'alarm') as alarm,
             count(*) filter (where us.status = 'fault') as fault, count(*) filter (where us.status = 'silent') as silent,
             count(*) filter (where us.status = 'no_data') as no_data,
             coalesce(sum(us.day_readings) filter (where us.day_starts = day.starts), 0) as readings,
             coalesce(sum(us.day_compliant) filter (where us.day_starts = day.starts), 0) as compliant,
             coalesce(sum(us.day_judged) filter (where us.day_starts = day.starts), 0) as judged
        from units n join unit_states us on us.tenant_id = n.tenant_id and us.id = n.id
       where n.tenant_id = l.tenant_id and n.location_id = l.id and n.retired_at is null) u
    cross join lateral (
      select count(*) as open, count(*) filter (where ${overdueSql('k')}) as overdue
        from tasks k
       where k.tenant_id = l.tenant_id and k.location_id = l.id and ${toDoSql('k')}) t
   where ${where}
   order by l.name, l.id`
  return { sql, params: where.params }
}

const openLocations = ({ tenantId }: Actor, locationId: string | null) =>
  new Where('l.tenant_id', tenantId).and('l.id = ?', locationId).and('l.closed_at is null')
