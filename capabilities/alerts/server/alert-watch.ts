import { systemActor } from '@opsflow/platform/actor'
import { eachApart, type Job, nowAndThen, type RunningJob } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import type { Way } from '../words.ts'
import { deliverNotices } from './deliver.ts'
import { followMatters } from './follow-matters.ts'
import { openMatters } from './open-matters.ts'
import { settleMatters } from './settle-matters.ts'
import {
  type AcrossTenants,
  mattersToFollow,
  mattersToSettle,
  type SubjectKind,
  subjectsToOpen,
  type Whose,
} from './store-across-tenants.ts'
import type { WayOut } from './way-out.ts'

type Parts = { database: Database; relayPool: AcrossTenants; waysOn: ReadonlySet<Way> }

/** Alarms before the tasks they brought along. */
const SUBJECTS: readonly SubjectKind[] = ['alarm', 'checklist', 'task', 'mutation']
/** So many in a transaction that its locks are short. */
const TOGETHER = 200

/**
 * What is over closes, what has become a matter opens, and what is due climbs. Several servers may: each is done once,
 * and what one leaves undone the next finds. What fails for one customer is thrown when everybody else has had their turn.
 */
export async function lookAfterMatters({ database, relayPool, waysOn }: Parts, now = Date.now()): Promise<void> {
  const apart = eachApart()
  const inEach = async (found: readonly Whose[], work: (tx: Tx, ids: readonly string[]) => Promise<unknown>) => {
    for (const { tenantId, organizationId, ids } of found)
      for (let from = 0; from < ids.length; from += TOGETHER)
        await apart.try(() =>
          database.write(systemActor(tenantId, organizationId, 'alerts'), (tx) =>
            work(tx, ids.slice(from, from + TOGETHER)),
          ),
        )
  }
  await inEach(await mattersToSettle(relayPool, now), (tx, ids) => settleMatters(tx, ids, now))
  for (const kind of SUBJECTS)
    await inEach(await subjectsToOpen(relayPool, kind, now), (tx, ids) => openMatters(tx, kind, ids, now))
  await inEach(await mattersToFollow(relayPool, now), (tx, ids) => followMatters(tx, ids, now, waysOn))
  apart.end()
}

type Watch = Omit<Parts, 'waysOn'> & Pick<Job, 'everyMs' | 'log'> & { ways: readonly WayOut[] }

/** Looks after matters, and sends what that brings up. Sending waits for nothing but its own: a slow mail server holds up no alarm. */
export function startAlertWatch({ everyMs, log, ways, ...parts }: Watch): RunningJob {
  const waysOn = new Set(ways.filter(({ isOn }) => isOn).map(({ way }) => way))
  const looking = nowAndThen({ name: 'alerts', everyMs, log, work: () => lookAfterMatters({ ...parts, waysOn }) })
  const sending = nowAndThen({ name: 'alerts delivery', everyMs, log, work: () => deliverNotices({ ...parts, ways }) })
  return { stop: async () => void (await Promise.all([looking.stop(), sending.stop()])) }
}
