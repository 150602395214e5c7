import { createHash } from 'node:crypto'
import { refuse } from '@opsflow/platform/refusal'
import { type DeliverOptions, deliver, type PushKeys, type Urgency } from '@opsflow/platform/server/push/deliver'
import { isRecipient } from '@opsflow/platform/server/push/seal'
import { mayReceive } from '@opsflow/platform/server/push/services'
import type pg from 'pg'
import type { NewPushDevice } from '../../push.ts'
import type { StoredTarget } from './store-own-push.ts'
import { pushStoreIn, type Subscribed } from './store-push.ts'

/** What someone reads on a locked screen: in their language, and nothing in it that others must not see. */
export type PushMessage = {
  title: string
  body?: string
  /** A page of the organization, such as `/tasks/01890a5d-…`. */
  url: string
  /** Names the matter: what is told about it later takes the place of what was told before. */
  tag?: string
  /** `high` wakes a sleeping phone, and sounds again where it replaces. */
  urgency?: Urgency
  /** For how long it is worth telling a device that is off now. */
  ttlSeconds?: number
}

/** How many of the person's devices it went to. All zero: they have none that stands. */
export type PushOutcome = { sent: number; gone: number; failed: number }

export type Push = {
  /** Null where push is off. */
  publicKey: string | null
  /**
   * Tells someone something on every device they asked to be told on, as long as they are signed in there and active
   * here. After the transaction that it is about: it goes over the network, tries up to three times within seconds, and
   * never throws for what a push service does. What `failed` may be sent again later; `gone` devices are removed.
   */
  sendPush: (to: { tenantId: string; memberId: string }, message: PushMessage) => Promise<PushOutcome>
  sendTest: (to: { tenantId: string; memberId: string; deviceId: string }, message: PushMessage) => Promise<PushOutcome>
  /** Refuses an address that we would not call, or keys that nothing can be sealed for. */
  readTarget: (device: NewPushDevice) => StoredTarget
  renew: (sessionId: string, oldEndpoint: string, target: StoredTarget) => Promise<void>
  releaseEndpoint: (endpointHash: Buffer, sessionId: string) => Promise<void>
  sweep: () => Promise<void>
}

export type PushParts = PushKeys & DeliverOptions & { pool: pg.Pool }

const DAY_SECONDS = 86_400
const LONGEST_TITLE = 120
const LONGEST_BODY = 300

export function openPush({ pool, keys, services, subject, log, wait }: PushParts): Push {
  const store = pushStoreIn(pool)
  const isOn = services.hosts.length + services.origins.length > 0

  const tell = async (device: Subscribed, message: PushMessage) => {
    const outcome = await deliver(
      { keys, services, subject },
      {
        endpoint: device.endpoint,
        recipient: device,
        payload: payloadOf(message, device.organization),
        ttlSeconds: message.ttlSeconds ?? DAY_SECONDS,
        urgency: message.urgency ?? 'normal',
        topic: message.tag && `${device.organization} ${message.tag}`,
      },
      { log, ...(wait && { wait }) },
    )
    if (outcome === 'sent') await store.noteSent(device)
    if (outcome === 'gone') await store.remove(device)
    return outcome === 'refused' ? 'failed' : outcome
  }

  const send = async (tenantId: string, memberId: string, deviceId: string | null, message: PushMessage) => {
    const counted: PushOutcome = { sent: 0, gone: 0, failed: 0 }
    if (!isOn) return counted
    const devices = await store.devicesOf(tenantId, memberId, keys.publicKey, deviceId)
    for (const outcome of await Promise.all(devices.map((device) => tell(device, message)))) counted[outcome]++
    return counted
  }

  return {
    publicKey: isOn ? keys.publicKey : null,
    sendPush: ({ tenantId, memberId }, message) => send(tenantId, memberId, null, message),
    sendTest: ({ tenantId, memberId, deviceId }, message) => send(tenantId, memberId, deviceId, message),
    readTarget({ target, publicKey }) {
      if (!isOn) refuse('conflict', 'people.push_off', { detail: 'Push messages are off on this OpsFlow.' })
      if (publicKey !== keys.publicKey) {
        refuseField('people.push_key', 'body.publicKey', 'Subscribe with the key of GET /push.')
      }
      if (!mayReceive(services, target.endpoint)) {
        refuseField('people.push_endpoint', 'body.target.endpoint', 'Not an address of a push service known here.')
      }
      const p256dh = Buffer.from(target.keys.p256dh, 'base64url')
      const authSecret = Buffer.from(target.keys.auth, 'base64url')
      if (!isRecipient({ p256dh, authSecret })) {
        refuseField('people.push_endpoint', 'body.target.keys', 'Nothing can be sealed for these keys.')
      }
      const { endpoint } = target
      return { endpoint, endpointHash: hashOf(endpoint), p256dh, authSecret, vapidKey: publicKey }
    },
    renew: async (sessionId, oldEndpoint, target) => void (await store.renew(sessionId, hashOf(oldEndpoint), target)),
    releaseEndpoint: async (hash, sessionId) => void (await store.releaseEndpoint(hash, sessionId)),
    sweep: async () => void (await store.sweep()),
  }
}

/** What the service worker reads (apps/web/worker). */
function payloadOf({ title, body, url, tag, urgency }: PushMessage, organization: string): Buffer {
  const message = {
    title: cut(title, LONGEST_TITLE),
    body: body && cut(body, LONGEST_BODY),
    tag: tag && `${organization} ${tag}`.slice(0, 200),
    path: `/o/${organization}${url}`.slice(0, 500),
    again: urgency === 'high' || undefined,
  }
  return Buffer.from(JSON.stringify(message))
}

function cut(text: string, most: number) {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest()

const refuseField = (code: string, path: string, message: string) =>
  refuse('invalid', code, { detail: message, errors: [{ path, code, message }] })
