import type { Reach } from '@opsflow/platform/actor'
import { type Permission, type Role, rolePermissions } from './roles.ts'

/** A role, held at one location or, without one, in the whole organization. */
export type Grant = { role: Role; locationId: string | null }

/** Permission → where it holds: the union of all grants. `everywhere` is what the whole organization means here. */
export function permissionsOf(grants: readonly Grant[], everywhere: Reach): Map<Permission, Reach> {
  const permissions = new Map<Permission, Reach>()
  for (const { role, locationId } of grants) {
    const here = locationId === null ? everywhere : new Set([locationId])
    for (const permission of rolePermissions[role]) {
      permissions.set(permission, union(permissions.get(permission), here))
    }
  }
  return permissions
}

/** The part of what its creator may do that a key was given. */
export function narrowed(
  permissions: ReadonlyMap<Permission, Reach>,
  scopes: readonly string[],
  locationIds: readonly string[] | null,
): Map<Permission, Reach> {
  const within: Reach = locationIds === null ? 'all' : new Set(locationIds)
  return new Map(
    [...permissions]
      .filter(([permission]) => scopes.includes(permission))
      .map(([permission, reach]) => [permission, intersection(reach, within)] as const)
      .filter(([, reach]) => within === 'all' || (reach !== 'all' && reach.size > 0)),
  )
}

/** Every location at which anything at all is allowed: whose rows the database may show. */
export const reachOf = (permissions: ReadonlyMap<Permission, Reach>): Reach =>
  [...permissions.values()].reduce<Reach>(union, new Set())

function union(one: Reach | undefined, other: Reach): Reach {
  if (one === undefined) return other
  return one === 'all' || other === 'all' ? 'all' : new Set([...one, ...other])
}

function intersection(one: Reach, other: Reach): Reach {
  if (one === 'all') return other
  return other === 'all' ? one : new Set([...one].filter((locationId) => other.has(locationId)))
}
