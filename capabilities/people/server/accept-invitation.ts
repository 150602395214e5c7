import type { IncomingHttpHeaders } from 'node:http'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { Refusal, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { memberChanged } from '../facts.ts'
import type { Acceptance, Invitation, InvitationSeen } from '../invitation.ts'
import type { Grant } from '../reach.ts'
import { authorityOf } from './authority.ts'
import type { BuiltInIdentity } from './built-in.ts'
import type { Digest } from './credentials.ts'
import { addGrant, demandMayGrant } from './grant-role.ts'
import type { Person } from './identity.ts'
import { refuseMember, refuseOver } from './invite.ts'
import { demandUnknownPassword } from './known-password.ts'
import { refuseLink } from './mailed-links.ts'
import { insertMember, lockMember } from './store.ts'
import { lockOrganization } from './store-grants.ts'
import {
  type InvitationRow,
  invitationById,
  invitationByToken,
  lockInvitation,
  lockKnownMembers,
  noteAccepted,
  readmit,
  revokeAllGrants,
} from './store-invitations.ts'
import { SESSION_ORGANIZATION } from './store-session.ts'

export type AcceptingParts = {
  /** As opsflow_auth. */
  pool: pg.Pool
  database: Database
  identity: Pick<BuiltInIdentity, 'sessionOf' | 'personOf' | 'accounts' | 'createAccount' | 'removeAccount'>
  digest: Digest
  mailIsOn: boolean
}

type Found = { actor: Actor; invitation: Invitation }

/** What the invitation says, and what it takes to accept it here. */
export async function openInvitation(
  parts: AcceptingParts,
  token: string,
  headers: IncomingHttpHeaders,
): Promise<InvitationSeen> {
  const { actor, invitation } = await openInvitationBy(parts, token)
  const { email, invitedBy, role, roleName, placeName, expiresAt } = invitation
  const person = await whoIsThere(parts, headers)
  return {
    ...{ email, role, roleName, placeName, expiresAt },
    organization: await organizationName(parts, actor),
    invitedBy: invitedBy.name,
    next: await nextStep(parts, email, person),
  }
}

async function organizationName({ database }: AcceptingParts, actor: Actor): Promise<string> {
  const ids = [actor.tenantId, actor.organizationId]
  return (await database.readOne<{ name: string }>(actor, SESSION_ORGANIZATION, ids))[0]?.name ?? ''
}

async function nextStep({ identity }: AcceptingParts, email: string, person: Person | null) {
  if (person) return person.email === email ? 'join' : 'sign_out'
  return (await identity.accounts.byEmail(email)) ? 'sign_in' : 'make_account'
}

/**
 * Joins whoever the invitation is for: the person signed in with its address, or someone new, whose account it makes.
 * A link that fell into other hands opens nothing to those who are somebody else.
 */
export async function acceptInvitation(
  parts: AcceptingParts,
  { token, name, password }: Acceptance,
  headers: IncomingHttpHeaders,
): Promise<{ userId: string; isNew: boolean }> {
  const { actor, invitation } = await openInvitationBy(parts, token)
  const { identity, database } = parts
  const person = await whoIsThere(parts, headers)
  const join = (who: { userId: string; name: string }) =>
    database.write(actor, (tx) => admit(tx, actor, invitation.id, who))

  if (person) {
    demandSameAddress(parts, invitation, person)
    await join(person)
    return { userId: person.userId, isNew: false }
  }
  const { email, mailed } = invitation
  if (await identity.accounts.byEmail(email)) refuseUnknownPerson()
  if (name === undefined || password === undefined) return refuseIncomplete(name === undefined ? 'name' : 'password')
  await demandUnknownPassword(password, email, [await organizationName(parts, actor), invitation.placeName ?? ''])
  const { userId } = await identity.createAccount({ email, name, password, emailVerified: mailed })
  try {
    await join({ userId, name })
  } catch (error) {
    await identity.removeAccount(email)
    throw error
  }
  return { userId, isNew: true }
}

async function openInvitationBy({ pool, database, digest }: AcceptingParts, token: string): Promise<Found> {
  const found = (await invitationByToken(pool, digest(token))) ?? refuseLink()
  const actor = systemActor(found.tenantId, found.organizationId, 'invitation')
  const invitation = (await database.read(actor, (tx) => invitationById(tx, actor, found.id))) ?? refuseLink()
  if (invitation.state !== 'open') refuseOver(invitation.state)
  return { actor, invitation }
}

async function whoIsThere({ identity }: AcceptingParts, headers: IncomingHttpHeaders): Promise<Person | null> {
  const session = await identity.sessionOf(headers)
  return session && identity.personOf(session.userId)
}

function demandSameAddress({ mailIsOn }: AcceptingParts, { email }: Invitation, person: Person) {
  if (person.email !== email) {
    refuse('forbidden', 'people.invitation_for_another', {
      detail: 'This invitation is for another address than the one you are signed in with. Sign out to accept it.',
    })
  }
  if (mailIsOn && !person.emailVerified) {
    refuse('forbidden', 'people.email_unverified', {
      detail: 'Confirm your address first: in your account, have a link mailed to you.',
    })
  }
}

async function admit(tx: Tx, actor: Actor, invitationId: string, who: { userId: string; name: string }) {
  await lockOrganization(tx, actor)
  const invitation = (await lockInvitation(tx, actor, invitationId)) ?? refuseLink()
  if (invitation.state !== 'open') refuseOver(invitation.state)
  const inviter = await demandStandingInviter(tx, actor, invitation)
  const memberId = await memberFor(tx, actor, invitation, who)
  await addGrant(tx, inviter, memberId, grantOf(invitation))
  await noteAccepted(tx, invitationId, memberId)
  await recordEvent(tx, {
    name: 'people.invitation_accepted',
    subjectId: memberId,
    locationId: invitation.locationId,
    after: { invitationId, email: invitation.email },
  })
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId })
}

