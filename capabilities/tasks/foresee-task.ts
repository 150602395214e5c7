import type { Doing, Rows } from '@opsflow/platform/sync'
import { TASK } from './sync-entities.ts'
import type { NewTask, Task } from './task.ts'
import { reopened, withState } from './task-change.ts'
import { isOpen, statusAt } from './task-status.ts'

/** What a device shows of a task that other work opens, until the server has spoken: openTask's other half. */
export async function foreseeTask(rows: Rows, { id, ...task }: NewTask & { id: string }, { by, at }: Doing) {
  if (await rows.get<Task>(TASK, id)) return
  const fresh: Task = {
    ...{
      id,
      locationId: task.locationId,
      title: task.title,
      said: task.said ?? null,
      description: task.description ?? '',
    },
    ...{ taskType: task.taskType, priority: task.priority, cause: task.cause, unit: null },
    ...{ status: 'todo', state: 'todo', assignedTo: null, assignedRole: roleOf(task.assignedRole) },
    ...{ dueAt: task.dueAt ?? null, missedAt: task.missedAt ?? null, estimateMinutes: task.estimateMinutes ?? null },
    ...{ excuse: null, steps: [], commentCount: 0, watchers: [], createdAt: task.createdAt ?? at, createdBy: by },
    ...{ startedAt: null, completedAt: null, completedBy: null, changedAt: null, changedBy: null },
    ...{ receivedAt: null, timeQuality: null, kiosk: null },
  }
  rows.put(TASK, id, fresh.locationId, { ...fresh, status: statusAt(fresh, Date.parse(at)) })
}

/** What it was for is over by itself: what nobody has begun need not be done. withdrawTaskOf's other half. */
export async function foreseeWithdrawal(rows: Rows, id: string, { by, at }: Doing) {
  const task = await rows.get<Task>(TASK, id)
  if (task?.state === 'todo') rows.put(TASK, id, task.locationId, withState(task, 'cancelled', by, at))
}

const roleOf = (role: string | undefined): Task['assignedRole'] =>
  role === undefined ? null : { id: role as NonNullable<Task['assignedRole']>['id'], name: null }

/** What it was for is done, or gone. endTask's other half. */
export async function foreseeTaskEnd(rows: Rows, id: string, state: 'completed' | 'cancelled', { by, at }: Doing) {
  const task = await rows.get<Task>(TASK, id)
  if (task && isOpen(task.state)) rows.put(TASK, id, task.locationId, withState(task, state, by, at))
}

/** openTaskAgain's other half. */
export async function foreseeTaskOpenAgain(rows: Rows, id: string, { by, at }: Doing) {
  const task = await rows.get<Task>(TASK, id)
  if (task && !isOpen(task.state)) rows.put(TASK, id, task.locationId, reopened(task, undefined, by, at))
}

/** tieTask's other half. */
export async function foreseeTiedTask(rows: Rows, id: string, dueAt: string) {
  const task = await rows.get<Task>(TASK, id)
  if (task) rows.put(TASK, id, task.locationId, { ...task, taskType: 'corrective', dueAt })
}
