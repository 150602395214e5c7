import type { Task } from '@opsflow/capabilities/tasks'
import { businessDayOf } from '../../business-day.ts'
import type { ChecklistOutcome, PlannedChecklist } from '../../view-routes.ts'
import type { Mark } from './outcome-mark.tsx'

/** One of a day: null is no record yet, only planned. */
export type Cell = { key: string; mark: Mark; at: string | null; row: ChecklistOutcome | null }
export type WeekRow = {
  key: string
  /** Of a checklist; null: what this row is, its role says. */
  name: string | null
  kind: 'checklist' | 'role' | 'tasks'
  role: string | null
  roleName: string | null
  days: ReadonlyMap<string, readonly Cell[]>
}

type Entry = Omit<WeekRow, 'days'> & { day: string; cell: Cell }

/** What was to be done, and what is planned: a line for each checklist and role, or for each role. */
export function weekRows(
  outcomes: readonly ChecklistOutcome[],
  planned: readonly PlannedChecklist[],
  by: 'checklist' | 'role',
  today: string,
): WeekRow[] {
  const entryOf = (of: ChecklistOutcome | PlannedChecklist, cell: Cell): Entry => ({
    key: by === 'role' ? `role ${of.role}` : `${of.templateId} ${of.role}`,
    name: by === 'role' ? null : of.name,
    kind: by,
    ...{ role: of.role, roleName: of.roleName, day: of.day, cell },
  })
  return grouped([
    ...outcomes.map((row) =>
      entryOf(row, { key: row.id, mark: markOf(row, today), at: row.dueAt ?? row.completedAt, row }),
    ),
    ...planned.map((one) =>
      entryOf(one, { key: `${one.scheduleId} ${one.dueAt}`, mark: 'planned', at: one.dueAt, row: null }),
    ),
  ])
}

const markOf = ({ outcome, day }: ChecklistOutcome, today: string): Mark =>
  outcome === 'open' && day > today ? 'ahead' : outcome

/** The tasks that were due, by the role they are for. */
export function taskRows(
  tasks: readonly Task[],
  place: { timezone: string; dayStartsAt: string },
  today: string,
): WeekRow[] {
  return grouped(
    tasks.flatMap((task): Entry[] => {
      if (task.dueAt === null || task.status === 'cancelled') return []
      const day = businessDayOf(Date.parse(task.dueAt), place)
      const { id: role, name: roleName } = task.assignedRole ?? { id: null, name: null }
      const cell = { key: task.id, mark: taskMark(task, day > today), at: task.dueAt, row: null }
      return [{ key: `tasks ${role}`, name: null, kind: 'tasks', role, roleName, day, cell }]
    }),
  )
}

function taskMark({ status, completedAt, dueAt, excuse }: Task, isAhead: boolean): Mark {
  if (status === 'completed') return completedAt && dueAt && completedAt > dueAt ? 'done_late' : 'on_time'
  if (status === 'missed') return excuse ? 'excused' : 'missed'
  if (status === 'overdue') return 'late'
  return isAhead ? 'ahead' : 'open'
}

/** Lines in the order in which their day begins; the marks of a day by when they are due. */
function grouped(entries: readonly Entry[]): WeekRow[] {
  const rows = new Map<string, WeekRow & { days: Map<string, Cell[]> }>()
  for (const { day, cell, ...head } of entries) {
    const row = rows.get(head.key) ?? { ...head, days: new Map<string, Cell[]>() }
    row.days.set(day, [...(row.days.get(day) ?? []), cell].sort(byTime))
    rows.set(head.key, row)
  }
  return [...rows.values()].sort(
    (one, other) => firstOf(one).localeCompare(firstOf(other)) || (one.name ?? '').localeCompare(other.name ?? ''),
  )
}

const byTime = (one: Cell, other: Cell) => (one.at ?? '~').localeCompare(other.at ?? '~')
/** The earliest time of any day. Rows without a time come last. */
const firstOf = ({ days }: WeekRow) =>
  [...days.values()].flatMap((cells) => cells.map(({ at }) => at?.slice(11) ?? '~')).sort()[0] ?? '~'

/** How many of each mark, in the order of the marks. */
export function countsIn(cells: readonly Cell[]): [Mark, number][] {
  const counts = new Map<Mark, number>()
  for (const { mark } of cells) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  return ORDER.flatMap((mark): [Mark, number][] => (counts.has(mark) ? [[mark, counts.get(mark) ?? 0]] : []))
}

const ORDER: readonly Mark[] = [
  'missed',
  'late',
  'done_late',
  'excused',
  'open',
  'on_time',
  'empty',
  'ahead',
  'planned',
]
