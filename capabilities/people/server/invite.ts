import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { InvitationState, NewInvitation } from '../invitation.ts'
import { authorityOf, demandAbove, demandGrant, givenBy } from './authority.ts'
import { demandMayGrant } from './grant-role.ts'
import { grantsOfMember, lockOrganization } from './store-grants.ts'
import {
  type InvitationRow,
  insertInvitation,
  lockInvitation,
  lockKnownMembers,
  lockStandingInvitation,
  replaceToken,
  revokeInvitationRow,
} from './store-invitations.ts'

/** Asks someone to join. The rule of grants holds at once, and again when the invitation is accepted. */
export async function invite(
  tx: Tx,
  actor: Actor,
  { email, grant }: Pick<NewInvitation, 'email' | 'grant'>,
  tokenHash: Buffer,
): Promise<string> {
  demand(actor, 'people.manage')
  await lockOrganization(tx, actor)
  const before = await lockStandingInvitation(tx, actor, email)
  const authority = await authorityOf(tx, actor, before ? [grant, before] : [grant])
  await demandMayGrant(tx, actor, authority, grant)
  await demandNewcomer(tx, actor, email)
  if (before) {
    demandGrant(authority, givenBy(before), before)
    await revokeInvitationRow(tx, actor, before.id)
  }
  const id = await insertInvitation(tx, actor, email, grant, tokenHash)
  const { role, roleId, groupId, locationId } = grant
  const after = { email, role, roleId, groupId, replaces: before?.id ?? null }
  await recordEvent(tx, { name: 'people.invited', subjectId: id, locationId, after })
  return id
}

/** Whoever works here by PIN may be given an account, by those who hold as much as they do. */
async function demandNewcomer(tx: Tx, actor: Actor, email: string) {
  const known = (await lockKnownMembers(tx, actor, email, null)).filter(({ status }) => status !== 'removed')
  if (known.some(({ userId }) => userId !== null)) refuseMember()
  for (const { id } of known) {
    const theirs = await grantsOfMember(tx, actor, id)
    demandAbove(await authorityOf(tx, actor, theirs), theirs)
  }
}

export async function revokeInvitation(tx: Tx, actor: Actor, id: string): Promise<void> {
  const invitation = await lockOwn(tx, actor, id)
  if (invitation.state !== 'open') refuseOver(invitation.state)
  await revokeInvitationRow(tx, actor, id)
  const before = { email: invitation.email }
  await recordEvent(tx, { name: 'people.invitation_revoked', subjectId: id, locationId: invitation.locationId, before })
}

/** A new link, a new week. The link before it opens nothing any more. */
export async function renewInvitation(tx: Tx, actor: Actor, id: string, tokenHash: Buffer): Promise<void> {
  const invitation = await lockOwn(tx, actor, id)
  if (invitation.state === 'revoked' || invitation.state === 'accepted') refuseOver(invitation.state)
  await replaceToken(tx, id, tokenHash)
  const after = { email: invitation.email }
  await recordEvent(tx, { name: 'people.invited_again', subjectId: id, locationId: invitation.locationId, after })
}

async function lockOwn(tx: Tx, actor: Actor, id: string): Promise<InvitationRow> {
  demand(actor, 'people.manage')
  await lockOrganization(tx, actor)
  const invitation = (await lockInvitation(tx, actor, id)) ?? notFound()
  demandGrant(await authorityOf(tx, actor, [invitation]), givenBy(invitation), invitation)
  return invitation
}

export function refuseOver(state: Exclude<InvitationState, 'open'>): never {
  return refuse('conflict', `people.invitation_${state}`, { detail: OVER[state] })
}

const OVER = {
  accepted: 'This invitation was accepted already.',
  revoked: 'This invitation was taken back, or a newer one took its place.',
  expired: 'This invitation has expired. Ask for a new one.',
}

export const refuseMember = () =>
  refuse('conflict', 'people.already_member', {
    detail: 'Someone with this address belongs to the organization already.',
  })
