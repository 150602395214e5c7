import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

const Base64Url = (bytes: number, letters: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${letters}}$`), { message: `${bytes} bytes, base64url.` })

/** As browsers give it: `PushSubscription.toJSON()`. */
export const PushTarget = z.strictObject({
  endpoint: z.url().max(1000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: Base64Url(65, 87), auth: Base64Url(16, 22) }),
})
export type PushTarget = z.output<typeof PushTarget>

/** With the public key it was subscribed with: a key that is no longer ours could send it nothing. */
export const NewPushDevice = z.strictObject({ target: PushTarget, publicKey: Base64Url(65, 87) })
export type NewPushDevice = z.output<typeof NewPushDevice>

/** A browser that is told things while the app is closed. */
export const PushDevice = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable(),
    createdAt: Instant,
    lastSentAt: Instant.nullable(),
    /** The one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'PushDevice' })
export type PushDevice = z.output<typeof PushDevice>

export const PushState = z
  .object({
    /** Browsers subscribe with it. Null: push is off on this OpsFlow. */
    publicKey: z.string().nullable(),
    /** The session that asks, as `GET /account/sessions` names it. */
    sessionId: z.string(),
    devices: z.array(PushDevice),
  })
  .meta({ id: 'PushState' })
export type PushState = z.output<typeof PushState>

/** `gone`: the browser had taken its subscription back, and the device was removed. */
export const PushTest = z.object({ outcome: z.enum(['sent', 'gone', 'failed']) }).meta({ id: 'PushTest' })
export type PushTest = z.output<typeof PushTest>
