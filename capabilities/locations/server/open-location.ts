import { type Actor, demand } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { locationChanged } from '../facts.ts'
import type { Location, NewLocation } from '../location.ts'
import { orNameTaken } from './name-taken.ts'
import { insertLocation } from './store.ts'

/** Opens a location of the actor's organization. */
export async function openLocation(tx: Tx, actor: Actor, location: NewLocation): Promise<Location> {
  demand(actor, 'locations.configure')
  const { id, createdAt } = await insertLocation(tx, actor, location).catch(orNameTaken)
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: id })
  return { ...location, id, createdAt, closedAt: null }
}
