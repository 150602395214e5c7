import { refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Task } from '../task.ts'
import { titleOf } from '../task-title.ts'
import { listTasks, type TaskFilter, type TaskRow, taskOf } from './store.ts'
import { locationNames } from './store-people.ts'

const MOST_IN_FILE = 20_000

export type NamedTask = { task: Task; place: string }

/** Tasks as rows for a spreadsheet; times in UTC. */
export const tasksTable = (rows: readonly NamedTask[], language: string): string[][] => [
  [
    ...['location', 'title', 'type', 'priority', 'status', 'assigned_to', 'due_at', 'missed_at', 'created_at'],
    ...['completed_at', 'completed_by', 'reason', 'reason_by', 'cause', 'task_id'],
  ],
  ...rows.map(({ task, place }) => [
    ...[place, titleOf(task, language), task.taskType, task.priority, task.status],
    task.assignedTo?.name ?? task.assignedRole?.name ?? task.assignedRole?.id ?? '',
    ...[task.dueAt, task.missedAt, task.createdAt, task.completedAt].map((at) => at ?? ''),
    ...[task.completedBy?.name ?? '', task.excuse?.reason ?? '', task.excuse?.by?.name ?? '', task.cause.kind, task.id],
  ]),
]

/** All of them, or none: a file that leaves something out says nothing of it. */
export async function rowsOfFile(tx: ReadTx, asked: TaskFilter): Promise<NamedTask[]> {
  const { sql, params = [] } = listTasks(tx.actor, asked, MOST_IN_FILE)
  const rows = await tx.query<TaskRow>(sql, params)
  if (rows.length > MOST_IN_FILE) tooManyRows()
  const names = new Map((await locationNames(tx)).map((place) => [place.id, place.name]))
  return rows.map(taskOf).map((task) => ({ task, place: names.get(task.locationId) ?? '' }))
}

const tooManyRows = () =>
  refuse('invalid', 'tasks.too_many_rows', {
    detail: 'More than 20,000 rows. Choose fewer days or places.',
    errors: [{ path: 'query.dueUntil', code: 'tasks.too_many_rows', message: 'Choose fewer days or places.' }],
  })
