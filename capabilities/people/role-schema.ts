import { z } from 'zod'
import { PERMISSIONS, ROLES } from './roles.ts'

export const PermissionName = z.enum(PERMISSIONS)

/** A permission as the API tells it. */
export const PermissionView = z.object({
  name: PermissionName,
  meaning: z.string(),
  /** It concerns no location: held in the whole organization, or not at all. */
  organizationWide: z.boolean(),
})

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
