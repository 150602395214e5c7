import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { PermissionName, Role } from './role-schema.ts'

/** How many roles of its own an organization may have: more than anybody can tell apart. */
export const MOST_ROLES = 100

/** A role the organization made for itself. */
export const CustomRole = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    /** What it gives; a permission the product no longer knows is not among them. */
    permissions: z.array(PermissionName),
    /** Grows with each change. A change names the version it was made from. */
    version: z.int(),
    createdAt: Instant,
    /** How many people hold it somewhere. */
    holders: z.int(),
  })
  .meta({ id: 'CustomRole' })
export type CustomRole = z.infer<typeof CustomRole>

export const BuiltInRole = z.object({ role: Role, permissions: z.array(PermissionName), holders: z.int() })
export type BuiltInRole = z.infer<typeof BuiltInRole>

const Permissions = z
  .array(PermissionName)
  .min(1)
  .max(200)
  .refine((names) => new Set(names).size === names.length, { message: 'Name each permission once.' })
const fields = {
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(500),
  permissions: Permissions,
}

export const NewRole = z.strictObject({ ...fields, description: fields.description.default('') })
export type NewRole = z.output<typeof NewRole>

export const RoleChange = z
  .strictObject({ ...z.strictObject(fields).partial().shape, version: z.int().min(1).max(2_147_483_647) })
  .refine(({ version: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
    message: 'Name at least one field to change.',
  })
export type RoleChange = z.output<typeof RoleChange>
