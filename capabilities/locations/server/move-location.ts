import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { locationChanged } from '../facts.ts'
import type { Location } from '../location.ts'
import type { MoveEffects } from '../location-group.ts'
import type { BuiltInRoles } from './authority.ts'
import { demandRank, demandTarget, effectsOf, handedOver, readTree } from './moving.ts'
import { lockLocation, ONE, updateGroupOfLocations } from './store.ts'
import { lockTree } from './store-groups.ts'

/** Another place in the tree: grants on the groups above it reach it at once, those above its old place no longer. */
export async function moveLocation(
  tx: Tx,
  actor: Actor,
  id: string,
  to: string | null,
  roles: BuiltInRoles,
): Promise<Location> {
  await lockTree(tx, actor)
  const location = (await lockLocation(tx, actor, id)) ?? notFound()
  if (location.groupId === to) return location
  await demandMove(tx, actor, location, to, roles)
  await updateGroupOfLocations(tx, actor, [id], to)
  const [before, after] = [{ groupId: location.groupId }, { groupId: to }]
  await recordEvent(tx, { name: 'locations.location_moved', subjectId: id, locationId: id, before, after })
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: id })
  return { ...location, groupId: to }
}

/** What the move would touch; refused like the move itself. */
export async function effectsOfMovingLocation(
  tx: ReadTx,
  actor: Actor,
  id: string,
  to: string | null,
  roles: BuiltInRoles,
): Promise<MoveEffects> {
  const [location] = await tx.query<Location>(ONE, [actor.tenantId, actor.organizationId, id])
  if (!location) return notFound()
  return effectsOf(await demandMove(tx, actor, location, to, roles), { locations: 1, groups: 0 })
}

async function demandMove(tx: ReadTx, actor: Actor, location: Location, to: string | null, roles: BuiltInRoles) {
  demand(actor, 'locations.manage', location.id)
  const tree = await readTree(tx, actor, roles)
  demandTarget(tree, to, 'body.groupId')
  const over = await handedOver(tx, actor, tree, location.groupId, to)
  demandRank(tree, { locationId: location.id, from: location.groupId }, over)
  return over
}
