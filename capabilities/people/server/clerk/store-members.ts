import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { MemberStatus } from '../../member.ts'

/** The member with this account, or else one without an account whom an admin knows by this address. */
export async function memberForAccount(tx: Tx, { tenantId, organizationId }: Actor, userId: string, email: string) {
  const [member] = await tx.query<{ id: string; userId: string | null; status: MemberStatus }>(
    `select id, user_id as "userId", status from members
      where tenant_id = $1 and organization_id = $2
        and (user_id = $3 or (user_id is null and lower(email) = $4 and status <> 'removed'))
      order by user_id nulls last, id limit 1`,
    [tenantId, organizationId, userId, email],
  )
  return member
}

export const claimMember = (tx: Tx, id: string, userId: string) =>
  tx.query('update members set user_id = $2 where id = $1', [id, userId])

export const renameOrganization = (tx: Tx, { organizationId }: Actor, name: string) =>
  tx.query<{ before: string }>(
    `update organizations o set name = $2 from organizations before
      where o.id = $1 and before.id = o.id and before.tenant_id = o.tenant_id and o.name <> $2
      returning before.name as before`,
    [organizationId, name],
  )
