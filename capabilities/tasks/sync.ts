import { notFound } from '@opsflow/platform/refusal'
import { defineMutator } from '@opsflow/platform/sync'
import { z } from 'zod'
import { TASK } from './sync-entities.ts'
import { mayBecome, type Task, TaskChange, withStatus } from './task.ts'

/** Start, complete, put back or cancel a task. */
const change = defineMutator({
  name: 'tasks.change',
  version: 1,
  args: z.strictObject({ id: z.uuid(), status: TaskChange }),
  async foresee(rows, { id, status }, { by, kiosk, at }) {
    const task = (await rows.get<Task>(TASK, id)) ?? notFound()
    if (task.status === status) return
    mayBecome(task, status)
    rows.put(TASK, id, task.locationId, {
      ...withStatus(task, status, by, at),
      kiosk,
      receivedAt: null,
      timeQuality: null,
    })
  },
})

export const taskMutators = { change }
