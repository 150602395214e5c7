import type { z } from 'zod'
import type { MutationResult, Mutator, Row, SeatProof, SentMutation } from '../../sync.ts'

/** What the person sees of the state of things, on every screen. */
export type SyncStatus = {
  connection: 'connecting' | 'live' | 'offline'
  /** The local copy is whole: it was pulled to its end at least once; and what is looked at is among what it holds. */
  isReady: boolean
  /** When the server was last heard (ms since epoch). Rows are as of then. */
  heardAt: number | undefined
  unsent: number
  /** Device time of the oldest mutation not yet acknowledged. */
  oldestUnsentAt: string | undefined
  needsAttention: number
  /**
   * signed_out: sending waits for a sign-in · revoked: delivered, then wiped · full: the device has no room, nothing
   * more can be recorded · lost: the browser had cleared what was here · outdated: this app is older than the server.
   */
  trouble: 'signed_out' | 'revoked' | 'full' | 'lost' | 'outdated' | undefined
  /** How many were not sent when the browser cleared them. */
  lost: number
  /** There are more places than a device holds: how many are held. Undefined: all of them. */
  part: { held: number; of: number } | undefined
}

/** Work the server did not do. Kept until someone mends it, exports it or discards it with a reason. */
export type Attention = { mutation: SentMutation; result: MutationResult; recordedAt: string }

/** Work that waits to be sent, oldest first. */
export type Unsent = { mutation: SentMutation; recordedAt: string; by: { id: string; name: string } }

export type Recorded = { mid: number; uid: string }

/** On a shared tablet: whoever is at it, and how they proved it. */
export type Seated = { id: string; name: string; proof?: SeatProof }

/** The local copy of what this device may see, and the way to change it. One per person and organization, or per tablet. */
export type Replica = {
  readonly status: SyncStatus
  /** Any row of these entities changed, or the status did. Returns what ends the watching. */
  watch: (watcher: () => void, entities?: readonly string[]) => () => void
  row: <R extends Row>(entity: string, id: string) => R | undefined
  /** The same array until one of its rows changes, so that a screen may compare by identity. */
  rows: <R extends Row>(entity: string) => readonly R[]
  /** Ids of the rows of an entity that carry something not yet acknowledged. */
  unsentIds: (entity: string) => ReadonlySet<string>
  /**
   * Durable when it resolves. Throws a Refusal when its rules forbid it here and now, and `DeviceFull` when the device
   * cannot keep it; then nothing was recorded, and the screen keeps what was typed.
   */
  mutate: <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by?: Seated) => Promise<Recorded>
  /** The time, as well as this device can know it: what is counted down to runs by it, however wrong the wall clock is. */
  now: () => number
  /** What waits to be sent, in the order it was done: for the list behind the count. */
  unsentWork: () => Promise<readonly Unsent[]>
  attention: () => Promise<readonly Attention[]>
  /**
   * Does it again with other arguments, as a new mutation, at the time it was done; the old one leaves the list.
   * `asNow`: at this time instead, by whoever is at it, for what confirms the state of things as it stands now.
   */
  mend: (uid: string, args: Row, asNow?: { by: Seated | undefined }) => Promise<Recorded>
  /** Takes it off the list. Who gave up what, and why, goes to the server as work of its own. */
  discard: (uid: string, reason: string, by?: Seated) => Promise<void>
  /** Someone has seen how much was lost. */
  forgetLost: () => Promise<void>
  /** Everything unsent and everything that needs attention, as a file's text. */
  exportUnsent: () => Promise<string>
  /**
   * What a screen keeps on this device beside the rows: what was typed and not sent, or a list for when there is no
   * network. It survives reloads and updates, is never sent by itself, and goes with the copy. `kind/id`.
   */
  memo: <Value>(name: string) => Promise<Value | undefined>
  /** Of a kind, by name. */
  memos: <Value>(kind: string) => Promise<readonly (readonly [name: string, value: Value])[]>
  /** Durable when it resolves; undefined takes it away. Throws where there is no room, or no copy any more. */
  keepMemo: (name: string, value: unknown) => Promise<void>
  /** Sends and fetches now. Resolves when nothing more can be done for the moment. */
  sync: () => Promise<void>
  /** The place the screens are about; undefined: all. It is fetched where not all places are held. */
  lookAt: (place: string | undefined) => void
  /** A socket said that a scope has come to this version. */
  poked: (scope: string, version: number) => void
  /**
   * The session or the tablet is gone for good: hands over everything unsent by the drain key. Answers how many were
   * delivered. Throws `Unreachable` when the server is not there and `NoKey` when it will not take them, or could not
   * read some of it; nothing is lost.
   */
  drain: () => Promise<number>
  /** What else of this device may be delivered with. Undefined: it was never given a key. */
  handOverKey: () => { clientId: string; drainKey: string } | undefined
  /** Forgets everything here, also what was not sent. */
  wipe: () => Promise<void>
  /** Ends this tab's part; what is stored stays. */
  close: () => Promise<void>
}
