import type { Reach } from '@opsflow/platform/actor'
import type { Role } from './role-schema.ts'
import { isOrganizationWide, type Permission, rolePermissions } from './roles.ts'

/** A node of the organization's tree: a location, a group with all below it, or (neither) the whole organization. */
export type TreeNode = { locationId?: string | null; groupId?: string | null }

/** A role, held at a node: exactly one of a built-in one and one of the organization's own. */
export type Grant = { role?: Role | null; roleId?: string | null } & TreeNode

/** What a grant amounts to today: these permissions at these locations, or (null) in the whole organization. */
export type Held = { permissions: readonly Permission[]; locationIds: readonly string[] | null }

export const heldAs = (role: Role, locationIds: readonly string[] | null): Held => ({
  permissions: rolePermissions[role],
  locationIds,
})

/** Permission → where it holds: the union of all grants. */
export function permissionsOf(held: readonly Held[]): Map<Permission, Reach> {
  const permissions = new Map<Permission, Reach>()
  for (const { permissions: given, locationIds } of together(held)) {
    const here = locationIds === null ? 'all' : new Set(locationIds)
    for (const permission of given) {
      if (here !== 'all' && isOrganizationWide(permission)) continue
      permissions.set(permission, union(permissions.get(permission), here))
    }
  }
  return permissions
}

/** One for each role: someone who manages hundreds of locations one by one holds one set of them, not hundreds. */
function together(held: readonly Held[]): Held[] {
  const places = new Map<readonly Permission[], string[] | null>()
  for (const { permissions, locationIds } of held) {
    const known = places.get(permissions)
    if (known === null || locationIds === null) places.set(permissions, null)
    else if (known) known.push(...locationIds)
    else places.set(permissions, [...locationIds])
  }
  return [...places].map(([permissions, locationIds]) => ({ permissions, locationIds }))
}

/** The part of what its creator may do that a key was given. */
export function narrowed<Name extends string>(
  permissions: ReadonlyMap<Name, Reach>,
  scopes: readonly string[],
  locationIds: readonly string[] | null,
): Map<Name, Reach> {
  const within: Reach = locationIds === null ? 'all' : new Set(locationIds)
  return new Map(
    [...permissions]
      .filter(([permission]) => scopes.includes(permission) && (within === 'all' || !isOrganizationWide(permission)))
      .map(([permission, reach]) => [permission, intersection(reach, within)] as const)
      .filter(([, reach]) => within === 'all' || (reach !== 'all' && reach.size > 0)),
  )
}

/** Every location at which anything at all is allowed: whose rows the database may show. */
export const reachOf = (permissions: ReadonlyMap<Permission, Reach>): Reach =>
  [...permissions.values()].reduce<Reach>(union, new Set())

function union(one: Reach | undefined, other: Reach): Reach {
  if (one === undefined || one === other) return other
  return one === 'all' || other === 'all' ? 'all' : new Set([...one, ...other])
}

function intersection(one: Reach, other: Reach): Reach {
  if (one === 'all') return other
  return other === 'all' ? one : new Set([...one].filter((locationId) => other.has(locationId)))
}
