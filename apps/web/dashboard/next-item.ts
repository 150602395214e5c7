import type { Task } from '@opsflow/capabilities/tasks'
import { isForMe, isOfAction } from '@opsflow/capabilities/tasks/client'
import type { Alarm, CorrectiveActionRecord } from '@opsflow/capabilities/temperature'

export type NextItem =
  | { kind: 'alarm'; alarm: Alarm }
  | { kind: 'action'; action: CorrectiveActionRecord }
  | { kind: 'task'; task: Task }

type Work = {
  alarms: readonly Alarm[]
  correctiveActions: readonly CorrectiveActionRecord[]
  tasks: readonly Task[]
}

/**
 * The one thing to do now: an alarm nobody has seen, then the corrective action due first, then my task or anybody's
 * that is due first. The task of a corrective action is that action; a closed action waits for someone else.
 */
export function nextItem(work: Work, me: Parameters<typeof isForMe>[1]): NextItem | undefined {
  const alarm = first(work.alarms.filter(isUnseen), ({ raisedAt }) => raisedAt)
  if (alarm) return { kind: 'alarm', alarm }
  const action = first(
    work.correctiveActions.filter(({ state }) => state !== 'closed' && state !== 'verified'),
    ({ dueAt }) => dueAt,
  )
  if (action) return { kind: 'action', action }
  const task = first(
    work.tasks.filter((one) => !isOfAction(one) && isForMe(one, me)),
    ({ dueAt }) => dueAt,
  )
  return task && { kind: 'task', task }
}

const isUnseen = ({ acknowledgedAt, clearedAt, closedAt }: Alarm) => !acknowledgedAt && !clearedAt && !closedAt

/** The earliest; what has no time comes last. */
function first<Row>(rows: readonly Row[], timeOf: (row: Row) => string | null): Row | undefined {
  const at = (row: Row) => {
    const time = timeOf(row)
    return time === null ? Number.POSITIVE_INFINITY : Date.parse(time)
  }
  return rows.reduce<Row | undefined>((best, row) => (best === undefined || at(row) < at(best) ? row : best), undefined)
}
