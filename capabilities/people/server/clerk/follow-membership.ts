import type { Actor } from '@opsflow/platform/actor'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../../facts.ts'
import type { Role } from '../../role-schema.ts'
import { ROLES } from '../../roles.ts'
import { insertMember, lockMember, updateMemberStatus } from '../store.ts'
import { insertGrant, lockOrganization, revokeEverywhere } from '../store-grants.ts'
import type { Unsettled } from './store.ts'
import { claimMember, memberForAccount } from './store-members.ts'

/**
 * Brings a member in line with what Clerk last said of them, by `systemActor(…, 'clerk')`. Clerk decides who belongs
 * and gives one role in the whole organization; every other grant is ours and stays. Someone suspended here stays
 * suspended. Returns the role that is now granted for Clerk's; null for one that OpsFlow does not know.
 */
export async function followMembership(tx: Tx, actor: Actor, said: Unsettled): Promise<Role | null> {
  const granted = isRole(said.grantedRole) ? said.grantedRole : null
  await lockOrganization(tx, actor)
  const known = await memberForAccount(tx, actor, said.userId, said.email)
  if (said.isDeleted) {
    if (known && known.userId === said.userId) await leave(tx, actor, known, granted)
    return null
  }
  const memberId = known?.id ?? (await insertMember(tx, actor, said))
  if (known && !(await lockMember(tx, actor, known.id))) throw new Error('a member vanished')
  if (known && known.userId === null) await claimMember(tx, known.id, said.userId)
  if (known?.status === 'removed') await updateMemberStatus(tx, known.id, 'active')

  const wanted = isRole(said.role) ? said.role : null
  if (wanted !== granted || known?.status === 'removed') {
    if (granted && granted !== wanted) await revokeEverywhere(tx, actor, memberId, granted)
    if (wanted) await insertGrant(tx, actor, memberId, { role: wanted })
  }
  await recordEvent(tx, {
    name: known ? 'people.clerk_membership_changed' : 'people.clerk_membership_added',
    subjectId: memberId,
    before: known ? { role: granted, status: known.status } : null,
    after: { role: wanted, email: said.email },
  })
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId })
  return wanted
}

/** Clerk's word ends the membership, whoever it is: someone gone from there can no longer sign in here. */
async function leave(tx: Tx, actor: Actor, member: { id: string; status: string }, granted: Role | null) {
  if (!(await lockMember(tx, actor, member.id))) return
  if (granted) await revokeEverywhere(tx, actor, member.id, granted)
  if (member.status === 'removed') return
  await updateMemberStatus(tx, member.id, 'removed')
  await recordEvent(tx, {
    name: 'people.clerk_membership_ended',
    subjectId: member.id,
    before: { role: granted, status: member.status },
    after: { status: 'removed' },
  })
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId: member.id })
}

const isRole = (name: string | null): name is Role => (ROLES as readonly (string | null)[]).includes(name)
