import { systemActor } from '@opsflow/platform/actor'
import { eachApart, type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { AHEAD_MS, makeChecklists, spreadChanges } from './make-checklists.ts'
import {
  type AcrossTenants,
  checklistsToMiss,
  placesToMake,
  schedulesToMake,
  stalePlaces,
} from './store-across-tenants.ts'
import { closeMissed } from './store-making.ts'

type Watch = { database: Database; relayPool: AcrossTenants; everyMs: number; log: Job['log'] }

/** A location is taken up again when an hour of its day and a half is gone. */
const STEP_MS = 3_600_000

/** So many batches in one go at most: then whatever else is due has its turn. */
const MOST_BATCHES = 100

type Found = readonly { tenantId: string; organizationId: string; ids: string[] }[]

/**
 * Notes where a schedule changed, makes the checklists of what changed, then those of the next hours, then closes what
 * is missed: in batches of locations, each in a transaction of its own. Several servers may; each is made once. What
 * fails for one customer is thrown when everybody else has had their turn.
 */
export async function lookAfterSchedules(
  { database, relayPool }: Pick<Watch, 'database' | 'relayPool'>,
  now = Date.now(),
) {
  const apart = eachApart()
  const inBatches = async (
    find: () => Promise<Found>,
    work: (tx: Tx, ids: readonly string[], now: number) => Promise<number>,
  ) => {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      let done = 0
      for (const { tenantId, organizationId, ids } of await find())
        done +=
          (await apart.try(() =>
            database.write(systemActor(tenantId, organizationId, 'checklist-schedules'), (tx) => work(tx, ids, now)),
          )) ?? 0
      // Nothing left, or another server is at it.
      if (done === 0) return
    }
  }
  await inBatches(() => schedulesToMake(relayPool), spreadChanges)
  await inBatches(() => stalePlaces(relayPool), makeChecklists)
  await inBatches(() => placesToMake(relayPool, now + AHEAD_MS - STEP_MS), makeChecklists)
  await inBatches(() => checklistsToMiss(relayPool, now), closeMissed)
  apart.end()
}

export const startScheduleWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({
    name: 'checklist schedules',
    everyMs,
    log,
    work: () => lookAfterSchedules({ database, relayPool }),
  })
