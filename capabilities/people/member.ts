import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { GrantView, NewGrant } from './grant.ts'

export const MemberStatus = z.enum(['active', 'suspended', 'removed'])
export type MemberStatus = z.infer<typeof MemberStatus>

/** A person in an organization. */
export const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    status: MemberStatus,
    /** Without an account someone works at shared tablets, by PIN. */
    hasAccount: z.boolean(),
    grants: z.array(GrantView),
    createdAt: Instant,
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

/** One person, and whether the one who asks may change them: nobody changes who holds more than they do. */
export const MemberDetail = Member.extend({ mayChange: z.boolean() }).meta({ id: 'MemberDetail' })
export type MemberDetail = z.infer<typeof MemberDetail>

export const PersonName = z.string().trim().min(1).max(200)
export const Email = z.string().trim().toLowerCase().max(320).pipe(z.email())

/** A password being chosen. Length is what counts; signing in accepts whatever was once chosen. */
export const NewPassword = z.string().min(12).max(128)

/** Someone without an account, at work by PIN, or to be invited later. */
export const NewPerson = z.strictObject({
  name: PersonName,
  email: Email.nullable().default(null),
  grants: z.array(NewGrant).max(50).default([]),
})

export const MemberChange = z
  .strictObject({ status: MemberStatus, name: PersonName, email: Email.nullable() })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Name at least one field to change.',
  })
export type MemberChange = z.output<typeof MemberChange>
