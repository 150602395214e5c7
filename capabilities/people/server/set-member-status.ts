import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../facts.ts'
import type { MemberStatus } from '../member.ts'
import { lockMember, updateMemberStatus } from './store.ts'

/** Suspends someone, lets them back in, or removes them. Acts on their open sessions and sockets within seconds. */
export async function setMemberStatus(tx: Tx, actor: Actor, memberId: string, status: MemberStatus): Promise<void> {
  demand(actor, 'people.manage')
  if (memberId === actor.id) {
    refuse('conflict', 'people.not_oneself', { detail: 'Nobody shuts themselves out. Ask another admin.' })
  }
  if (!(await lockMember(tx, actor, memberId))) notFound()
  await updateMemberStatus(tx, memberId, status)
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId })
}
