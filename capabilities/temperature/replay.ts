import type { PolicyAt } from './alarm-policy.ts'
import {
  assess,
  type Change,
  type Excursion,
  type Instant,
  type SensorReading,
  unwatched,
  type WatchState,
} from './assess.ts'

export type Replay = {
  state: WatchState
  /** Ended ones first to last; the open one, if any, is last with `endedAt` null. */
  excursions: Excursion[]
  changes: Change[]
}

/**
 * History assessed again from readings in order of time, as if nothing had come late. Of several readings at one
 * instant the first counts. `seed` is the state before the first reading; without it history starts here.
 */
export function replay(policyAt: PolicyAt, readings: Iterable<SensorReading>, seed: WatchState = unwatched()): Replay {
  let state = seed
  const changes: Change[] = []
  for (const reading of readings) {
    const assessed = assess(policyAt, state, reading)
    state = assessed.state
    if (assessed.changes.length > 0) changes.push(...assessed.changes)
  }
  const ended = changes.flatMap((change) => (change.kind === 'recovered' ? [change.excursion] : []))
  return { state, changes, excursions: state.excursion ? [...ended, state.excursion] : ended }
}

/** An excursion as stored. */
export type StoredExcursion = Pick<Excursion, 'startedAt' | 'side' | 'alarmedAt' | 'endedAt'> & { id: string }

export type Reconciliation = {
  /** Found only by the late data. */
  add: Excursion[]
  /** Known, but longer, shorter, or an alarm that nobody was told of at the time. */
  amend: { id: string; excursion: Excursion; isAlarmFoundLate: boolean }[]
  /** Stored, yet absent from the replay: noted on the record, never deleted. People acted on them. */
  unsupported: string[]
}

/**
 * What late data changes about what is stored. An excursion is the same one when it is on the same side and overlaps
 * in time; when late readings split or join excursions, the earliest overlap keeps the identity.
 */
export function reconcile(stored: readonly StoredExcursion[], replayed: readonly Excursion[]): Reconciliation {
  const unmatched = new Map(stored.map((excursion) => [excursion.id, excursion]))
  const result: Reconciliation = { add: [], amend: [], unsupported: [] }
  for (const excursion of replayed) {
    const known = [...unmatched.values()].find((candidate) => overlaps(candidate, excursion))
    if (known === undefined) {
      result.add.push(excursion)
      continue
    }
    unmatched.delete(known.id)
    if (!isSame(known, excursion)) {
      const isAlarmFoundLate = known.alarmedAt === null && excursion.alarmedAt !== null
      result.amend.push({ id: known.id, excursion, isAlarmFoundLate })
    }
  }
  result.unsupported = [...unmatched.keys()]
  return result
}

type Period = Pick<Excursion, 'startedAt' | 'endedAt' | 'side'>

const overlaps = (a: Period, b: Period) => a.side === b.side && a.startedAt <= endOf(b) && b.startedAt <= endOf(a)

const endOf = ({ endedAt }: Period): Instant => endedAt ?? Number.POSITIVE_INFINITY

const isSame = (a: StoredExcursion, b: Excursion) =>
  a.startedAt === b.startedAt && a.endedAt === b.endedAt && a.alarmedAt === b.alarmedAt