const grantOf = ({ role, roleId, groupId, locationId }: InvitationRow): Grant =>
  role ? { role, groupId, locationId } : { roleId: roleId as string, groupId, locationId }

/** An invitation is worth what its inviter may grant at this moment: whoever was demoted or removed invites nobody. */
async function demandStandingInviter(tx: Tx, actor: Actor, invitation: InvitationRow): Promise<Actor> {
  const inviter: Actor = { ...actor, kind: 'member', id: invitation.invitedBy }
  const grant = grantOf(invitation)
  const member = await lockMember(tx, actor, inviter.id)
  try {
    if (member?.status !== 'active') throw new Refusal('forbidden', 'people.suspended')
    await demandMayGrant(tx, inviter, await authorityOf(tx, inviter, [grant]), grant)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse('conflict', 'people.invitation_void', {
      detail:
        'Whoever invited you can no longer give this role, or there is no such role or place any more. Ask again.',
    })
  }
  return inviter
}

async function memberFor(
  tx: Tx,
  actor: Actor,
  { email }: InvitationRow,
  { userId, name }: { userId: string; name: string },
) {
  const known = (await lockKnownMembers(tx, actor, email, userId)).filter(
    (member) => member.userId === userId || (member.userId === null && member.status !== 'removed'),
  )
  const [member] = known
  if (!member) return insertMember(tx, actor, { userId, name, email })
  if (member.status === 'suspended') {
    refuse('forbidden', 'people.suspended', { detail: 'This access is suspended. An admin can restore it.' })
  }
  if (member.status === 'active' && member.userId === userId) refuseMember()
  if (member.status === 'removed') await revokeAllGrants(tx, member.id)
  await readmit(tx, member.id, userId, email)
  return member.id
}

const refuseUnknownPerson = () =>
  refuse('unauthenticated', 'people.sign_in_to_accept', {
    detail: 'There is an account with this address. Sign in with it, then accept.',
  })

const refuseIncomplete = (field: 'name' | 'password') =>
  refuse('invalid', 'people.account_incomplete', {
    detail: 'A new account needs a name and a password.',
    errors: [{ path: `body.${field}`, code: 'people.account_incomplete', message: 'Needed for a new account.' }],
  })
