import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { ChecklistOutcome } from '../../view-routes.ts'
import { outcomeRows } from './store-views.ts'

/** A checklist as a report over a time tells of it. */
export type ReportedChecklist = ChecklistOutcome & {
  /** By a second person, as it stands. */
  verifiedBy: string | null
  verifiedAt: string | null
  /** It asks for a second person, is completed, and nobody has verified it. */
  awaitsVerification: boolean
  /** Photos that an answer named, and that have neither arrived nor been done without. */
  photosMissing: number
}

/** Every checklist of a location's business days, the earliest first, with what its record lacks. At most `most`. */
export async function reportChecklists(
  tx: ReadTx,
  { locationId, from, to }: { locationId: string; from: string; to: string },
  most: number,
): Promise<ReportedChecklist[]> {
  const { sql, params = [] } = outcomeRows(tx.actor, { from, to, locationIds: [locationId] }, most)
  const rows = (await tx.query<ChecklistOutcome>(sql, params)).reverse()
  const lacks = new Map(
    (
      await tx.query<{
        id: string
        needs: boolean
        meaning: string | null
        by: string | null
        at: string
        missing: number
      }>(
        `select c.id, coalesce((v.content ->> 'needsVerification')::boolean, false) as needs, s.meaning, m.name as by, s.signed_at as at,
                (select count(*) from checklist_answers a
                   join evidence e on e.tenant_id = a.tenant_id and e.owner_kind = 'checklist_answer' and e.owner_id = a.id
                  where a.tenant_id = c.tenant_id and a.checklist_id = c.id
                    and e.arrived_at is null and e.waived_at is null)::int as missing
           from checklists c
           join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
           join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
           left join lateral (select s.meaning, s.signed_at, s.signed_by from checklist_sign_offs s
                               where s.tenant_id = c.tenant_id and s.checklist_id = c.id and s.meaning <> 'performed'
                               order by s.signed_at desc, s.id desc limit 1) s on true
           left join members m on m.tenant_id = c.tenant_id and m.id = s.signed_by
          where c.tenant_id = (select app.tenant()) and c.id = any ($1::uuid[])`,
        [rows.map(({ id }) => id)],
      )
    ).map((one) => [one.id, one]),
  )
  return rows.map((row) => {
    const { needs, meaning, by, at, missing } = lacks.get(row.id) ?? nothing
    const isVerified = meaning === 'verified' && row.completedAt !== null
    return {
      ...row,
      verifiedBy: isVerified ? by : null,
      verifiedAt: isVerified ? at : null,
      awaitsVerification: needs && row.completedAt !== null && !isVerified,
      photosMissing: missing,
    }
  })
}

const nothing = { needs: false, meaning: null, by: null, at: null, missing: 0 }
