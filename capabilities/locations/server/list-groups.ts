import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { LocationGroup } from '../location-group.ts'
import { branchOf, lineOf } from '../place-tree.ts'
import type { BuiltInRoles } from './authority.ts'
import { readTree, type Tree } from './moving.ts'
import { readPlacings } from './store-groups.ts'

/**
 * The groups an actor sees, by name: those on the way to a location of theirs, and those a grant of their own is on,
 * with all below. A district manager sees her district and the region it lies in, and no other.
 */
export async function visibleGroups(tx: ReadTx, actor: Actor, roles: BuiltInRoles): Promise<LocationGroup[]> {
  const tree = await readTree(tx, actor, roles)
  const placings = (await readPlacings(tx, actor)).filter(({ groupId }) => groupId !== null)
  const seen = seenBy(tree, placings)
  const open = countOf(tree, placings)
  return tree.groups
    .filter(({ id }) => seen === 'all' || seen.has(id))
    .map((group) => ({
      ...group,
      locations: open.get(group.id) ?? 0,
      manageable: tree.authority.atGroup('locations.manage', group.id),
    }))
}

type Placings = Awaited<ReturnType<typeof readPlacings>>

function seenBy({ groups, authority }: Tree, placings: Placings): 'all' | ReadonlySet<string> {
  if (authority.atGroup('locations.read', null)) return 'all'
  const ways = new Set(placings.map(({ groupId }) => groupId))
  const upwards = [...ways, ...authority.groups].flatMap((id) => lineOf(groups, id))
  const downwards = authority.groups.flatMap((id) => branchOf(groups, id))
  return new Set([...upwards, ...downwards].map(({ id }) => id))
}

/** Open locations of each group, with those of the groups below. */
function countOf({ groups }: Tree, placings: Placings): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { groupId, isOpen } of placings) {
    if (!isOpen) continue
    for (const { id } of lineOf(groups, groupId)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
