import { type Actor, systemActor } from '../../actor.ts'
import { type Job, nowAndThen } from '../now-and-then.ts'
import type { Database } from '../tenant.ts'
import type { SyncedEntity } from './registry.ts'
import {
  forgetMutations,
  listOrganizations,
  type Pool,
  readUnchanged,
  retire,
  trim,
  type Unchanged,
} from './store-retire.ts'

/** How long a device may be away and still be told what has gone, in days. */
const KEPT_DAYS = 30
/** How long an outcome answers repeats, in days. Devices keep what they sent for 14. */
const ANSWERED_DAYS = 100

type Parts = { database: Database; relayPool: Pool; entities: readonly SyncedEntity[] }

/** Takes off devices what has been over for long enough, and forgets what no device asks for any more. */
export async function retireFromDevices({ database, relayPool, entities }: Parts): Promise<void> {
  for (const { tenantId, organizationId } of await listOrganizations(relayPool)) {
    const actor = systemActor(tenantId, organizationId, 'sync-retire')
    for (const entity of entities) {
      if (entity.leaves) await retireRows(database, relayPool, actor, entity.name, entity.leaves)
    }
  }
  await trim(relayPool, KEPT_DAYS)
  await forgetMutations(relayPool, ANSWERED_DAYS)
}

export const startRetiring = ({ everyMs, log, ...parts }: Parts & Pick<Job, 'everyMs' | 'log'>) =>
  nowAndThen({ name: 'sync retire', everyMs, log, work: () => retireFromDevices(parts) })

async function retireRows(
  database: Database,
  relayPool: Pool,
  actor: Actor,
  entity: string,
  { afterDays, over }: NonNullable<SyncedEntity['leaves']>,
) {
  for (let last: Unchanged | undefined; ; ) {
    const leaving = await database.read(actor, async (tx) => {
      const unchanged = await readUnchanged(tx, entity, afterDays, last)
      last = unchanged.at(-1)
      const ids = unchanged.map(({ id }) => id)
      const ended = new Set(over && ids.length > 0 ? await over(tx, ids) : ids)
      return unchanged.filter(({ id }) => ended.has(id))
    })
    if (leaving.length > 0) await retire(relayPool, actor.tenantId, entity, leaving)
    if (!last) return
  }
}
