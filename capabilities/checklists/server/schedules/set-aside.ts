import { titleOfSaid } from '@opsflow/capabilities/tasks'
import { endTaskOf, openTask, openTaskAgain } from '@opsflow/capabilities/tasks/server'
import { justNow } from '@opsflow/platform/moment'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { pauseSchedule } from './store-making.ts'

const HOUR = 3_600_000
const causeOf = (id: string) => ({ kind: 'checklists.schedule', id })

/**
 * Our rules cannot work out when or where a schedule is due. It alone is paused, what it made before stays, and a manager of
 * the place has a task for it; the rest of the place goes on. Resumed as it is, it is set aside again.
 */
export async function setAside(tx: Tx, id: string, locationId: string, because: unknown) {
  const name = await pauseSchedule(tx, id)
  const said = { as: 'schedule_set_aside', scheduleId: id, schedule: name } as const
  const taskId = await openTask(tx, {
    ...{ locationId, title: titleOfSaid(said), said, taskType: 'other', priority: 'high' },
    ...{ cause: causeOf(id), assignedRole: 'org:manager', dueAt: new Date(Date.now() + 12 * HOUR).toISOString() },
  })
  await openTaskAgain(tx, taskId, justNow())
  await recordEvent(tx, {
    name: 'checklists.schedule_set_aside',
    subjectId: id,
    after: { because: String(because).slice(0, 300) },
  })
}

/** Someone has seen to it. */
export const endSetAside = (tx: Tx, id: string) => endTaskOf(tx, causeOf(id), 'completed')
