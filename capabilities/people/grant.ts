import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Role } from './role-schema.ts'

/** A role held by someone at a node of the tree: a location, a group and all below it, or (neither) all of it. */
export const GrantView = z
  .object({
    id: z.uuid(),
    memberId: z.uuid(),
    /** A built-in role, or null beside the id of one of the organization's own. */
    role: Role.nullable(),
    roleId: z.uuid().nullable(),
    roleName: z.string().nullable(),
    groupId: z.uuid().nullable(),
    locationId: z.uuid().nullable(),
    /** Of the group or location; null for the whole organization, and for a location that is not yours to see. */
    placeName: z.string().nullable(),
    grantedAt: Instant,
  })
  .meta({ id: 'Grant' })
export type GrantView = z.infer<typeof GrantView>

const GrantFields = z.strictObject({
  role: Role.nullable().default(null),
  roleId: z.uuid().nullable().default(null),
  groupId: z.uuid().nullable().default(null),
  locationId: z.uuid().nullable().default(null),
})
type Fields = z.output<typeof GrantFields>

const namesOneRole = ({ role, roleId }: Fields) => (role === null) !== (roleId === null)
const namesOnePlace = ({ groupId, locationId }: Fields) => groupId === null || locationId === null
const oneRole = { message: 'Name a built-in role or the id of one of your own, not both.', path: ['role'] }
const onePlace = { message: 'Name a group or a location, or neither for the whole organization.', path: ['groupId'] }

export const NewGrant = GrantFields.refine(namesOneRole, oneRole).refine(namesOnePlace, onePlace)
export const NewGrantOf = GrantFields.extend({ memberId: z.uuid() })
  .refine(namesOneRole, oneRole)
  .refine(namesOnePlace, onePlace)
