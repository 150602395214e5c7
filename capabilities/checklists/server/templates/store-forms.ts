import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { asUsedAt, type ChecklistForm, type LocalChanges } from '../../form.ts'
import type { TemplateContent } from '../../template.ts'

type FormRow = Omit<ChecklistForm, 'content'> & { content: TemplateContent; changes: LocalChanges }

const FORMS = `
  select f.id, f.location_id as "locationId", f.template_id as "templateId", f.version, v.name, v.category, v.content, f.changes
    from checklist_forms f
    join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
   where f.tenant_id = (select app.tenant())`

/** As each is used at its location: with that location's own changes in it. */
export async function readForms(tx: ReadTx, ids: readonly string[]): Promise<ChecklistForm[]> {
  const rows = await tx.query<FormRow>(`${FORMS} and f.id = any ($1::uuid[])`, [ids])
  return rows.map(({ content, changes, ...form }) => ({ ...form, content: asUsedAt(content, changes) }))
}

export type FormPlace = { locationId: string; templateId: string }
export type FormId = FormPlace & { id: string; version: number }

/** What each place would use now: the version in use, and the location's changes as they are. */
const IN_USE = `
  select w.location_id, w.template_id, t.published_version as version,
         coalesce(l.revision, 0) as local_revision, coalesce(l.changes, '{}'::jsonb) as changes
    from unnest($1::uuid[], $2::uuid[]) as w (location_id, template_id)
    join checklist_templates t on t.tenant_id = (select app.tenant()) and t.id = w.template_id
    left join checklist_local_changes l
      on l.tenant_id = t.tenant_id and l.template_id = t.id and l.location_id = w.location_id
   where t.published_version is not null and t.archived_at is null`

/** Makes the forms that are missing. Answers one for each place whose template is in use; two at once make one. */
export async function ensureForms(tx: Tx, places: readonly FormPlace[]): Promise<FormId[]> {
  const params = [places.map(({ locationId }) => locationId), places.map(({ templateId }) => templateId)]
  await tx.query(
    `insert into checklist_forms (location_id, template_id, version, local_revision, changes)
     select distinct on (1, 2) * from (${IN_USE}) u
      where not exists (select from checklist_forms f
                         where f.tenant_id = (select app.tenant()) and f.location_id = u.location_id
                           and f.template_id = u.template_id and f.version = u.version
                           and f.local_revision = u.local_revision)
     on conflict do nothing`,
    params,
  )
  return tx.query<FormId>(
    `select distinct f.id, f.location_id as "locationId", f.template_id as "templateId", f.version
       from (${IN_USE}) u join checklist_forms f
         on f.tenant_id = (select app.tenant()) and f.location_id = u.location_id and f.template_id = u.template_id
        and f.version = u.version and f.local_revision = u.local_revision`,
    params,
  )
}

/** Where a checklist of this template waits that nobody has begun. */
export async function locationsWithOpen(tx: ReadTx, templateId: string, locationId: string | null): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct c.location_id as id from checklists c
       join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
      where c.tenant_id = (select app.tenant()) and c.status = 'open' and f.template_id = $1
        and ($2::uuid is null or c.location_id = $2)`,
    [templateId, locationId],
  )
  return rows.map(({ id }) => id)
}

/** What nobody has begun is done as it is asked now. What was begun stays as it was begun. */
export async function repin(tx: Tx, forms: readonly FormId[]): Promise<void> {
  await tx.query(
    `update checklists c set form_id = n.id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n (id, location_id, template_id)
       join checklist_forms o
         on o.tenant_id = (select app.tenant()) and o.location_id = n.location_id and o.template_id = n.template_id
      where c.tenant_id = (select app.tenant()) and c.location_id = n.location_id and c.form_id = o.id
        and o.id <> n.id and c.status = 'open'`,
    [forms.map(({ id }) => id), forms.map(({ locationId }) => locationId), forms.map(({ templateId }) => templateId)],
  )
}
