import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Route } from '@opsflow/platform/route'
import { type Call, implement } from '@opsflow/platform/server/http/implement'
import type { PushTest } from '../../push.ts'
import { pushRoutes } from '../../push-routes.ts'
import type { Identity } from '../identity.ts'
import type { Push, PushMessage, PushOutcome } from './open-push.ts'
import { type DeviceRow, deleteDevice, noteTest, PUSH_DEVICES, upsertDevice } from './store-own-push.ts'

type Http = Call<Route>['http']

/** One's own devices. */
export function pushApi({ push, identity }: { push: Push; identity: Pick<Identity, 'sessionOf'> }) {
  const sessionOf = async ({ headers }: Http) =>
    (await identity.sessionOf(headers)) ?? refuse('unauthenticated', 'unauthenticated', { detail: 'Sign in first.' })

  return implement(pushRoutes, {
    'GET /push': async ({ actor, readOne, http }) => {
      if (actor.kioskId) return { publicKey: null, sessionId: '', devices: [] }
      const { sessionId } = await sessionOf(http)
      const devices = await readOne<DeviceRow>(PUSH_DEVICES, [actor.tenantId, actor.id])
      return { publicKey: push.publicKey, sessionId, devices: devices.map((device) => viewOf(device, sessionId)) }
    },
    'POST /push/devices': async ({ actor, body, write, http }) => {
      if (actor.kioskId) refuseShared()
      const { sessionId } = await sessionOf(http)
      const target = push.readTarget(body)
      const device = { sessionId, userAgent: http.headers['user-agent'], target }
      const kept = await write(async (tx) => viewOf(await upsertDevice(tx, actor, device), sessionId))
      await push.releaseEndpoint(target.endpointHash, sessionId)
      return kept
    },
    'DELETE /push/devices/{id}': ({ actor, params: { id }, write }) =>
      write(async (tx) => {
        if (!(await deleteDevice(tx, actor, id))) notFound()
      }),
    'POST /push/devices/{id}/tests': async ({ actor, params: { id }, body, database }) => {
      if (push.publicKey === null) refuse('conflict', 'people.push_off', { detail: 'Push messages are off here.' })
      const isDue = (await database.write(actor, (tx) => noteTest(tx, actor, id))) ?? notFound()
      if (!isDue) refuseSoon()
      const to = { tenantId: actor.tenantId, memberId: actor.id, deviceId: id }
      return { outcome: outcomeOf(await push.sendTest(to, testIn[body.language])) }
    },
    'POST /push/renewals': async ({ body, http }) => {
      const { sessionId } = await sessionOf(http)
      await push.renew(sessionId, body.endpoint, push.readTarget(body.device))
    },
  })
}

const viewOf = ({ id, sessionId, userAgent, createdAt, lastSentAt }: DeviceRow, own: string) => ({
  id,
  userAgent,
  createdAt,
  lastSentAt,
  current: sessionId === own,
})

/** Nothing went anywhere: what stood a moment ago is gone. */
const outcomeOf = ({ sent, failed }: PushOutcome): PushTest['outcome'] =>
  sent > 0 ? 'sent' : failed > 0 ? 'failed' : 'gone'

const testIn: Record<'en' | 'es', PushMessage> = {
  en: {
    title: 'Messages arrive on this device',
    body: 'This is the test you asked for.',
    url: '/settings/preferences',
    tag: 'test',
    urgency: 'high',
    ttlSeconds: 60,
  },
  es: {
    title: 'Los mensajes llegan a este dispositivo',
    body: 'Esta es la prueba que pidió.',
    url: '/settings/preferences',
    tag: 'test',
    urgency: 'high',
    ttlSeconds: 60,
  },
}

const refuseShared = () =>
  refuse('forbidden', 'people.push_shared', {
    detail: 'A shared tablet is nobody’s own. Turn messages on where you sign in yourself.',
  })

const refuseSoon = () =>
  refuse('too_many', 'people.push_test_soon', { detail: 'One was sent just now.', retryAfterSeconds: 10 })
