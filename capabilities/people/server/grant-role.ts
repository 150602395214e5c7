import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { grantChanged } from '../facts.ts'
import type { Grant } from '../reach.ts'
import { insertGrant, lockMember, revokeGrant } from './store.ts'
import { visibleLocations } from './store-keys.ts'

/** Binds a role to a place for a member. Granting what already stands changes nothing. */
export async function grantRole(tx: Tx, actor: Actor, memberId: string, grant: Grant): Promise<void> {
  demand(actor, 'people.manage')
  const { role, groupId, locationId } = grant
  if (role === 'org:admin' && (locationId || groupId)) {
    refuse('invalid', 'people.admin_everywhere', { detail: 'An admin is admin of the whole organization.' })
  }
  if (!(await lockMember(tx, actor, memberId))) notFound()
  if (locationId && (await visibleLocations(tx, actor, [locationId])) === 0) notFound()
  await insertGrant(tx, actor, memberId, grant)
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
}

/** Takes a role away, where it stands. */
export async function revokeRole(tx: Tx, actor: Actor, memberId: string, grant: Grant): Promise<void> {
  demand(actor, 'people.manage')
  if (!(await lockMember(tx, actor, memberId))) notFound()
  if (!(await revokeGrant(tx, actor, memberId, grant))) notFound()
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
}
