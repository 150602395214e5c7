/** The same rule as `outcomeAt` in outcome.ts; `x` is the excuse that stands. Withdrawn ones are not asked for. */
export const outcomeSql = `
  case when c.status = 'completed' then case when c.completed_at > c.late_at then 'done_late' else 'on_time' end
       when c.status = 'empty' then 'empty'
       when c.status = 'missed' or c.missed_at < now() then case when x.id is null then 'missed' else 'excused' end
       when c.late_at < now() then 'late'
       else 'open' end`

export const EXCUSES = `
  left join checklist_excuses x on x.tenant_id = c.tenant_id and x.location_id = c.location_id and x.checklist_id = c.id
                               and x.taken_back_at is null`
