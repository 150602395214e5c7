import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../facts.ts'
import type { MemberChange } from '../member.ts'
import { authorityOf, demandAbove, keepAnAdmin } from './authority.ts'
import { deletePushOf } from './push/store-own-push.ts'
import { lockMember, type MemberRow, updateMember } from './store.ts'
import { grantsOfMember, lockOrganization } from './store-grants.ts'

/**
 * Renames someone, suspends them, lets them back in, or removes them. Acts on their open sessions and sockets within
 * seconds. What they recorded stays under their name.
 */
export async function changeMember(tx: Tx, actor: Actor, id: string, change: MemberChange): Promise<MemberRow> {
  demand(actor, 'people.manage')
  if (change.status && id === actor.id) {
    refuse('conflict', 'people.not_oneself', { detail: 'Nobody shuts themselves out. Ask another admin.' })
  }
  await lockOrganization(tx, actor)
  const member = (await lockMember(tx, actor, id)) ?? notFound()
  const theirs = await grantsOfMember(tx, actor, id)
  demandAbove(await authorityOf(tx, actor, theirs), theirs)
  if (change.email !== undefined && member.userId !== null && change.email !== member.email) refuseEmail()

  const changed = { ...member, ...given(change) }
  await updateMember(tx, changed)
  const isAdmin = theirs.some(({ role }) => role === 'org:admin')
  if (changed.status !== 'active') await deletePushOf(tx, id)
  if (isAdmin && member.status === 'active' && changed.status !== 'active') await keepAnAdmin(tx, actor)
  await recordEvent(tx, { name: 'people.member_changed', subjectId: id, ...difference(member, changed) })
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId: id })
  return changed
}

const refuseEmail = () =>
  refuse('conflict', 'people.email_of_account', {
    detail: 'This is the address they sign in with. Only they can change it.',
    errors: [{ path: 'body.email', code: 'people.email_of_account', message: 'Leave the email as it is.' }],
  })

const given = (change: MemberChange): Partial<MemberRow> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

/** Before and after, of the fields that differ. */
function difference<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } {
  const fields = (Object.keys(after) as (keyof T)[]).filter((field) => before[field] !== after[field])
  const only = (row: T) => Object.fromEntries(fields.map((field) => [field, row[field]])) as Partial<T>
  return { before: only(before), after: only(after) }
}
