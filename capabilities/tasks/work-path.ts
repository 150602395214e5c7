import type { Task } from './task.ts'

/** The page on which a task is done: its own, or where its cause is, such as a corrective action or a finding. */
export function workPath({ id, taskType, cause }: Pick<Task, 'id' | 'taskType' | 'cause'>): string {
  if (taskType !== 'corrective') return `/tasks/one?id=${id}`
  return isOfAction({ taskType, cause }) ? `/corrective-actions/one?id=${cause.id}` : `/findings/one?id=${id}`
}

/** The page of what made it necessary, where that has one to be looked at. Null: it has none. */
export function causePathOf({ cause, said, locationId }: Pick<Task, 'cause' | 'said' | 'locationId'>): string | null {
  if (said?.as === 'haccp_review') return `/audits/haccp/plan?id=${said.planId}`
  if (said?.as === 'mailing_paused') return `/inspector?id=${locationId}`
  if (said?.as === 'schedule_set_aside') return `/settings/schedules/one?id=${said.scheduleId}`
  return cause.kind.startsWith('process.') ? `/processes/one?id=${cause.id}` : null
}

/** It is the task of a corrective action, which is listed itself where this task would be. */
export const isOfAction = ({ taskType, cause }: Pick<Task, 'taskType' | 'cause'>): boolean =>
  taskType === 'corrective' && cause.kind.startsWith('temperature.')
