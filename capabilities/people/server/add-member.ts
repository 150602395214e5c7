import { type Actor, demand } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../facts.ts'
import type { Grant } from '../reach.ts'
import { grantRole } from './grant-role.ts'

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
  const [added] = await tx.query<{ id: string }>(
    'insert into members (organization_id, user_id, name, email) values ($1, $2, $3, $4) returning id',
    [actor.organizationId, member.userId, member.name, member.email],
  )
  const { id } = added as { id: string }
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId: id })
  for (const grant of member.grants) await grantRole(tx, actor, id, grant)
  return { id }
}
