import { type Actor, demand } from '@opsflow/platform/actor'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { memberChanged } from '../facts.ts'
import type { Grant } from '../reach.ts'
import { authorityOf, demandGrant } from './authority.ts'
import { addGrant, demandMayGrant } from './grant-role.ts'
import { insertMember } from './store.ts'
import { lockOrganization } from './store-grants.ts'

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
  const { grants, ...person } = member
  await lockOrganization(tx, actor)
  const authority = await authorityOf(tx, actor, grants)
  // Someone without a place belongs to nobody's store: that is for those who decide for all of them.
  if (grants.length === 0) demandGrant(authority, [], {})
  for (const grant of grants) await demandMayGrant(tx, actor, authority, grant)
  const id = await storeMember(tx, actor, person)
  for (const grant of grants) await addGrant(tx, actor, id, grant)
  return { id }
}

/** Stores someone who may be added. */
export async function storeMember(tx: Tx, actor: Actor, person: Omit<NewMember, 'grants'>): Promise<string> {
  const id = await insertMember(tx, actor, person)
  await recordEvent(tx, {
    name: 'people.member_added',
    subjectId: id,
    after: { name: person.name, email: person.email },
  })
  await tx.emit(memberChanged, { organizationId: actor.organizationId, memberId: id })
  return id
}
