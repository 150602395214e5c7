import type { Task } from './task.ts'
import { isToDo, statusAt } from './task-status.ts'
import { titleOf } from './task-title.ts'

/** What a list is narrowed to, on the device as on the server: the words of `GET /tasks`. */
export type TaskFilter = {
  status?: 'open' | Task['status'] | undefined
  mine?: 'true' | 'false' | undefined
  watching?: 'true' | 'false' | undefined
  assignedTo?: string | undefined
  role?: string | undefined
  taskType?: Task['taskType'] | undefined
  priority?: Task['priority'] | undefined
  unitId?: string | undefined
  locationId?: string | undefined
  q?: string | undefined
}

/** Whose list it is. A role counts where it is held: a manager elsewhere is no manager here. */
export type Looker = { memberId: string; holds: (role: string, locationId: string) => boolean }

/** The same rules as the server's list, over rows of the local copy. */
export function isListed(task: Task, filter: TaskFilter, me: Looker, now: number): boolean {
  const { status, q } = filter
  if (status === 'open' ? !isToDo(task, now) : status !== undefined && statusAt(task, now) !== status) return false
  if (filter.mine === 'true' && !isMine(task, me)) return false
  if (filter.watching === 'true' && !task.watchers.includes(me.memberId)) return false
  if (filter.assignedTo && task.assignedTo?.id !== filter.assignedTo) return false
  if (filter.role && task.assignedRole?.id !== filter.role) return false
  if (filter.taskType && task.taskType !== filter.taskType) return false
  if (filter.priority && task.priority !== filter.priority) return false
  if (filter.unitId && task.unit?.id !== filter.unitId) return false
  if (filter.locationId && task.locationId !== filter.locationId) return false
  return !q || `${task.title} ${titleOf(task, 'es')} ${task.description}`.toLowerCase().includes(q.toLowerCase())
}

type Assigned = Pick<Task, 'assignedTo' | 'assignedRole' | 'locationId'>

/** By name, or by a role I hold there. */
const isMine = ({ assignedTo, assignedRole, locationId }: Assigned, { memberId, holds }: Looker) =>
  assignedTo?.id === memberId || (assignedRole !== null && holds(assignedRole.id, locationId))

/** Mine, or for whoever is on. */
export const isForMe = (task: Assigned, me: Looker) =>
  isMine(task, me) || (task.assignedTo === null && task.assignedRole === null)

/** What is due first comes first; what has no time comes last, the newest before. What is over: the latest first. */
export function inOrder(tasks: readonly Task[], filter: TaskFilter): Task[] {
  const isOver = filter.status === 'completed' || filter.status === 'cancelled' || filter.status === 'missed'
  const ended = ({ completedAt, changedAt, missedAt, createdAt }: Task) =>
    at(completedAt ?? changedAt ?? missedAt ?? createdAt)
  return [...tasks].sort((a, b) =>
    isOver ? ended(b) - ended(a) : at(a.dueAt) - at(b.dueAt) || at(b.createdAt) - at(a.createdAt),
  )
}

const at = (instant: string | null) => (instant === null ? 8.64e15 : Date.parse(instant))
