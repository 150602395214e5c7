import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { INVITATION_DAYS, type Invitation, type InvitationState } from '../invitation.ts'
import type { Grant } from '../reach.ts'
import type { Role } from '../role-schema.ts'
import { memberIdOf } from './store.ts'
import { asking } from './store-asking.ts'

const STATE = `case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
                    when i.expires_at <= now() then 'expired' else 'open' end`

const VIEW = `
  select i.id, i.email, i.role, i.role_id as "roleId", r.name as "roleName", i.group_id as "groupId",
         i.location_id as "locationId", coalesce(l.name, b.name) as "placeName",
         json_build_object('id', m.id, 'name', m.name) as "invitedBy", i.created_at as "createdAt",
         i.expires_at as "expiresAt", i.mailed_at is not null as mailed, ${STATE} as state
    from invitations i
    join members m on m.tenant_id = i.tenant_id and m.id = i.invited_by
    left join roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
    left join location_groups b on b.tenant_id = i.tenant_id and b.id = i.group_id
    left join locations l on l.tenant_id = i.tenant_id and l.id = i.location_id
   where i.tenant_id = $1 and i.organization_id = $2`

/** Of a state, newest first: one's own, and those at locations in `$5` (null: all). */
export const INVITATIONS = `${VIEW}
     and ${STATE} = $3 and ($4::uuid is null or i.id < $4)
     and ($5::uuid[] is null or i.location_id = any ($5) or i.invited_by = $6)
   order by i.id desc limit $7`

const INVITATION = `${VIEW} and i.id = $3`

export async function invitationById(tx: ReadTx, actor: Actor, id: string): Promise<Invitation | undefined> {
  return (await tx.query<Invitation>(INVITATION, [actor.tenantId, actor.organizationId, id]))[0]
}

export type InvitationRow = {
  id: string
  email: string
  role: Role | null
  roleId: string | null
  groupId: string | null
  locationId: string | null
  /** Of a role of the organization's own. */
  permissions: string[] | null
  invitedBy: string
  mailed: boolean
  state: InvitationState
}

const ROW = `
  select i.id, i.email, i.role, i.role_id as "roleId", i.group_id as "groupId", i.location_id as "locationId",
         r.permissions, i.invited_by as "invitedBy", i.mailed_at is not null as mailed, ${STATE} as state
    from invitations i left join roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
   where i.organization_id = $1`

export async function lockInvitation(tx: Tx, { organizationId }: Actor, id: string) {
  return (await tx.query<InvitationRow>(`${ROW} and i.id = $2 for no key update of i`, [organizationId, id]))[0]
}

/** The one that the unique index lets stand for an address, expired or not. */
export async function lockStandingInvitation(tx: Tx, { organizationId }: Actor, email: string) {
  return (
    await tx.query<InvitationRow>(
      `${ROW} and i.email = $2 and i.accepted_at is null and i.revoked_at is null for no key update of i`,
      [organizationId, email],
    )
  )[0]
}

export async function insertInvitation(
  tx: Tx,
  actor: Actor,
  email: string,
  { role, roleId, groupId, locationId }: Grant,
  tokenHash: Buffer,
): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into invitations (organization_id, email, role, role_id, group_id, location_id, token_hash, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => ${INVITATION_DAYS})) returning id`,
    [
      actor.organizationId,
      email,
      role ?? null,
      roleId ?? null,
      groupId ?? null,
      locationId ?? null,
      tokenHash,
      memberIdOf(actor),
    ],
  )
  return (made as { id: string }).id
}

export const replaceToken = (tx: Tx, id: string, tokenHash: Buffer) =>
  tx.query(
    `update invitations set token_hash = $2, mailed_at = null, expires_at = now() + make_interval(days => ${INVITATION_DAYS})
      where id = $1`,
    [id, tokenHash],
  )

export const noteMailed = (tx: Tx, id: string, tokenHash: Buffer) =>
  tx.query('update invitations set mailed_at = now() where id = $1 and token_hash = $2', [id, tokenHash])

export const revokeInvitationRow = (tx: Tx, actor: Actor, id: string) =>
  tx.query('update invitations set revoked_at = now(), revoked_by = $2 where id = $1', [id, memberIdOf(actor)])

export const noteAccepted = (tx: Tx, id: string, memberId: string) =>
  tx.query('update invitations set accepted_at = now(), accepted_by = $2 where id = $1', [id, memberId])

export type KnownMember = { id: string; userId: string | null; status: 'active' | 'suspended' | 'removed' }

/** Who goes by this address, or has this account, in the organization; those who left come last. */
export const lockKnownMembers = (tx: Tx, { organizationId }: Actor, email: string, userId: string | null) =>
  tx.query<KnownMember>(
    `select id, user_id as "userId", status from members
      where organization_id = $1 and (lower(email) = $2 or user_id = $3)
      order by user_id is not distinct from $3 desc, status, id for no key update`,
    [organizationId, email, userId],
  )

/** Someone without an account gets one, or someone who left comes back. */
export const readmit = (tx: Tx, id: string, userId: string, email: string) =>
  tx.query(
    `update members set user_id = $2, email = $3, status = 'active'
      where id = $1 and (user_id is null or user_id = $2)`,
    [id, userId, email],
  )

/** What someone held before they left is not what they come back to. */
export const revokeAllGrants = (tx: Tx, memberId: string) =>
  tx.query('update role_grants set revoked_at = now() where member_id = $1 and revoked_at is null', [memberId])

/** Whose invitation this is, before a tenant is known; as opsflow_auth. */
export async function invitationByToken(pool: pg.Pool, tokenHash: Buffer) {
  const [found] = await asking(pool)<{ id: string; tenantId: string; organizationId: string }>(
    'select id, tenant_id as "tenantId", organization_id as "organizationId" from invitations where token_hash = $1',
    [tokenHash],
    'invitation-by-token',
  )
  return found
}
