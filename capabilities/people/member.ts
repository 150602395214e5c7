import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Role } from './roles.ts'

export const MemberStatus = z.enum(['active', 'suspended', 'removed'])
export type MemberStatus = z.infer<typeof MemberStatus>

/** A person in an organization. */
export const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    status: MemberStatus,
    /** Each names a built-in role or one of the organization's own, and its node of the tree (neither: all of it). */
    grants: z.array(
      z.object({
        role: Role.nullable(),
        roleId: z.uuid().nullable(),
        groupId: z.uuid().nullable(),
        locationId: z.uuid().nullable(),
      }),
    ),
    createdAt: Instant,
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

export const PersonName = z.string().trim().min(1).max(200)
export const Email = z.string().trim().toLowerCase().max(320).pipe(z.email())

/** A password being chosen. Length is what counts; signing in accepts whatever was once chosen. */
export const NewPassword = z.string().min(12).max(128)
