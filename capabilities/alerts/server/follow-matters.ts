import type { Tx } from '@opsflow/platform/server/tenant'
import { nextStep, type Thread } from '../next-step.ts'
import type { Way } from '../words.ts'
import { policiesFor } from './policies.ts'
import {
  type Followed,
  lockFollowed,
  type Moved,
  saveMoved,
  type Telling,
  toldOf,
  writeTellings,
} from './store-following.ts'
import { audiencesOf, peopleAt } from './store-people.ts'

/** A letter or a push waits this long for others to the same person, but for what is critical. */
const GATHER_MS = 20_000
/** Preferences and people change: nothing waits longer than this to be looked at again. */
const LOOK_AGAIN_MS = 15 * 60_000

/**
 * Where each matter goes now, and whom it tells: all in one transaction, so that a server that dies has told nobody or
 * everybody once. Answers how many were told.
 */
export async function followMatters(
  tx: Tx,
  ids: readonly string[],
  now: number,
  waysOn: ReadonlySet<Way>,
): Promise<number> {
  const matters = await lockFollowed(tx, ids)
  if (matters.length === 0) return 0
  const policies = await policiesFor(tx, matters)
  const people = grouped(await peopleAt(tx, [...new Set(matters.map(({ locationId }) => locationId))], now), 'placeId')
  const told = grouped(
    await toldOf(
      tx,
      matters.map(({ id }) => id),
    ),
    'matterId',
  )
  const moved: Moved[] = []
  const tellings: Telling[] = []
  for (const matter of matters) {
    const here = people.get(matter.locationId) ?? []
    const policy = policies(matter.locationId, matter.kind, matter.severity)
    const thread = threadOf(matter, here[0]?.zone ?? 'UTC', told.get(matter.id) ?? [], audiencesOf(here, matter))
    const next = nextStep(policy, thread, now)
    for (const { id: memberId, ways: wanted, breaksQuiet } of next.tell) {
      const ways = wanted.filter((way) => waysOn.has(way))
      const dueAt = matter.severity === 'critical' ? now : now + GATHER_MS
      tellings.push({ matterId: matter.id, locationId: matter.locationId, memberId, ways, breaksQuiet, dueAt })
    }
    const at = next.at === null ? null : Math.min(next.at, now + LOOK_AGAIN_MS)
    const hasClimbed = next.step !== matter.step
    moved.push({ ...matter, step: next.step, steppedAt: next.steppedAt, nextAt: at, hasClimbed })
  }
  await saveMoved(tx, moved, now)
  await writeTellings(tx, tellings, now)
  return tellings.length
}

function grouped<K extends string, R extends Record<K, string>>(rows: readonly R[], by: K): ReadonlyMap<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(row[by])
    if (group) group.push(row)
    else groups.set(row[by], [row])
  }
  return groups
}

type ToldOf = { memberId: string; at: string; times: number }

function threadOf(matter: Followed, zone: string, told: readonly ToldOf[], audiences: Thread['audiences']): Thread {
  const opened = Date.parse(matter.openedAt)
  // What was told before it was opened anew belongs to its former life.
  const since = told.filter(({ at }) => Date.parse(at) >= opened)
  return {
    openedAt: opened,
    closedAt: null,
    step: matter.step,
    steppedAt: Date.parse(matter.steppedAt),
    returnsAt: matter.returnsAt === null ? null : Date.parse(matter.returnsAt),
    zone,
    audiences,
    told: new Map(since.map(({ memberId, at, times }) => [memberId, { at: Date.parse(at), times }])),
  }
}
