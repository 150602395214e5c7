import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { MemberStatus } from '../member.ts'
import type { Words } from '../people-csv.ts'

export type KnownPerson = { id: string; name: string; email: string | null; status: MemberStatus }

/** Everyone who is or was with the organization and may come back. */
export const peopleOf = (tx: ReadTx, { organizationId }: Actor) =>
  tx.query<KnownPerson>(
    `select id, name, email, status from members where organization_id = $1 and status <> 'removed' order by name, id`,
    [organizationId],
  )

/** The names that a file may use. */
export async function wordsOf(tx: ReadTx, { organizationId }: Actor): Promise<Words> {
  const roles = await tx.query<Words['roles'][number]>(
    'select id, name from roles where organization_id = $1 and archived_at is null',
    [organizationId],
  )
  const groups = await tx.query<Words['groups'][number]>(
    'select id, parent_id as "parentId", name from location_groups where organization_id = $1 and archived_at is null',
    [organizationId],
  )
  const locations = await tx.query<Words['locations'][number]>(
    'select id, name, code from locations where organization_id = $1 and closed_at is null',
    [organizationId],
  )
  return { roles, groups, locations }
}
