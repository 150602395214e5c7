import type { ReadTx } from '@opsflow/platform/server/tenant'
import { recordOf } from '../action-record.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { ACTION_COLUMNS, ACTION_TABLES, type CorrectiveActionRow } from './store-corrective-actions.ts'

/** A location and its business days, both inclusive. */
export type ReportSpan = { locationId: string; from: string; to: string }

/** What a unit read on a business day. A day without readings is not there. */
export type UnitDay = {
  unitId: string
  unit: string
  day: string
  readings: number
  judged: number
  compliant: number
  /** In thousandths of a degree Celsius. */
  lowest: number
  highest: number
}

export type ReportedExcursion = {
  unitId: string
  unit: string
  side: 'above' | 'below'
  startedAt: string
  endedAt: string | null
  alarmedAt: string | null
  peak: { milli: number; unit: 'F' | 'C' } | null
}

export type TemperatureReport = {
  units: { id: string; name: string; since: string; until: string | null }[]
  days: UnitDay[]
  excursions: ReportedExcursion[]
  deviations: CorrectiveActionRecord[]
}

/** The instants between which the location's business days lie. $1 the location, $2 and $3 the days. */
const SPAN = `
  (select l.tenant_id, l.id, l.timezone, l.day_starts_at,
          ($2::date + l.day_starts_at) at time zone l.timezone as starts,
          ($3::date + 1 + l.day_starts_at) at time zone l.timezone as ends
     from locations l where l.tenant_id = (select app.tenant()) and l.id = $1) span`

/** What the units of a location read in a time, what was out of its limit, and what was done about it. */
export async function reportTemperatures(
  tx: ReadTx,
  { locationId, from, to }: ReportSpan,
  most: number,
): Promise<TemperatureReport> {
  const span = [locationId, from, to]
  const units = await tx.query<TemperatureReport['units'][number]>(
    `select u.id, u.name, to_char(u.created_at at time zone span.timezone, 'YYYY-MM-DD') as since,
            to_char(u.retired_at at time zone span.timezone, 'YYYY-MM-DD') as until
       from ${SPAN} join units u on u.tenant_id = span.tenant_id and u.location_id = span.id
      where u.created_at < span.ends and (u.retired_at is null or u.retired_at >= span.starts) order by u.name, u.id`,
    span,
  )
  const days = await tx.query<UnitDay>(
    `select u.id as "unitId", u.name as unit, to_char(h.hour at time zone span.timezone - span.day_starts_at, 'YYYY-MM-DD') as day,
            sum(h.readings)::int as readings, sum(h.judged)::int as judged, sum(h.compliant)::int as compliant,
            min(h.min_milli_c) as lowest, max(h.max_milli_c) as highest
       from ${SPAN} join temperature_hours h on h.tenant_id = span.tenant_id and h.location_id = span.id
                                          and h.hour >= span.starts and h.hour < span.ends
       join units u on u.tenant_id = h.tenant_id and u.id = h.unit_id
      group by 1, 2, 3 order by 2, 1, 3 limit ${most}`,
    span,
  )
  const excursions = await tx.query<ReportedExcursion>(
    `select u.id as "unitId", u.name as unit, e.side, e.started_at as "startedAt", e.ended_at as "endedAt", e.alarmed_at as "alarmedAt",
            case when e.peak_milli is not null then json_build_object('milli', e.peak_milli, 'unit', e.peak_unit) end as peak
       from ${SPAN} join excursions e on e.tenant_id = span.tenant_id and e.location_id = span.id
                                   and e.started_at >= span.starts and e.started_at < span.ends and e.disproved_at is null
       join units u on u.tenant_id = e.tenant_id and u.id = e.unit_id
      order by e.started_at, e.id limit ${most}`,
    span,
  )
  const deviations = await tx.query<CorrectiveActionRow>(
    `select ${ACTION_COLUMNS}
       from ${ACTION_TABLES} join ${SPAN} on c.tenant_id = span.tenant_id and c.location_id = span.id
                                         and c.opened_at >= span.starts and c.opened_at < span.ends
      order by c.opened_at, c.id limit ${most}`,
    span,
  )
  return { units, days, excursions, deviations: deviations.map(recordOf) }
}
