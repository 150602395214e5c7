import { z } from 'zod'
import { Instant } from './route.ts'

/**
 * The words of the offline engine, shared by server and device. Rows come down by scope and version; what people did
 * goes up as named mutations, in order, each exactly once. See docs/decisions/0007-offline-first.md.
 */

/** A row as it is sent: the public record of its entity, the same that HTTP answers. */
export type Row = Readonly<Record<string, unknown>>

/**
 * When a device says something happened. Nothing of it is believed by itself: the wall clock may be wrong or be set,
 * the monotonic clock begins anew with each session and may stand still while the device sleeps.
 */
export const DeviceTime = z.strictObject({
  /** The device's wall clock. */
  at: Instant,
  /** IANA zone the device is set to, when it knows. */
  zone: z.string().max(60).nullable(),
  offsetMinutes: z.int().min(-900).max(900),
  /** One life of the monotonic clock: from the app's start to its end. */
  session: z.uuid(),
  monotonicMs: z.number().nonnegative(),
  /** The last answer of the server that this session had seen by then. Null: none yet. */
  anchor: z.strictObject({ serverAt: Instant, deviceAt: Instant, monotonicMs: z.number().nonnegative() }).nullable(),
  /** Server time minus the device's wall clock at the last contact ever, in ms. Null: never spoken to the server. */
  offsetMs: z.number().nullable(),
  /** Server time of that last contact: whatever this tells of happened after it. Left out by devices that do not know. */
  heardAt: Instant.nullable().optional(),
})
export type DeviceTime = z.infer<typeof DeviceTime>

/** exact: by the monotonic clock · corrected: by a wall clock known to have kept still · doubtful: flagged for people. */
export const TimeQuality = z.enum(['exact', 'corrected', 'doubtful'])
export type TimeQuality = z.infer<typeof TimeQuality>

/**
 * How whoever did it on a shared tablet had proved themselves, as the tablet says. The server looks it up and keeps
 * what it found. No PIN ever travels with a mutation.
 */
export const SeatProof = z.strictObject({
  /** The seat the server opened for their PIN. Null: their PIN was looked at by the tablet alone. */
  seat: z.uuid().nullable(),
  /** Which PIN it was, by the moment it was set. Null: it is not known. */
  pinSetAt: Instant.nullable(),
  /** A critical record: they proved themselves once more for it, to the server (its receipt) or to the tablet (null). */
  signature: z.strictObject({ receipt: z.uuid().nullable() }).nullable(),
})
export type SeatProof = z.infer<typeof SeatProof>

/** One thing a person did, as it travels. */
export const SentMutation = z.strictObject({
  /** Its place in the device's own order: 1, 2, 3 … without gaps. Order is this number, never a clock. */
  mid: z.int().min(1),
  /** Its name for all time: the same uid is never run twice, whichever device copy sends it. */
  uid: z.uuid(),
  name: z.string().min(1).max(100),
  /** Version of the arguments' shape; the server reads every version that was ever released. */
  version: z.int().min(1),
  args: z.record(z.string(), z.unknown()),
  device: DeviceTime,
  /** On a shared tablet: who did it. Elsewhere it is the person whose session sends. */
  by: z.uuid().nullable(),
  /** On a shared tablet: how they had proved it. */
  proof: SeatProof.nullish(),
})
export type SentMutation = z.infer<typeof SentMutation>

/**
 * applied: done as meant · superseded: kept on record, but someone was first or the state had moved on · refused: not
 * done, and the device's person has to act · quarantined: kept aside for a manager, since whoever did it had lost the
 * right to by the time it arrived.
 */
export const Outcome = z.enum(['applied', 'superseded', 'refused', 'quarantined'])
export type Outcome = z.infer<typeof Outcome>

