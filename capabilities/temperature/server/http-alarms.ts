import { type Actor, can } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import { recordOf } from '../action-record.ts'
import type { Alarm } from '../records.ts'
import type { temperatureRoutes } from '../routes.ts'
import { acknowledgeAlarm } from './acknowledge-alarm.ts'
import { closeDeviation, recheckDeviation, respondToDeviation, verifyDeviation } from './answer-corrective-action.ts'
import { listAlarms, ONE_ALARM } from './store-alarms.ts'
import { type CorrectiveActionRow, listActions, ONE_ACTION } from './store-corrective-actions.ts'

/** On a shared tablet the signature that was demanded is the PIN. */
const signedBy = (actor: Actor) => (actor.kioskId === undefined ? null : 'pin')

export const alarmHandlers = (signatures: Signatures) =>
  ({
    'GET /alarms': async ({ actor, query, readOne }) => {
      const { locationId, unitId, limit } = query
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const open = query.state === 'open'
      const rows = await readOne<Alarm>(listAlarms(actor, { open, locationId, unitId, after }, limit))
      return pageOf(rows, query.limit, ({ raisedAt, id }) => [raisedAt, id])
    },
    'GET /alarms/{id}': async ({ actor, params, readOne }) => {
      const [alarm] = await readOne<Alarm>(ONE_ALARM, [params.id])
      return alarm && can(actor, 'temperature.read', alarm.locationId) ? alarm : notFound()
    },
    'POST /alarms/{id}/acknowledgement': ({ params, body, write }) =>
      write((tx) => acknowledgeAlarm(tx, params.id, body.note)),
    'GET /corrective-actions': async ({ actor, query, readOne }) => {
      const { state, locationId, unitId, limit } = query
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const rows = await readOne<CorrectiveActionRow>(listActions(actor, { state, locationId, unitId, after }, limit))
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
    'POST /corrective-actions/{id}/closure': async ({ actor, params, body, write }) => {
      await signatures.demand(actor, body.signature)
      return write((tx) => closeDeviation(tx, params.id, body.note, justNow(), signedBy(actor)))
    },
    'POST /corrective-actions/{id}/verification': async ({ actor, params, body, write }) => {
      await signatures.demand(actor, body.signature)
      return write((tx) => verifyDeviation(tx, params.id, body.note, justNow(), signedBy(actor)))
    },
  }) satisfies Partial<Handlers<typeof temperatureRoutes>>
