import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { locationChanged } from '../facts.ts'
import type { Location, LocationChange } from '../location.ts'
import { orNameTaken } from './name-taken.ts'
import { isVisible, updateLocation } from './store.ts'

export async function changeLocation(tx: Tx, actor: Actor, id: string, change: LocationChange): Promise<Location> {
  if (!(await isVisible(tx, actor, id))) notFound()
  demand(actor, 'locations.configure', id)
  const changed = (await updateLocation(tx, actor, id, change).catch(orNameTaken)) ?? notFound()
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: id })
  return changed
}
