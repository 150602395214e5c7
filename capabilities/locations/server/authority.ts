import { type Actor, can, canEverywhere } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { lineOf, type Node } from '../place-tree.ts'
import { grantsOf, type StandingGrant } from './store-groups.ts'

/** What the built-in roles hold, by their names: people know that, and say it where the server is put together. */
export type BuiltInRoles = Readonly<Record<string, readonly string[]>>

/** What an actor holds node by node: a group is held by a grant on it or above it, with all that will ever lie in it. */
export type Authority = {
  /** At a group; null is the organization itself. */
  atGroup: (permission: string, groupId: string | null) => boolean
  /** At a location that lies, or would lie, in a group. */
  atLocation: (permission: string, locationId: string, groupId: string | null) => boolean
  /** Groups with a grant of the actor's own: they are seen even while they are empty. */
  groups: readonly string[]
}

export async function authorityOf(
  tx: ReadTx,
  actor: Actor,
  groups: readonly Node[],
  roles: BuiltInRoles,
): Promise<Authority> {
  const grants = actor.kind === 'member' ? await grantsOf(tx, actor, actor.id) : []
  const heldGroups = (permission: string) =>
    new Set(grants.flatMap((grant) => (permissionsOf(grant, roles).includes(permission) ? (grant.groupId ?? []) : [])))
  const atGroup = (permission: string, groupId: string | null) => {
    if (canEverywhere(actor, permission)) return true
    const held = heldGroups(permission)
    return lineOf(groups, groupId).some(({ id }) => held.has(id))
  }
  return {
    atGroup,
    atLocation: (permission, locationId, groupId) => can(actor, permission, locationId) || atGroup(permission, groupId),
    groups: grants.flatMap(({ groupId }) => groupId ?? []),
  }
}

export const permissionsOf = ({ role, permissions }: StandingGrant, roles: BuiltInRoles): readonly string[] =>
  (role === null ? permissions : roles[role]) ?? []

/** Refuses who does not manage this group, with all that lies and will lie in it. */
export function demandGroup(authority: Authority, groupId: string | null): void {
  if (authority.atGroup('locations.manage', groupId)) return
  refuse('forbidden', 'forbidden', {
    detail: `This needs the permission locations.manage ${groupId ? 'for the whole group' : 'in the whole organization'}.`,
  })
}
