import type { z } from 'zod'
import type { Outcome, TimeQuality } from '../../sync.ts'
import type { SetAside } from '../../sync-review.ts'
import type { ReadTx, Tx } from '../tenant.ts'

export type SetAsideRow = Omit<SetAside, 'timeQuality'> & {
  locationId: string | null
  version: number
  mid: number
  timeQuality: TimeQuality
  outcome: z.infer<typeof Outcome>
}

const named = (id: string, name: string) =>
  `case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`

const SET_ASIDE = `
  select q.id, q.mid, q.name, q.version, q.args, q.location_id as "locationId", q.outcome,
         ${named('l.id', 'l.name')} as location, ${named('m.id', 'm.name')} as by, ${named('k.id', 'k.name')} as kiosk,
         q.occurred_at as "occurredAt", q.received_at as "receivedAt", q.time_quality as "timeQuality",
         q.device ->> 'at' as "deviceAt", q.code, q.detail,
         case when r.id is not null then jsonb_build_object('kind', r.decision, 'reason', r.reason,
                'by', ${named('d.id', 'd.name')}, 'at', r.decided_at, 'outcome', r.outcome) end as decision
    from sync_mutations q
    left join sync_reviews r on r.tenant_id = q.tenant_id and r.id = q.id
    left join locations l on l.tenant_id = q.tenant_id and l.id = q.location_id
    left join members m on m.tenant_id = q.tenant_id and m.id = q.member_id
    left join members d on d.tenant_id = q.tenant_id and d.id = r.decided_by
    left join kiosks k on k.tenant_id = q.tenant_id and k.id = q.kiosk_id
   where q.tenant_id = (select app.tenant()) and q.organization_id = $1`

export type ReviewFilter = {
  isDecided: boolean
  locationId: string | null
  after: readonly [occurredAt: string, mid: number, id: string] | null
}

/** The oldest first; of one push in the order in which it was done. */
export async function listSetAside(tx: ReadTx, filter: ReviewFilter, limit: number): Promise<SetAsideRow[]> {
  return tx.query<SetAsideRow>(
    `${SET_ASIDE} and q.outcome = 'quarantined' and (r.id is not null) = $2
        and ($3::uuid is null or q.location_id = $3 or q.location_id is null)
        and ($4::timestamptz is null or (q.occurred_at, q.mid, q.id) > ($4::timestamptz, $5::bigint, $6::uuid))
      order by q.occurred_at, q.mid, q.id limit ${Math.trunc(limit) + 1}`,
    [tx.actor.organizationId, filter.isDecided, filter.locationId, ...(filter.after ?? [null, null, null])],
  )
}

export async function readSent(tx: ReadTx, id: string): Promise<SetAsideRow | undefined> {
  return (await tx.query<SetAsideRow>(`${SET_ASIDE} and q.id = $2`, [tx.actor.organizationId, id]))[0]
}

export type Review = {
  id: string
  locationId: string | null
  decision: 'accepted' | 'rejected' | 'discarded'
  reason: string
  by: string | null
}

/** False when it was decided already: of two who decide at once one is told. */
export async function insertReview(tx: Tx, { id, locationId, decision, reason, by }: Review): Promise<boolean> {
  const inserted = await tx.query(
    `insert into sync_reviews (id, organization_id, location_id, decision, reason, decided_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
    [id, tx.actor.organizationId, locationId, decision, reason, by],
  )
  return inserted.length === 1
}

export async function setReviewOutcome(tx: Tx, id: string, outcome: 'applied' | 'superseded') {
  await tx.query('update sync_reviews set outcome = $2 where tenant_id = (select app.tenant()) and id = $1', [
    id,
    outcome,
  ])
}
