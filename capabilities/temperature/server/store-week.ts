import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import { Where } from '@opsflow/platform/server/where'
import { DAY_STARTS } from './store-watched-units.ts'

/** Today and the seven business days before it. */
const DAYS_BEFORE = 7

/** The business day an instant belongs to, as the location counts its days. */
const dayOf = (instant: string) => `((${instant} at time zone l.timezone) - l.day_starts_at)::date`

const sameBusinessDay = (instant: string) => `${instant} >= day.starts`

/**
 * What each business day of each open location came to: from the hours that the write keeps, and from what was raised,
 * opened and done. Never from the readings themselves. A day on which nothing happened is not there.
 */
export function daysOfLocations(actor: Actor, locationId: string | null): Statement {
  const where = openLocations(actor, locationId)
  const sql = `
  with here as materialized (
    select l.tenant_id, l.id, l.timezone, l.day_starts_at, ${DAY_STARTS} - make_interval(days => ${DAYS_BEFORE}) as since
      from locations l where ${where}),
  happened as (
    select l.id, ${dayOf('h.hour')} as day, h.judged, h.compliant, 0 as alarms, 0 as actions, 0 as tasks
      from here l join temperature_hours h on h.tenant_id = l.tenant_id and h.location_id = l.id and h.hour >= l.since
    union all
    select l.id, ${dayOf('a.raised_at')}, 0, 0, 1, 0, 0
      from here l join alarms a on a.tenant_id = l.tenant_id and a.location_id = l.id and a.raised_at >= l.since
    union all
    select l.id, ${dayOf('c.opened_at')}, 0, 0, 0, 1, 0
      from here l join corrective_actions c on c.tenant_id = l.tenant_id and c.location_id = l.id and c.opened_at >= l.since
    union all
    select l.id, ${dayOf('k.completed_at')}, 0, 0, 0, 0, 1
      from here l join tasks k on k.tenant_id = l.tenant_id and k.location_id = l.id and k.completed_at >= l.since)
  select id as "locationId", day::text, sum(judged)::int as judged, sum(compliant)::int as compliant,
         sum(alarms)::int as alarms, sum(actions)::int as "correctiveActions", sum(tasks)::int as "tasksDone"
    from happened group by id, day order by day, id`
  return { sql, params: where.params }
}

/**
 * Who left a trace in this business day, and how many: temperatures by hand, steps of corrective actions, tasks done.
 * Hours of readings by hand are kept under the unit's own id, so only those units' logs are looked into.
 */
export function peopleAtWork(actor: Actor, locationId: string | null): Statement {
  const where = openLocations(actor, locationId)
  const sql = `
  with here as materialized (
    select l.tenant_id, l.id, day.starts from locations l cross join lateral (select ${DAY_STARTS} as starts) day
     where ${where}),
  traces as (
    select day.id as location_id, g.recorded_by as member_id, g.measured_at as at
      from here day
      join temperature_hours h on h.tenant_id = day.tenant_id and h.location_id = day.id and h.id = h.unit_id
                              and h.hour >= date_trunc('hour', day.starts)
      join temperature_logs g on g.tenant_id = h.tenant_id and g.unit_id = h.unit_id and g.measured_at >= h.hour
                             and g.measured_at < h.hour + interval '1 hour' and g.recorded_by is not null
     where ${sameBusinessDay('g.measured_at')}
    union all
    select day.id, s.recorded_by, s.recorded_at
      from here day join corrective_actions c on c.tenant_id = day.tenant_id and c.location_id = day.id
                                             and c.opened_at >= day.starts - interval '7 days'
      join corrective_action_steps s on s.tenant_id = c.tenant_id and s.corrective_action_id = c.id
                                    and s.recorded_by is not null
     where ${sameBusinessDay('s.recorded_at')}
    union all
    select day.id, k.completed_by, k.completed_at
      from here day join tasks k on k.tenant_id = day.tenant_id and k.location_id = day.id and k.completed_by is not null
     where ${sameBusinessDay('k.completed_at')})
  select m.id, m.name, t.location_id as "locationId", max(t.at) as "lastAt", count(*)::int as records
    from traces t join members m on m.id = t.member_id
   group by m.id, m.name, t.location_id order by max(t.at) desc limit 100`
  return { sql, params: where.params }
}

const openLocations = ({ tenantId }: Actor, locationId: string | null) =>
  new Where('l.tenant_id', tenantId).and('l.id = ?', locationId).and('l.closed_at is null')
