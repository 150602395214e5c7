import type { z } from 'zod'
import type { Mutator, Row, TimeQuality } from '../../sync.ts'
import type { ReadTx, Tx } from '../tenant.ts'
import type { Proved } from './actors.ts'

/**
 * A kind of row that devices hold. Its table was stamped with `app.feed`, which notes what changed; what a device may
 * see of it, and how it looks, is decided here when it pulls.
 */
export type SyncedEntity = {
  /** As the feed and the replicas name it: `task`. */
  name: string
  /** Who sees it, where. */
  permission: string
  /** The public records of these rows, as HTTP answers them. One that is hidden or gone is simply not answered. */
  read: (tx: ReadTx, ids: readonly string[]) => Promise<SyncedRow[]>
  /** When devices need no longer hold a row; never, if left out. A job asks, as the system. */
  leaves?: {
    /** Days without a change. */
    afterDays: number
    /** Of these rows those that are over. All of them, if left out. */
    over?: (tx: ReadTx, ids: readonly string[]) => Promise<string[]>
  }
}

export type SyncedRow = { id: string; scope: string; row: Row }

/** When something was done, as far as the server can know: what a mutation passes to its command. */
export type Occurrence = {
  /** The mutation's own name: the same one never runs twice. Good as the id of the row it appends. */
  uid: string
  at: string
  receivedAt: string
  quality: TimeQuality
  flags: readonly ('offline' | 'doubtful')[]
  /** How it is known who did it. */
  proved?: Proved
}

/** What became of a mutation that was let run. Nothing returned: it was done as meant. */
export type Ran = {
  outcome: 'applied' | 'superseded'
  /** Why it was not simply done: a code of the capability and its sentence. */
  code?: string
  detail?: string
}

/** A mutator's server half: the same command that HTTP runs, with the time at which it was done. */
export type ServerMutator<Args extends z.ZodType = z.ZodType> = {
  mutator: Pick<Mutator<Args>, 'name' | 'version' | 'args'>
  /** Without it at the place, the mutation is set aside for a manager instead of being run. */
  permission: string
  /** On a shared tablet it takes a signature: the person's PIN once more, for this record. */
  isCritical?: true
  /**
   * The location it concerns, looked up with the system's eyes: it tells work of someone who lost the location from
   * work on something that never was. Null: no such thing.
   */
  place: (tx: ReadTx, args: z.output<Args>) => Promise<string | null>
  /** Arguments of an earlier version, brought up to date. Left out while there is only one. */
  upgrade?: (args: Readonly<Record<string, unknown>>, version: number) => unknown
  /** What must stand before the transaction begins, such as the month of a reading. */
  prepare?: (args: z.output<Args>, occurrence: Occurrence) => Promise<unknown>
  /** Throws a Refusal for what cannot be done; its work is then undone, and the device's person is told. */
  run: (tx: Tx, args: z.output<Args>, occurrence: Occurrence) => Promise<Ran | undefined>
}

export const defineServerMutator = <Args extends z.ZodType>(mutator: ServerMutator<Args>) =>
  mutator as unknown as ServerMutator
