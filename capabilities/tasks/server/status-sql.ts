/** Stored states on which something is still to be done, or was never done. The indexes of open work are for these. */
export const openSql = (t: string) => `${t}.status in ('todo', 'in_progress', 'overdue')`

/** Open, and from a moment on given up by its rule. */
export const missedSql = (t: string, now = 'now()') => `${openSql(t)} and ${t}.missed_at <= ${now}`

/** To be done now: open and not given up. */
export const toDoSql = (t: string, now = 'now()') =>
  `${openSql(t)} and (${t}.missed_at is null or ${t}.missed_at > ${now})`

/** To be done, and past its time. The same rule as `statusAt` in task-status.ts. */
export const overdueSql = (t: string, now = 'now()') => `${toDoSql(t, now)} and ${t}.due_at < ${now}`

/** To be done and past its time, or given up: what a manager may have said a reason for. */
export const isLateSql = (t: string, now = 'now()') => `${openSql(t)} and least(${t}.due_at, ${t}.missed_at) < ${now}`

/** What time makes of the stored state. */
export const statusSql = (t: string, now = 'now()') => `
  case when ${t}.status in ('completed', 'cancelled') then ${t}.status
       when ${t}.missed_at <= ${now} then 'missed'
       when ${t}.due_at < ${now} then 'overdue'
       else ${t}.status end`

/** The condition of a list by the status that people see. */
export function hasStatusSql(
  t: string,
  status: 'open' | 'todo' | 'in_progress' | 'overdue' | 'missed' | 'completed' | 'cancelled',
) {
  switch (status) {
    case 'open':
      return toDoSql(t)
    case 'overdue':
      return overdueSql(t)
    case 'missed':
      return missedSql(t)
    case 'todo':
    case 'in_progress':
      return `${toDoSql(t)} and ${t}.status = '${status}' and (${t}.due_at is null or ${t}.due_at >= now())`
    default:
      return `${t}.status = '${status}'`
  }
}
