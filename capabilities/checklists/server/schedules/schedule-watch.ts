import { systemActor } from '@opsflow/platform/actor'
import { type Find, inTurns } from '@opsflow/platform/server/in-turns'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
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

/** So often in one go is looked for more at most: then whatever else is due has its turn. */
const MOST_LOOKS = 100

/**
 * Notes where a schedule changed, makes the checklists of what changed, then those of the next hours, then closes what
 * is missed: in batches of locations, each in a transaction of its own. Several servers may; each is made once. Customers
 * have their turns: what fails for one is thrown when everybody else has had theirs.
 */
export async function lookAfterSchedules(
  { database, relayPool }: Pick<Watch, 'database' | 'relayPool'>,
  now = Date.now(),
) {
  const turns = inTurns()
  const inBatches = (find: Find, work: (tx: Tx, ids: readonly string[], now: number) => Promise<number>) =>
    turns.each(
      find,
      ({ tenantId, organizationId }, ids) =>
        database.write(systemActor(tenantId, organizationId, 'checklist-schedules'), (tx) => work(tx, ids, now)),
      { looks: MOST_LOOKS },
    )
  await inBatches((except) => schedulesToMake(relayPool, except), spreadChanges)
  await inBatches((except) => stalePlaces(relayPool, except), makeChecklists)
  await inBatches((except) => placesToMake(relayPool, now + AHEAD_MS - STEP_MS, except), makeChecklists)
  await inBatches((except) => checklistsToMiss(relayPool, now, except), closeMissed)
  turns.end()
}

export const startScheduleWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({
    name: 'checklist schedules',
    everyMs,
    log,
    work: () => lookAfterSchedules({ database, relayPool }),
  })
