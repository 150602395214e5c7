import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { PlannedAudit } from '../../view-routes.ts'
import { EXCUSES, outcomeSql } from './outcome-sql.ts'
import type { Span } from './store-views.ts'

/** Templates that are audits by what is in use now. */
export const auditTemplates = async (tx: ReadTx): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select t.id from checklist_templates t
         join checklist_template_versions v
           on v.tenant_id = t.tenant_id and v.template_id = t.id and v.version = t.published_version
        where t.tenant_id = (select app.tenant()) and jsonb_typeof(v.content -> 'scoring') = 'object'`,
    )
  ).map(({ id }) => id)

/** Checklists of versions with a score, and of those that are done what they came to last. */
export const auditsOn = (tx: ReadTx, { from, to, locationIds }: Span, rows: number) =>
  tx.query<PlannedAudit>(
    `with scored as materialized (
       select template_id, version, name from checklist_template_versions
        where tenant_id = (select app.tenant()) and jsonb_typeof(content -> 'scoring') = 'object')
     select c.location_id as "locationId", f.template_id as "templateId", v.name, to_char(c.day, 'YYYY-MM-DD') as day,
            c.due_at as "dueAt", c.id as "checklistId", ${outcomeSql} as state,
            case when a.id is not null then json_build_object('scheme', a.scheme, 'status', a.status,
              'compliance', a.compliance_score::float8, 'grade', a.grade, 'outcome', a.score -> 'outcome',
              'found', jsonb_array_length(a.score -> 'costs')) end as came
       from checklists c
       join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
       join scored v on v.template_id = f.template_id and v.version = f.version ${EXCUSES}
       left join lateral (
         select id, scheme, status, compliance_score, grade, score from audits a
          where a.tenant_id = c.tenant_id and a.location_id = c.location_id and a.checklist_id = c.id and c.status = 'completed'
          order by a.received_at desc, a.id desc limit 1) a on true
      where c.tenant_id = (select app.tenant()) and c.location_id = any ($1::uuid[]) and c.day between $2::date and $3::date
        and c.status <> 'withdrawn'
      order by c.day, c.id limit ${rows}`,
    [locationIds, from, to],
  )
