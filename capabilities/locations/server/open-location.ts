import { type Actor, demand } from '@opsflow/platform/actor'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { locationChanged } from '../facts.ts'
import { type Location, NewLocation } from '../location.ts'
import type { BuiltInRoles } from './authority.ts'
import { demandTarget, readTree } from './moving.ts'
import { orNameTaken } from './name-taken.ts'
import { insertLocation } from './store.ts'

/** Opens a location of the actor's organization. */
export async function openLocation(
  tx: Tx,
  actor: Actor,
  wanted: NewLocation,
  roles: BuiltInRoles = {},
): Promise<Location> {
  demand(actor, 'locations.manage')
  const location = NewLocation.parse(wanted)
  demandTarget(await readTree(tx, actor, roles), location.groupId, 'body.groupId')
  const { id, createdAt } = await insertLocation(tx, actor, location).catch(orNameTaken)
  await recordEvent(tx, { name: 'locations.location_opened', subjectId: id, locationId: id, after: location })
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: id })
  return { ...location, id, createdAt, closedAt: null }
}
