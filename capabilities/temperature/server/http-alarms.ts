import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { Alarm } from '../records.ts'
import type { temperatureRoutes } from '../routes.ts'
import { acknowledgeAlarm } from './acknowledge-alarm.ts'
import { closeDeviation, recheckDeviation, respondToDeviation, verifyDeviation } from './answer-corrective-action.ts'
import { LIST_ALARMS, ONE_ALARM } from './store-alarms.ts'
import { type CorrectiveActionRow, LIST_ACTIONS, ONE_ACTION, recordOf } from './store-corrective-actions.ts'

const IN_WORK = ['opened', 'responded', 'rechecked'] as const

const statesOf = (state: string): readonly string[] | null => {
  if (state === 'all') return null
  if (state === 'open') return IN_WORK
  return state === 'unverified' ? [...IN_WORK, 'closed'] : [state]
}

export const alarmHandlers = {
  'GET /alarms': async ({ query, readOne }) => {
    const after = cursorKeys(query.cursor, isInstant, isUuid)
    const rows = await readOne<Alarm>(LIST_ALARMS, [
      query.state === 'open',
      query.locationId ?? null,
      query.unitId ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ])
    return pageOf(rows, query.limit, ({ raisedAt, id }) => [raisedAt, id])
  },
  'GET /alarms/{id}': async ({ actor, params, readOne }) => {
    const [alarm] = await readOne<Alarm>(ONE_ALARM, [params.id])
    return alarm && can(actor, 'temperature.read', alarm.locationId) ? alarm : notFound()
  },
  'POST /alarms/{id}/acknowledgement': ({ params, body, write }) =>
    write((tx) => acknowledgeAlarm(tx, params.id, body.note)),
  'GET /corrective-actions': async ({ query, readOne }) => {
    const after = cursorKeys(query.cursor, isInstant, isUuid)
    const rows = await readOne<CorrectiveActionRow>(LIST_ACTIONS, [
      statesOf(query.state),
      query.locationId ?? null,
      query.unitId ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ])
    return pageOf(rows.map(recordOf), query.limit, ({ openedAt, id }) => [openedAt, id])
  },
  'GET /corrective-actions/{id}': async ({ actor, params, readOne }) => {
    const [row] = await readOne<CorrectiveActionRow>(ONE_ACTION, [params.id])
    return row && can(actor, 'temperature.read', row.locationId) ? recordOf(row) : notFound()
  },
  'POST /corrective-actions/{id}/response': ({ params, body, write }) =>
    write((tx) => respondToDeviation(tx, params.id, body)),
  'POST /corrective-actions/{id}/recheck': ({ params, body, write }) =>
    write((tx) => recheckDeviation(tx, params.id, body)),
  'POST /corrective-actions/{id}/closure': ({ params, body, write }) =>
    write((tx) => closeDeviation(tx, params.id, body.note)),
  'POST /corrective-actions/{id}/verification': ({ params, body, write }) =>
    write((tx) => verifyDeviation(tx, params.id, body.note)),
} satisfies Partial<Handlers<typeof temperatureRoutes>>
