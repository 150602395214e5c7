import { type Actor, demand } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../facts.ts'
import type { Grant } from '../reach.ts'
import { grantRole } from './grant-role.ts'
import { insertMember } from './store.ts'

export type NewMember = {
  /** The account they sign in with; null for people without one. */
  userId: string | null
  name: string
  email: string | null
  grants: readonly Grant[]
}

/** Someone joins the actor's organization, with what they may do where. */
export async function addMember(tx: Tx, actor: Actor, member: NewMember): Promise<{ id: string }> {
  demand(actor, 'people.manage')
  const id = await insertMember(tx, actor, member)
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId: id })
  for (const grant of member.grants) await grantRole(tx, actor, id, grant)
  return { id }
}
