import type { Held, TreeNode } from './reach.ts'
import { isOrganizationWide, PERMISSIONS, type Permission } from './roles.ts'

/** What someone holds, node by node, and not yet as locations: a group counts with what will one day lie below it. */
export type Authority = { standing: readonly StandingGrant[]; tree: Tree }
export type StandingGrant = TreeNode & Pick<Held, 'permissions'>

/** Where each group and each location in question hangs: at a group, or (null) directly at the organization. */
export type Tree = { groups: ReadonlyMap<string, string | null>; locations: ReadonlyMap<string, string | null> }

/** Of the system: it founds organizations before anyone holds anything there. */
export const everything: Authority['standing'] = [{ permissions: PERMISSIONS }]

/**
 * Nobody gives what they do not hold: whoever grants, invites, revokes or changes someone holds, at that node or above
 * it, every permission concerned, and may decide about people there. Holding all locations of a group one by one is
 * not holding the group, to which others may be added.
 */
export function mayGrant(authority: Authority, permissions: readonly Permission[], node: TreeNode): boolean {
  return missingToGrant(authority, permissions, node).length === 0
}

/** What it takes to grant these permissions there, and is not held. */
export function missingToGrant(
  { standing, tree }: Authority,
  permissions: readonly Permission[],
  node: TreeNode,
): Permission[] {
  const held = heldAt(standing, tree, node)
  const isRoot = !node.locationId && !node.groupId
  const given = isRoot ? permissions : permissions.filter((permission) => !isOrganizationWide(permission))
  return [...new Set<Permission>(['people.manage', ...given])].filter((permission) => !held.has(permission))
}

/** Everything that the grants at a node and at all nodes above it give. */
function heldAt(standing: Authority['standing'], tree: Tree, node: TreeNode): Set<Permission> {
  const above = nodesAbove(tree, node)
  return new Set(
    standing
      .filter(({ locationId, groupId }) => {
        const place = locationId ?? groupId
        return !place || above.has(place)
      })
      .flatMap(({ permissions }) => permissions),
  )
}

function nodesAbove(tree: Tree, { locationId, groupId }: TreeNode): Set<string> {
  const above = new Set<string>()
  if (locationId) above.add(locationId)
  let group = groupId ?? (locationId ? tree.locations.get(locationId) : null)
  while (group && tree.groups.has(group) && !above.has(group)) {
    above.add(group)
    group = tree.groups.get(group)
  }
  return above
}
