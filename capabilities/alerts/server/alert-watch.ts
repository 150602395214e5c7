import { systemActor } from '@opsflow/platform/actor'
import { type Find, inTurns } from '@opsflow/platform/server/in-turns'
import { type Job, nowAndThen, type RunningJob } from '@opsflow/platform/server/now-and-then'
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
} from './store-across-tenants.ts'
import type { WayOut } from './way-out.ts'

type Parts = { database: Database; relayPool: AcrossTenants; waysOn: ReadonlySet<Way> }

/** Alarms before the tasks they brought along. */
const SUBJECTS: readonly SubjectKind[] = ['alarm', 'checklist', 'task', 'mutation']
/** So many in a transaction that its locks are short. */
const TOGETHER = 200

/**
 * What is over closes, what has become a matter opens, and what is due climbs. Several servers may: each is done once,
 * and what one leaves undone the next finds. Customers have their
 * turns: what fails for one is thrown when everybody else has had theirs.
 */
export async function lookAfterMatters({ database, relayPool, waysOn }: Parts, now = Date.now()): Promise<void> {
  const turns = inTurns()
  const inEach = (find: Find, work: (tx: Tx, ids: readonly string[]) => Promise<number>) =>
    turns.each(
      find,
      ({ tenantId, organizationId }, ids) =>
        database.write(systemActor(tenantId, organizationId, 'alerts'), (tx) => work(tx, ids)),
      { together: TOGETHER },
    )
  await inEach(
    (except) => mattersToSettle(relayPool, now, except),
    (tx, ids) => settleMatters(tx, ids, now),
  )
  for (const kind of SUBJECTS)
    await inEach(
      (except) => subjectsToOpen(relayPool, kind, now, except),
      (tx, ids) => openMatters(tx, kind, ids, now),
    )
  await inEach(
    (except) => mattersToFollow(relayPool, now, except),
    (tx, ids) => followMatters(tx, ids, now, waysOn),
  )
  turns.end()
}

type Watch = Omit<Parts, 'waysOn'> & Pick<Job, 'everyMs' | 'log'> & { ways: readonly WayOut[] }

/** Looks after matters, and sends what that brings up. Sending waits for nothing but its own: a slow mail server holds up no alarm. */
export function startAlertWatch({ everyMs, log, ways, ...parts }: Watch): RunningJob {
  const waysOn = new Set(ways.filter(({ isOn }) => isOn).map(({ way }) => way))
  const looking = nowAndThen({ name: 'alerts', everyMs, log, work: () => lookAfterMatters({ ...parts, waysOn }) })
  const sending = nowAndThen({ name: 'alerts delivery', everyMs, log, work: () => deliverNotices({ ...parts, ways }) })
  return { stop: async () => void (await Promise.all([looking.stop(), sending.stop()])) }
}