export const MutationResult = z.object({
  mid: z.int(),
  uid: z.uuid(),
  outcome: Outcome,
  /** Why it was not simply done: a refusal's code, its sentence and its fields. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  occurredAt: Instant,
  timeQuality: TimeQuality,
})
export type MutationResult = z.infer<typeof MutationResult>

/** How far a device has come: for each scope the version up to which it has everything. */
export const Cursor = z.strictObject({
  /** The life of the server's database; another one means that it went back in time. */
  epoch: z.uuid().nullable(),
  /** What the device may see was decided by these rights; other rights mean that everything is sent anew. */
  rights: z.string().max(100).nullable(),
  scopes: z.record(z.uuid(), z.int().min(0)),
  /** Scopes that are being sent for the first time, with the version they had when that began. */
  filling: z.record(z.uuid(), z.int().min(0)).optional(),
})
export type Cursor = z.infer<typeof Cursor>

export const emptyCursor: Cursor = { epoch: null, rights: null, scopes: {} }

export const Change = z.object({
  scope: z.uuid(),
  entity: z.string(),
  id: z.uuid(),
  version: z.int(),
  /** Null: it is gone, or no longer this device's to see. */
  row: z.record(z.string(), z.unknown()).nullable(),
})
export type Change = z.infer<typeof Change>

export const MOST_MUTATIONS = 50
export const MOST_CHANGES = 500

export const PushBody = z.strictObject({
  clientId: z.uuid(),
  /** The device's clocks at the moment of sending: what tells the true time of every mutation of this session. */
  sent: DeviceTime,
  mutations: z.array(SentMutation).min(1).max(MOST_MUTATIONS),
})
export type PushBody = z.infer<typeof PushBody>

export const PushAnswer = z.object({
  lastMid: z.int(),
  serverTime: Instant,
  results: z.array(MutationResult),
})
export type PushAnswer = z.infer<typeof PushAnswer>

/** A place is about 1,400 rows; more of them than this no browser holds with ease. */
export const MOST_PLACES = 30

export const PullBody = z.strictObject({
  clientId: z.uuid(),
  cursor: Cursor,
  /** Whoever sees more places than a device holds: those it wants, what is looked at now first. */
  follow: z.array(z.uuid()).max(MOST_PLACES).optional(),
})
export type PullBody = z.infer<typeof PullBody>

export const PullAnswer = z.object({
  cursor: Cursor,
  /** Everything the device holds is void: the epoch or the rights changed. What it has not sent stays. */
  reset: z.boolean(),
  /** These scopes are void and sent anew: the device was away for longer than the feed remembers. */
  resetScopes: z.array(z.uuid()),
  changes: z.array(Change),
  /** How many places are the caller's; the cursor names those that this copy holds, `MOST_PLACES` of them at most. */
  places: z.int().min(0),
  /** There is more to pull at once. */
  more: z.boolean(),
  /** The last mutation of this client that these rows contain. */
  lastMid: z.int(),
  serverTime: Instant,
  /** Told once, to a client that is new: lets it deliver what it holds when its person’s session is no more. */
  drainKey: z.string().nullable(),
})
export type PullAnswer = z.infer<typeof PullAnswer>

/** What a replica and the server compare of a scope: the SHA-256 (hex) of this text. */
export const verifiedText = (rows: readonly { entity: string; id: string; version: number }[]): string =>
  rows
    .map(({ entity, id, version }) => `${entity} ${id} ${version}`)
    .sort()
    .join('\n')

/** For a replica to compare itself with. Only a scope that is at the same version on both sides can be compared. */
export const VerifyBody = z.strictObject({ clientId: z.uuid(), cursor: Cursor })
export const VerifyAnswer = z.object({
  scopes: z.array(z.object({ scope: z.uuid(), version: z.int(), rows: z.int(), sha256: z.string() })),
  serverTime: Instant,
})
export type VerifyAnswer = z.infer<typeof VerifyAnswer>

/** A client whose session ended, or whose tablet was revoked, hands over what it holds. Nothing of it runs by itself. */
export const DrainBody = PushBody.extend({ drainKey: z.string().min(1).max(200) })

/** Refusals of the protocol itself. `sync.gap`: the message of its field error is the number that is expected. */
export const syncRefusals = ['sync.gap', 'sync.client_forked', 'sync.not_your_client', 'sync.drain_refused'] as const

/** What a mutator sees of a replica: the rows as they stand with everything done so far, and a way to foresee changes. */
export type Rows = {
  get: <R extends Row = Row>(entity: string, id: string) => Promise<R | undefined>
  list: <R extends Row = Row>(entity: string) => Promise<R[]>
  put: (entity: string, id: string, scope: string, row: Row) => void
  remove: (entity: string, id: string) => void
}

/** Who does it, when by this device's best knowledge, and under which uid. The same at every replay. */
export type Doing = {
  by: { id: string; name: string }
  kiosk: { id: string; name: string } | null
  at: string
  uid: string
}

/**
 * A mutation's device half: what the replica shows until the server has spoken. Pure and deterministic: it is replayed
 * over every new state of the rows. Ids and values come in `args`, the time in `doing`. It throws a Refusal for what
 * its rules do not allow; at the first run the person is told, at a replay the mutation simply shows nothing.
 */
export type Mutator<Args extends z.ZodType = z.ZodType> = {
  name: string
  version: number
  args: Args
  /** The scope (location) it writes in, for the server to find the rights it needs. */
  foresee: (rows: Rows, args: z.output<Args>, doing: Doing) => Promise<void>
}

export const defineMutator = <Args extends z.ZodType>(mutator: Mutator<Args>): Mutator<Args> => mutator

/** Takes refused work off a device's list for good: who did so, and why, is told to the server. */
export const discardWork = defineMutator({
  name: 'sync.discard',
  version: 1,
  args: z.strictObject({ uid: z.uuid(), reason: z.string().trim().min(3).max(1000) }),
  async foresee() {
    // It changes no row.
  },
})
