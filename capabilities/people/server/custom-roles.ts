import { type Actor, demandEverywhere } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { type CustomRole, MOST_ROLES, type NewRole, type RoleChange } from '../custom-role.ts'
import { roleChanged } from '../facts.ts'
import { isPermission } from '../roles.ts'
import { authorityOf, demandGrant } from './authority.ts'
import { lockOrganization } from './store-grants.ts'
import { archiveRoleRow, countRoles, holdersOf, insertRole, lockRole, type RoleRow, updateRole } from './store-roles.ts'

/** Makes a role of the organization's own, of permissions its author holds in the whole organization. */
export async function makeRole(tx: Tx, actor: Actor, role: NewRole): Promise<CustomRole> {
  demandEverywhere(actor, 'roles.manage')
  await lockOrganization(tx, actor)
  const authority = await authorityOf(tx, actor)
  demandGrant(authority, ['roles.manage', ...role.permissions], {})
  if ((await countRoles(tx, actor)) >= MOST_ROLES) {
    refuse('conflict', 'people.too_many_roles', {
      detail: `An organization has at most ${MOST_ROLES} roles of its own.`,
    })
  }
  const made = await insertRole(tx, actor, role).catch(orNameTaken)
  await recordEvent(tx, { name: 'people.role_made', subjectId: made.id, after: role })
  await tx.emit(roleChanged, { organizationId: actor.organizationId, roleId: made.id })
  return { ...known(made), holders: 0 }
}

/** Changes a role for all who hold it, at once. Of two who edit the same version, the second is told. */
export async function changeRole(tx: Tx, actor: Actor, id: string, change: RoleChange): Promise<CustomRole> {
  demandEverywhere(actor, 'roles.manage')
  await lockOrganization(tx, actor)
  const authority = await authorityOf(tx, actor)
  const role = (await lockRole(tx, actor, id)) ?? notFound()
  if (role.version !== change.version) refuseStale()
  const { name = role.name, description = role.description, permissions = known(role).permissions } = change
  demandGrant(authority, ['roles.manage', ...known(role).permissions, ...permissions], {})
  const changed = await updateRole(tx, { ...role, name, description, permissions }).catch(orNameTaken)
  await recordEvent(tx, { name: 'people.role_changed', subjectId: id, before: told(role), after: told(changed) })
  await tx.emit(roleChanged, { organizationId: actor.organizationId, roleId: id })
  return { ...known(changed), holders: (await holdersOf(tx, id)).length }
}

/** Puts a role away that nobody holds any more. */
export async function archiveRole(tx: Tx, actor: Actor, id: string): Promise<void> {
  demandEverywhere(actor, 'roles.manage')
  await lockOrganization(tx, actor)
  const authority = await authorityOf(tx, actor)
  const role = (await lockRole(tx, actor, id)) ?? notFound()
  demandGrant(authority, ['roles.manage', ...known(role).permissions], {})
  const holders = await holdersOf(tx, id)
  if (holders.length > 0) refuseHeld(holders)
  await archiveRoleRow(tx, id)
  await recordEvent(tx, { name: 'people.role_archived', subjectId: id, before: told(role) })
  await tx.emit(roleChanged, { organizationId: actor.organizationId, roleId: id })
}

const known = (role: RoleRow): RoleRow => ({ ...role, permissions: role.permissions.filter(isPermission) })
const told = ({ name, description, permissions }: RoleRow) => ({ name, description, permissions })

const refuseStale = () =>
  refuse('conflict', 'people.role_changed', {
    detail: 'Someone else has changed this role meanwhile. Look at it again, then repeat your change.',
    errors: [{ path: 'body.version', code: 'people.role_changed', message: 'This is not the current version.' }],
  })

const NAMED = 5

function refuseHeld(holders: readonly { id: string; name: string }[]): never {
  const names = holders.slice(0, NAMED).map(({ name }) => name)
  const more = holders.length - names.length
  refuse('conflict', 'people.role_held', {
    detail: `Held by ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Give them another role first.`,
  })
}

const UNIQUE_VIOLATION = '23505'

function orNameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  return refuse('conflict', 'people.role_name_taken', {
    detail: 'Another role of this organization has this name.',
    errors: [{ path: 'body.name', code: 'people.role_name_taken', message: 'Choose another name.' }],
  })
}
