import type { Task } from './task.ts'

/** The page on which a task is done: its own, or where its cause is, such as a corrective action or a finding. */
export function workPath({ id, taskType, cause }: Pick<Task, 'id' | 'taskType' | 'cause'>): string {
  if (taskType !== 'corrective') return `/tasks/one?id=${id}`
  return cause.kind.startsWith('temperature.') ? `/corrective-actions/one?id=${cause.id}` : `/findings/one?id=${id}`
}
