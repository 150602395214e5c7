import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Language, LinkToken } from './account.ts'
import {
  Acceptance,
  Invitation,
  InvitationSeen,
  InvitationState,
  InvitationWithLink,
  NewInvitation,
} from './invitation.ts'
import { SignedIn } from './session.ts'

const inviting = { tag: 'people', permission: 'people.manage', callers: ['member'] } as const
const byLink = { tag: 'session', permission: 'public' } as const
const overBy = ['people.invitation_expired', 'people.invitation_revoked', 'people.invitation_accepted'] as const

export const invitationRoutes = defineRoutes({
  'GET /invitations': {
    ...inviting,
    summary: 'Invitations at the locations you manage, newest first',
    query: PageQuery.extend({ state: InvitationState.default('open') }),
    response: page(Invitation),
  },
  'POST /invitations': {
    ...inviting,
    summary: 'Invite someone by email, in a role at a location, at a group, or in the whole organization',
    description:
      'The rule of POST /grants holds: nobody invites above their own. A new invitation takes the place of an open one to the same address.',
    body: NewInvitation,
    response: InvitationWithLink,
    status: 201,
    refusals: ['people.exceeds_own', 'people.admin_everywhere', 'people.holds_more', 'people.already_member'],
  },
  'DELETE /invitations/{id}': {
    ...inviting,
    summary: 'Take an invitation back',
    params: IdParams,
    response: z.void(),
    status: 204,
    refusals: ['people.exceeds_own', ...overBy],
  },
  'POST /invitations/{id}/links': {
    ...inviting,
    summary: 'Send an invitation again, with a new link and a new week',
    description: 'The link before it no longer works.',
    params: IdParams,
    body: z.strictObject({ language: Language }),
    response: InvitationWithLink,
    status: 201,
    refusals: ['people.exceeds_own', 'people.invitation_revoked', 'people.invitation_accepted'],
  },
  'POST /invitations/opening': {
    ...byLink,
    summary: 'What does this invitation say?',
    body: z.strictObject({ token: LinkToken }),
    response: InvitationSeen,
    refusals: ['people.link_unknown', ...overBy],
  },
  'POST /invitations/acceptance': {
    ...byLink,
    summary: 'Accept an invitation',
    description:
      'Signed in with the invited address, one joins. Someone new sends a name and a password, and is signed in. Whoever is signed in with another address is told so; nothing happens.',
    body: Acceptance,
    response: SignedIn,
    status: 201,
    refusals: [
      'people.link_unknown',
      ...overBy,
      'people.invitation_void',
      'people.invitation_for_another',
      'people.sign_in_to_accept',
      'people.email_unverified',
      'people.already_member',
      'people.suspended',
      'people.password_known',
    ],
  },
})
