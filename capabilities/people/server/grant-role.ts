import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { grantChanged } from '../facts.ts'
import type { Authority } from '../grant-rule.ts'
import type { Grant } from '../reach.ts'
import { isPermission, type Permission, rolePermissions } from '../roles.ts'
import { authorityOf, demandGrant, givenBy, keepAnAdmin } from './authority.ts'
import { lockMember } from './store.ts'
import { insertGrant, lockOrganization, revokeGrantRow, standingGrant } from './store-grants.ts'
import { lockRole } from './store-roles.ts'

/** Binds a role to a node of the tree for a member. Granting what already stands changes nothing. */
export async function grantRole(tx: Tx, actor: Actor, memberId: string, grant: Grant): Promise<string> {
  demand(actor, 'people.manage')
  await lockOrganization(tx, actor)
  const authority = await authorityOf(tx, actor, [grant])
  const member = (await lockMember(tx, actor, memberId)) ?? notFound()
  if (member.status === 'removed') notFound()
  await demandMayGrant(tx, actor, authority, grant)
  return addGrant(tx, actor, memberId, grant)
}

/** The rule of grant-rule.ts for a grant someone wishes to make, now or by an invitation. */
export async function demandMayGrant(tx: Tx, actor: Actor, authority: Authority, grant: Grant): Promise<void> {
  const { role, groupId, locationId } = grant
  if (role === 'org:admin' && (locationId || groupId)) {
    refuse('invalid', 'people.admin_everywhere', { detail: 'An admin is admin of the whole organization.' })
  }
  if (locationId && !authority.tree.locations.has(locationId)) notFound()
  if (groupId && !authority.tree.groups.has(groupId)) notFound()
  demandGrant(authority, await permissionsGiven(tx, actor, grant), grant)
}

async function permissionsGiven(tx: Tx, actor: Actor, { role, roleId }: Grant): Promise<readonly Permission[]> {
  if (role) return rolePermissions[role]
  const custom = (roleId ? await lockRole(tx, actor, roleId) : undefined) ?? notFound()
  return custom.permissions.filter(isPermission)
}

/** Stores a grant that may be made. */
export async function addGrant(tx: Tx, actor: Actor, memberId: string, grant: Grant): Promise<string> {
  const { id, isNew } = await insertGrant(tx, actor, memberId, grant)
  if (!isNew) return id
  const { role = null, roleId = null, groupId = null, locationId = null } = grant
  const after = { grantId: id, role, roleId, groupId }
  await recordEvent(tx, { name: 'people.role_granted', subjectId: memberId, locationId, after })
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
  return id
}

/** Takes a role away where it stands. */
export async function revokeRole(tx: Tx, actor: Actor, grantId: string): Promise<void> {
  demand(actor, 'people.manage')
  await lockOrganization(tx, actor)
  const grant = (await standingGrant(tx, actor, grantId)) ?? notFound()
  demandGrant(await authorityOf(tx, actor, [grant]), givenBy(grant), grant)
  await revokeGrantRow(tx, actor, grantId)
  if (grant.role === 'org:admin') await keepAnAdmin(tx, actor)
  const { id, memberId, role, roleId, groupId, locationId } = grant
  const before = { grantId: id, role, roleId, groupId }
  await recordEvent(tx, { name: 'people.role_revoked', subjectId: memberId, locationId, before })
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
}
