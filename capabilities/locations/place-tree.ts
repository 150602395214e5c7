import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

/** Stands between the names of a path in a file: `East > New Jersey`. */
export const PATH_SEPARATOR = ' > '

export const GroupName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !name.includes('>'), 'A name does without “>”: it separates the groups of a path.')

/** A region, a district: a node between the organization and its locations. The organization itself is the root. */
export const LocationGroup = z
  .object({
    id: z.uuid(),
    /** Null: directly under the organization. */
    parentId: z.uuid().nullable(),
    name: z.string(),
    createdAt: Instant,
    archivedAt: Instant.nullable(),
    /** Open locations you may see, here and below. */
    locations: z.int(),
    /** May you change it, and open locations in it? */
    manageable: z.boolean(),
  })
  .meta({ id: 'LocationGroup' })
export type LocationGroup = z.infer<typeof LocationGroup>

export const NewLocationGroup = z.strictObject({ name: GroupName, parentId: z.uuid().nullable().default(null) })
export type NewLocationGroup = z.output<typeof NewLocationGroup>

export const LocationGroupChange = z
  .strictObject({
    name: GroupName,
    parentId: z.uuid().nullable(),
    archived: z.boolean(),
    /** With `archived`: where the locations and groups in it go. Null: directly under the organization. */
    moveTo: z.uuid().nullable(),
  })
  .partial()
  .refine(({ name, parentId, archived }) => [name, parentId, archived].some((value) => value !== undefined), {
    message: 'Name at least one field to change.',
  })
  .refine(({ archived, moveTo }) => moveTo === undefined || archived === true, {
    message: 'Only what is archived hands its content on.',
    path: ['moveTo'],
  })
export type LocationGroupChange = z.output<typeof LocationGroupChange>

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

/** Who would gain and who would lose a place, because a grant they hold is on a group above it. */
const Concerned = z.object({ memberId: z.uuid(), name: z.string(), role: z.string() })

/** What a move touches, before it is made. */
export const MoveEffects = z
  .object({
    locations: z.int(),
    groups: z.int(),
    gain: z.array(Concerned),
    lose: z.array(Concerned),
  })
  .meta({ id: 'MoveEffects' })
export type MoveEffects = z.infer<typeof MoveEffects>
