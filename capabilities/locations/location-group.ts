import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

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
