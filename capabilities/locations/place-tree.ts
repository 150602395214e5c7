/** Stands between the names of a path in a file: `East > New Jersey`. */
export const PATH_SEPARATOR = ' > '

/** Deeper than any chain, shallow enough to read. */
export const DEEPEST = 8

export type Node = { id: string; parentId: string | null }

/** The node and everything above it, nearest first. */
export function lineOf<Group extends Node>(groups: readonly Group[], id: string | null): Group[] {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const line: Group[] = []
  for (let at = id; at !== null; ) {
    const group = byId.get(at)
    if (!group || line.includes(group)) break
    line.push(group)
    at = group.parentId
  }
  return line
}

/** The node and everything below it. */
export function branchOf<Group extends Node>(groups: readonly Group[], id: string): Group[] {
  return groups.filter((group) => lineOf(groups, group.id).some((above) => above.id === id))
}

export type MoveRefusal = 'into_itself' | 'too_deep'

/** What forbids hanging a branch (null: a new group) under another node. */
export function refusedMove(groups: readonly Node[], branch: string | null, under: string | null): MoveRefusal | null {
  const above = lineOf(groups, under)
  if (branch !== null && above.some(({ id }) => id === branch)) return 'into_itself'
  const depths = branch === null ? [1] : branchOf(groups, branch).map(({ id }) => depthBelow(groups, id, branch))
  return above.length + Math.max(...depths) > DEEPEST ? 'too_deep' : null
}

const depthBelow = (groups: readonly Node[], id: string, branch: string) =>
  lineOf(groups, id).findIndex((above) => above.id === branch) + 1

/** `East > New Jersey` */
export const pathOf = (groups: readonly (Node & { name: string })[], id: string | null): string =>
  lineOf(groups, id)
    .map(({ name }) => name)
    .reverse()
    .join(PATH_SEPARATOR)
