import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Language, LinkToken } from './account.ts'
import { NewGrant } from './grant.ts'
import { Email, NewPassword, PersonName } from './member.ts'
import { Role } from './role-schema.ts'

export const INVITATION_DAYS = 7

export const InvitationState = z.enum(['open', 'accepted', 'revoked', 'expired'])
export type InvitationState = z.infer<typeof InvitationState>

/** Someone is asked to join, in a role at a node of the tree. */
export const Invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: Role.nullable(),
    roleId: z.uuid().nullable(),
    roleName: z.string().nullable(),
    groupId: z.uuid().nullable(),
    locationId: z.uuid().nullable(),
    placeName: z.string().nullable(),
    invitedBy: z.object({ id: z.uuid(), name: z.string() }),
    createdAt: Instant,
    expiresAt: Instant,
    /** Otherwise the link was handed over by whoever invited. */
    mailed: z.boolean(),
    state: InvitationState,
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

/** The link itself, where no letter left: whoever invites hands it over. */
export const InvitationWithLink = Invitation.extend({
  link: z.string().nullable().meta({
    description: 'Shown once, and only when mail is off or failed. Null when a letter left, or an answer is repeated.',
  }),
})

export const NewInvitation = z.strictObject({ email: Email, grant: NewGrant, language: Language })
export type NewInvitation = z.output<typeof NewInvitation>

/** What an invitation says to whoever holds its link. */
export const InvitationSeen = z.object({
  email: z.string(),
  organization: z.string(),
  invitedBy: z.string(),
  role: Role.nullable(),
  roleName: z.string().nullable(),
  placeName: z.string().nullable(),
  expiresAt: Instant,
  /** What it takes to accept: a new account, the sign-in of an account there is, nothing more, or another sign-in. */
  next: z.enum(['make_account', 'sign_in', 'join', 'sign_out']),
})
export type InvitationSeen = z.infer<typeof InvitationSeen>

/** Name and password make the account of someone new. */
export const Acceptance = z.strictObject({
  token: LinkToken,
  name: PersonName.optional(),
  password: NewPassword.optional(),
})
export type Acceptance = z.output<typeof Acceptance>
