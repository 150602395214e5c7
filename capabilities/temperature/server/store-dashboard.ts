/** How many facts each location has seen; one without any is at 0. */
export const SCOPE_VERSIONS = `
  select l.id, coalesce(s.version, 0) as version
    from locations l left join scopes s on s.tenant_id = l.tenant_id and s.id = l.id
   where l.tenant_id = (select app.tenant()) and ($1::uuid is null or l.id = $1) and l.closed_at is null`

/**
 * Each open location with its counters. Everything counted is small: states of units, what is open, and the hours of
 * this business day; never the readings themselves.
 */
export const LOCATION_COUNTS = `
  select l.id, l.name, l.kind, l.timezone, l.temperature_unit as "temperatureUnit",
         jsonb_build_object(
           'units', u.units, 'ok', u.ok, 'drifting', u.drifting, 'alarm', u.alarm, 'fault', u.fault, 'silent', u.silent,
           'noData', u.no_data,
           'openAlarms', (select count(*) from alarms a
                           where a.tenant_id = l.tenant_id and a.location_id = l.id and a.closed_at is null),
           'openCorrectiveActions', (select count(*) from corrective_actions c
                                      where c.tenant_id = l.tenant_id and c.location_id = l.id and c.state <> 'verified'
                                        and c.closed_at is null),
           'tasksOpen', t.open, 'tasksOverdue', t.overdue,
           'readingsToday', h.readings, 'compliantToday', h.compliant, 'judgedToday', h.judged) as counts
    from locations l
    cross join lateral (
      select ((date_trunc('day', (now() at time zone l.timezone) - l.day_starts_at) + l.day_starts_at)
              at time zone l.timezone) as starts) as day
    cross join lateral (
      select count(*) as units, count(*) filter (where us.status = 'ok') as ok,
             count(*) filter (where us.status = 'drifting') as drifting, count(*) filter (where us.status = 'alarm') as alarm,
             count(*) filter (where us.status = 'fault') as fault, count(*) filter (where us.status = 'silent') as silent,
             count(*) filter (where us.status = 'no_data') as no_data
        from units n join unit_states us on us.tenant_id = n.tenant_id and us.id = n.id
       where n.tenant_id = l.tenant_id and n.location_id = l.id and n.retired_at is null) u
    cross join lateral (
      select count(*) as open, count(*) filter (where k.due_at < now() or k.status = 'overdue') as overdue
        from tasks k
       where k.tenant_id = l.tenant_id and k.location_id = l.id and k.status in ('todo', 'in_progress', 'overdue')) t
    cross join lateral (
      select coalesce(sum(readings), 0) as readings, coalesce(sum(compliant), 0) as compliant,
             coalesce(sum(judged), 0) as judged
        from temperature_hours r
       where r.tenant_id = l.tenant_id and r.location_id = l.id and r.hour >= day.starts) h
   where l.tenant_id = (select app.tenant()) and ($1::uuid is null or l.id = $1) and l.closed_at is null
   order by l.name, l.id`
