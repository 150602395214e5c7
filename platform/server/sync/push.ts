import { type Actor, systemActor } from '../../actor.ts'
import type { PushAnswer, PushBody } from '../../sync.ts'
import type { Log } from '../log.ts'
import type { Database } from '../tenant.ts'
import { drainKeyHash } from './drain-key.ts'
import { runMutation } from './run-mutation.ts'
import { lockClient } from './store-clients.ts'
import { undecidedPlace } from './store-mutations.ts'
import { takeIn } from './take-in.ts'
import { type TakingParts, takeUp } from './take-up.ts'
import { ownerOf } from './viewer.ts'

export type PushParts = TakingParts & {
  database: Database
  drainKeyOf: (tenantId: string, clientId: string) => string
  log: Log
}

/**
 * Takes mutations in, in the order of their numbers, all in one transaction: each done or not done by itself, its
 * outcome on record. Whatever has to be tried again later is thrown, and then none was taken.
 */
export async function push(parts: PushParts, actor: Actor, body: PushBody): Promise<PushAnswer> {
  const { clientId } = body
  const system = systemActor(actor.tenantId, actor.organizationId, 'sync')
  const taken = await takeUp(parts, actor, body)
  const hash = drainKeyHash(parts.drainKeyOf(actor.tenantId, clientId))
  return parts.database.write(system, async (tx) => {
    const client = await lockClient(tx, clientId, ownerOf(actor), hash)
    let aside = await undecidedPlace(tx, clientId)
    return takeIn(tx, client, taken, async (mutation) => {
      const decided = await runMutation(tx, mutation, parts.log, aside)
      if (decided.result.outcome === 'quarantined') aside = { locationId: decided.locationId }
      return decided
    })
  })
}
