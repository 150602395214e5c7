import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { callOut } from '../outgoing/call-out.ts'
import { type Recipient, seal } from './seal.ts'
import { mayReceive, type PushServices } from './services.ts'
import { type VapidKeys, vapidHeader } from './vapid.ts'

export type Urgency = 'very-low' | 'low' | 'normal' | 'high'

export type Delivery = {
  endpoint: string
  recipient: Recipient
  payload: Buffer
  /** How long the service keeps it for a device that is off. */
  ttlSeconds: number
  urgency: Urgency
  /** What waits at the service under the same topic is replaced. */
  topic: string | undefined
}

/**
 * `gone`: the browser took its subscription back, or was emptied; it will not return. `failed`: not now, after tries.
 * `refused`: the service does not take it from us; trying again helps nobody.
 */
export type Delivered = 'sent' | 'gone' | 'failed' | 'refused'

export type PushKeys = { keys: VapidKeys; services: PushServices; subject: string | undefined }

type Answer = { status: number; retryAfter: string | undefined }

const ANSWER_WITHIN_MS = 10_000
/** Between tries; a service that wants to be left alone for longer is left alone, and it is for the caller to come back. */
const WAITS_MS = [1000, 4000]
const LONGEST_WAIT_MS = 15_000

export type DeliverOptions = {
  log: { warn: (details: object, message: string) => void }
  wait?: (ms: number) => Promise<unknown>
}

/** One message to one browser, by way of its maker's push service (RFC 8030). */
export async function deliver(
  { keys, services, subject }: PushKeys,
  { endpoint, recipient, payload, ttlSeconds, urgency, topic }: Delivery,
  { log, wait = pause }: DeliverOptions,
): Promise<Delivered> {
  const { origin, host } = new URL(endpoint)
  if (!mayReceive(services, endpoint)) return 'refused'
  const headers = {
    ttl: String(ttlSeconds),
    urgency,
    ...(topic && { topic: topicOf(topic) }),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
  }
  for (let tries = 0; ; tries++) {
    // Sealed anew each time: a salt is used once.
    const answer = await post(endpoint, services.origins.includes(origin), seal(payload, recipient), {
      ...headers,
      authorization: vapidHeader(keys, origin, subject),
    })
    const outcome = judged(answer)
    const waitMs = waitAfter(answer, tries)
    if (outcome === 'failed' && waitMs !== undefined) {
      await wait(waitMs)
      continue
    }
    // The address itself is a secret: whoever has it can send there.
    if (outcome === 'failed' || outcome === 'refused') log.warn({ host, ...answer }, 'a push message was not taken')
    return outcome
  }
}

/** 32 letters at most, so a digest: and the service learns nothing from it. */
const topicOf = (tag: string) => createHash('sha256').update(tag).digest().subarray(0, 24).toString('base64url')

function judged({ status }: Answer): Delivered {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone'
  return status === 0 || status === 429 || status >= 500 ? 'failed' : 'refused'
}

function waitAfter({ retryAfter }: Answer, tries: number): number | undefined {
  const own = WAITS_MS[tries]
  if (own === undefined) return undefined
  const asked = retryAfter === undefined ? 0 : secondsOf(retryAfter) * 1000
  return asked > LONGEST_WAIT_MS ? undefined : Math.max(asked, own * (0.75 + Math.random() / 2))
}

/** `Retry-After` as seconds or as a date. */
const secondsOf = (text: string) =>
  /^\d+$/.test(text) ? Number(text) : Math.max(0, (Date.parse(text) - Date.now()) / 1000) || 0

/** Reads no answer beyond its head. Status 0: nobody answered. */
async function post(url: string, isOwn: boolean, body: Buffer, headers: Record<string, string>): Promise<Answer> {
  try {
    const call = { url, method: 'POST' as const, headers, body, withinMs: ANSWER_WITHIN_MS, mostBytes: 0 }
    const { status, headers: told } = await callOut(call, { isOwn })
    return { status, retryAfter: told['retry-after'] }
  } catch {
    return { status: 0, retryAfter: undefined }
  }
}
