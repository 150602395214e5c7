import { systemActor } from '@opsflow/platform/actor'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { AHEAD_MS, makeAhead, makeAnew } from './make-checklists.ts'
import { type AcrossTenants, checklistsToMiss, placesToMake, schedulesToMake } from './store-across-tenants.ts'
import { closeMissed } from './store-making.ts'

type Watch = { database: Database; relayPool: AcrossTenants; everyMs: number; log: Job['log'] }

/** A location is taken up again when an hour of its day and a half is gone. */
const STEP_MS = 3_600_000

/**
 * Makes checklists of schedules that changed, then those of the next hours, then closes what is missed. Several
 * servers may: each is made once.
 */
export async function lookAfterSchedules(
  { database, relayPool }: Pick<Watch, 'database' | 'relayPool'>,
  now = Date.now(),
) {
  const inEach = async (
    found: readonly { tenantId: string; organizationId: string; ids: string[] }[],
    work: (tx: Tx, ids: readonly string[], now: number) => Promise<unknown>,
  ) => {
    for (const { tenantId, organizationId, ids } of found)
      await database.write(systemActor(tenantId, organizationId, 'checklist-schedules'), (tx) => work(tx, ids, now))
  }
  await inEach(await schedulesToMake(relayPool), makeAnew)
  await inEach(await placesToMake(relayPool, now + AHEAD_MS - STEP_MS), makeAhead)
  await inEach(await checklistsToMiss(relayPool, now), closeMissed)
}

export const startScheduleWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({
    name: 'checklist schedules',
    everyMs,
    log,
    work: () => lookAfterSchedules({ database, relayPool }),
  })
