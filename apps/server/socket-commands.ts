import { TaskChange } from '@opsflow/capabilities/tasks'
import { changeTask } from '@opsflow/capabilities/tasks/server'
import { NewTemperatureLog } from '@opsflow/capabilities/temperature'
import { type Months, recordByHand } from '@opsflow/capabilities/temperature/server'
import { defineSocketCommand, type SocketCommand } from '@opsflow/platform/server/realtime/gateway'
import { z } from 'zod'

/** What clients may do over the socket: the commands of HTTP, with the same checks and the same answers. */
export const socketCommands = (months: Months): SocketCommand[] => [
  defineSocketCommand({
    name: 'temperature-reading',
    permission: 'temperature.record',
    input: NewTemperatureLog,
    prepare: ({ measuredAt }) => months.ensure([measuredAt ? Date.parse(measuredAt) : Date.now()]),
    run: (tx, _actor, reading) => recordByHand(tx, reading),
  }),
  defineSocketCommand({
    name: 'task-update',
    permission: 'tasks.update',
    input: z.strictObject({ id: z.uuid(), status: TaskChange }),
    run: (tx, _actor, { id, status }) => changeTask(tx, id, status),
  }),
]
