import type { Actor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { type Authority, everything, mayGrant, missingToGrant } from '../grant-rule.ts'
import type { Held, TreeNode } from '../reach.ts'
import type { Role } from '../role-schema.ts'
import { isPermission, type Permission, rolePermissions } from '../roles.ts'
import { activeAdmins, type GrantRow, grantsOfMember, groupsOf, placesOf } from './store-grants.ts'

/**
 * What the actor holds, read from the rows and not from the session's memory: a right that was just taken away gives
 * nothing any more. `nodes` are the ones that will be asked about. A command locks the organization first.
 */
export async function authorityOf(tx: ReadTx, actor: Actor, nodes: readonly TreeNode[] = []): Promise<Authority> {
  const standing = actor.kind === 'member' ? (await grantsOfMember(tx, actor, actor.id)).map(standingOf) : []
  const locationIds = nodes.flatMap(({ locationId }) => locationId ?? [])
  return {
    standing: actor.kind === 'system' ? everything : standing,
    tree: {
      groups: new Map((await groupsOf(tx, actor)).map(({ id, parentId }) => [id, parentId])),
      locations: new Map((await placesOf(tx, actor, locationIds)).map(({ id, groupId }) => [id, groupId])),
    },
  }
}

/** The permissions of a grant's role; one that the product no longer knows gives nothing. */
export const givenBy = ({
  role,
  permissions,
}: {
  role: Role | null
  permissions: string[] | null
}): Held['permissions'] => (role ? rolePermissions[role] : (permissions ?? []).filter(isPermission))

const standingOf = (row: GrantRow) => ({
  permissions: givenBy(row),
  groupId: row.groupId,
  locationId: row.locationId,
})

export function demandGrant(authority: Authority, permissions: readonly Permission[], node: TreeNode): void {
  const missing = missingToGrant(authority, permissions, node)
  if (missing.length === 0) return
  refuse('forbidden', 'people.exceeds_own', {
    detail: `Nobody gives what they do not hold themselves. You lack, at that place: ${missing.join(', ')}.`,
  })
}

/** Does the actor hold whatever this person holds, wherever they hold it? Someone without any grant is left to those
 * who may decide about people in the whole organization. */
export function isAbove(authority: Authority, theirs: readonly GrantRow[]): boolean {
  if (theirs.length === 0) return mayGrant(authority, [], {})
  return theirs.every((grant) => mayGrant(authority, givenBy(grant), grant))
}

export function demandAbove(authority: Authority, theirs: readonly GrantRow[]): void {
  if (isAbove(authority, theirs)) return
  refuse('forbidden', 'people.holds_more', {
    detail: 'This person holds more than you do. Ask someone who holds as much.',
  })
}

/** Asked after a change, before it is stored. */
export async function keepAnAdmin(tx: Tx, actor: Actor): Promise<void> {
  if ((await activeAdmins(tx, actor)) > 0) return
  refuse('conflict', 'people.last_admin', {
    detail: 'This is the last admin who can sign in. Make someone else admin first.',
  })
}
