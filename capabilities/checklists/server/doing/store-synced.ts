import type { ReadTx } from '@opsflow/platform/server/tenant'

const OPEN = `('open', 'in_progress')`
const HERE = `tenant_id = (select app.tenant()) and id = any ($1::uuid[])`

/** Of these, the ones on which nothing is to be done any more. */
export const endedChecklists = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  idsOf(await tx.query(`select id from checklists where ${HERE} and status not in ${OPEN}`, [ids]))

/** Of these, the ones whose checklist ended at least three days ago: its row leaves with them. */
export const answersOfEnded = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  idsOf(
    await tx.query(
      `select a.id from checklist_answers a
         join checklists c on c.tenant_id = a.tenant_id and c.location_id = a.location_id and c.id = a.checklist_id
        where a.tenant_id = (select app.tenant()) and a.id = any ($1::uuid[]) and c.status not in ${OPEN}
          and coalesce(c.completed_at, c.missed_at, c.created_at) < now() - interval '3 days'`,
      [ids],
    ),
  )

/** Of these forms, the ones that a newer one of the same template has replaced and no checklist waits for. */
export const replacedForms = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  idsOf(
    await tx.query(
      `select f.id from checklist_forms f
         join checklist_templates t on t.tenant_id = f.tenant_id and t.id = f.template_id
        where f.tenant_id = (select app.tenant()) and f.id = any ($1::uuid[])
          and (t.archived_at is not null
               or exists (select from checklist_forms n
                           where n.tenant_id = f.tenant_id and n.location_id = f.location_id and n.template_id = f.template_id
                             and n.id <> f.id and n.created_at > f.created_at))
          and not exists (select from checklists c
                           where c.tenant_id = f.tenant_id and c.location_id = f.location_id and c.form_id = f.id
                             and (c.status in ${OPEN} or c.created_at > now() - interval '3 days'))`,
      [ids],
    ),
  )

const idsOf = (rows: readonly unknown[]) => (rows as { id: string }[]).map(({ id }) => id)
