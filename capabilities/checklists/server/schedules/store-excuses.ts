import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Checklist, PastExcuse } from '../../checklist.ts'

export const insertExcuse = (
  tx: Tx,
  { id, locationId }: Pick<Checklist, 'id' | 'locationId'>,
  reason: string,
  by: string | null,
) =>
  tx.query(`insert into checklist_excuses (location_id, checklist_id, reason, excused_by) values ($1, $2, $3, $4)`, [
    ...[locationId, id, reason, by],
  ])

/** Is there one to end? */
export const endExcuse = async (tx: Tx, checklistId: string, by: string | null): Promise<boolean> =>
  (
    await tx.query(
      `update checklist_excuses set taken_back_at = now(), taken_back_by = $2
        where tenant_id = (select app.tenant()) and checklist_id = $1 and taken_back_at is null returning id`,
      [checklistId, by],
    )
  ).length > 0

export const excusesOfChecklist = (tx: ReadTx, checklistId: string) =>
  tx.query<PastExcuse>(
    `select case when x.excused_by is not null then jsonb_build_object('id', m.id, 'name', m.name) end as by,
            x.excused_at as at, x.reason,
            case when x.taken_back_by is not null then jsonb_build_object('id', b.id, 'name', b.name) end as "takenBackBy",
            x.taken_back_at as "takenBackAt"
       from checklist_excuses x
       left join members m on m.tenant_id = x.tenant_id and m.id = x.excused_by
       left join members b on b.tenant_id = x.tenant_id and b.id = x.taken_back_by
      where x.tenant_id = (select app.tenant()) and x.checklist_id = $1 order by x.excused_at desc, x.id desc`,
    [checklistId],
  )
