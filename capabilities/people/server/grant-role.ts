import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { grantChanged } from '../facts.ts'
import type { Grant } from '../reach.ts'
import { lockMember } from './store.ts'

/** Binds a role to a place for a member. Granting what already stands changes nothing. */
export async function grantRole(tx: Tx, actor: Actor, memberId: string, { role, locationId }: Grant): Promise<void> {
  demand(actor, 'people.manage')
  if (role === 'org:admin' && locationId !== null) {
    refuse('invalid', 'people.admin_everywhere', { detail: 'An admin is admin of the whole organization.' })
  }
  if (!(await lockMember(tx, actor, memberId))) notFound()
  if (locationId !== null && !(await isOurLocation(tx, actor, locationId))) notFound()
  await tx.query(
    `insert into role_grants (member_id, role, location_id, granted_by)
     select $1, $2, $3, $4
      where not exists (select from role_grants where member_id = $1 and role = $2 and revoked_at is null
                           and location_id is not distinct from $3::uuid)`,
    [memberId, role, locationId, memberIdOf(actor)],
  )
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
}

/** Takes a role away, where it stands. */
export async function revokeRole(tx: Tx, actor: Actor, memberId: string, { role, locationId }: Grant): Promise<void> {
  demand(actor, 'people.manage')
  if (!(await lockMember(tx, actor, memberId))) notFound()
  const revoked = await tx.query(
    `update role_grants set revoked_at = now(), revoked_by = $4
      where member_id = $1 and role = $2 and location_id is not distinct from $3::uuid and revoked_at is null
      returning id`,
    [memberId, role, locationId, memberIdOf(actor)],
  )
  if (revoked.length === 0) notFound()
  await tx.emit(grantChanged, { organizationId: actor.organizationId, memberId })
}

const isOurLocation = async (tx: Tx, { organizationId }: Actor, locationId: string) =>
  (await tx.query('select from locations where id = $1 and organization_id = $2', [locationId, organizationId]))
    .length === 1

const memberIdOf = (actor: Actor) => (actor.kind === 'member' ? actor.id : null)
