import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Category, ChecklistTemplate, TemplateContent } from '../../template.ts'
import type { TemplateSummary, TemplateVersion, WholeVersion } from '../../template-records.ts'

/** As it is stored: who made it decides whose it is. */
export type TemplateRow = Omit<ChecklistTemplate, 'isMine'> & { createdBy: string | null }
export type SummaryRow = Omit<TemplateSummary, 'isMine'> & { createdBy: string | null }

const SUMMARY = `
  t.id, t.name, t.category, t.revision, t.published_version as "publishedVersion", t.is_changed as "isChanged",
  t.library_key as "libraryKey", t.created_by as "createdBy", t.created_at as "createdAt", t.updated_at as "updatedAt",
  t.archived_at as "archivedAt"`
const ITEMS = (content: string) => `jsonb_array_length(jsonb_path_query_array(${content}, '$.sections[*].items[*]'))`

const ONE = `
  select ${SUMMARY}, t.draft from checklist_templates t
   where t.tenant_id = (select app.tenant()) and t.organization_id = $1 and t.id = $2`

export async function readTemplate(tx: ReadTx, id: string): Promise<TemplateRow | undefined> {
  return (await tx.query<TemplateRow>(ONE, [tx.actor.organizationId, id]))[0]
}

export async function lockTemplate(tx: Tx, id: string): Promise<TemplateRow | undefined> {
  return (await tx.query<TemplateRow>(`${ONE} for no key update`, [tx.actor.organizationId, id]))[0]
}

export type TemplateFilter = {
  state: 'active' | 'archived' | 'any'
  category: Category | undefined
  after: readonly [string, string] | undefined
}

export function listTemplates(actor: Actor, { state, category, after }: TemplateFilter, limit: number): Statement {
  const where = new Where('t.tenant_id', actor.tenantId)
    .and('t.organization_id = ?', actor.organizationId)
    .andIf(state === 'active', 't.archived_at is null')
    .andIf(state === 'archived', 't.archived_at is not null')
    .and('t.category = ?', category)
    .and('(t.name, t.id) > (?, ?::uuid)', after?.[0], after?.[1])
  return {
    sql: `select ${SUMMARY}, ${ITEMS('t.draft')} as items from checklist_templates t
           where ${where} order by t.name, t.id limit ${rowsFor(limit)}`,
    params: where.params,
  }
}

type NewRow = { name: string; category: Category; draft: TemplateContent; libraryKey: string | null }

export async function insertTemplate(tx: Tx, made: NewRow): Promise<string> {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const [row] = await tx.query<{ id: string }>(
    `insert into checklist_templates (organization_id, name, category, draft, library_key, created_by)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [tx.actor.organizationId, made.name, made.category, JSON.stringify(made.draft), made.libraryKey, by],
  )
  return row?.id ?? ''
}

/** With the next revision. Whether it says something else than the version in use, the database compares. */
export async function storeTemplate(tx: Tx, template: TemplateRow): Promise<void> {
  await tx.query(
    `update checklist_templates t
        set name = $2, category = $3, draft = $4, published_version = $5, archived_at = $6, revision = revision + 1,
            updated_at = now(),
            is_changed = not exists (
              select from checklist_template_versions v
               where v.tenant_id = t.tenant_id and v.template_id = t.id and v.version = $5::int
                 and v.content = $4::jsonb and v.name = $2 and v.category = $3)
      where tenant_id = (select app.tenant()) and id = $1`,
    [
      template.id,
      template.name,
      template.category,
      JSON.stringify(template.draft),
      template.publishedVersion,
      template.archivedAt,
    ],
  )
}

export async function hasRunningSchedules(tx: ReadTx, templateId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from checklist_schedules
      where tenant_id = (select app.tenant()) and organization_id = $1 and template_id = $2 and ended_at is null limit 1`,
    [tx.actor.organizationId, templateId],
  )
  return rows.length > 0
}

type VersionRow = Omit<TemplateVersion, 'publishedBy'> & { byId: string | null; byName: string }

const VERSION = `
  v.id, v.template_id as "templateId", v.version, v.name, v.category, ${ITEMS('v.content')} as items, v.note,
  v.published_at as "publishedAt", v.published_by as "byId", m.name as "byName"`
const VERSIONS = `
  checklist_template_versions v
  join checklist_templates t on t.tenant_id = v.tenant_id and t.id = v.template_id
  left join members m on m.tenant_id = v.tenant_id and m.id = v.published_by
  where v.tenant_id = (select app.tenant()) and t.organization_id = $1`

const versionOf = <Row extends VersionRow>({ byId, byName, ...row }: Row) => ({
  ...row,
  publishedBy: byId === null ? null : { id: byId, name: byName },
})

export async function listVersions(tx: ReadTx, templateId: string, below: number | null, limit: number) {
  const rows = await tx.query<VersionRow>(
    `select ${VERSION} from ${VERSIONS} and v.template_id = $2 and ($3::bigint is null or v.version < $3)
      order by v.version desc limit ${rowsFor(limit)}`,
    [tx.actor.organizationId, templateId, below],
  )
  return rows.map(versionOf)
}

type WholeRow = VersionRow & { content: TemplateContent }

export async function readVersion(tx: ReadTx, templateId: string, version: number): Promise<WholeVersion | undefined> {
  const rows = await tx.query<WholeRow>(
    `select ${VERSION}, v.content from ${VERSIONS} and v.template_id = $2 and v.version = $3`,
    [tx.actor.organizationId, templateId, version],
  )
  return rows.map(versionOf)[0]
}

export async function readVersionById(tx: ReadTx, id: string): Promise<WholeVersion | undefined> {
  const rows = await tx.query<WholeRow>(`select ${VERSION}, v.content from ${VERSIONS} and v.id = $2`, [
    tx.actor.organizationId,
    id,
  ])
  return rows.map(versionOf)[0]
}

/** Frozen under the number after the latest, which is answered. */
export async function insertVersion(
  tx: Tx,
  templateId: string,
  frozen: { name: string; category: string; content: TemplateContent; note: string },
): Promise<number> {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const [row] = await tx.query<{ version: number }>(
    `insert into checklist_template_versions (template_id, version, name, category, content, note, published_by)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6::uuid from checklist_template_versions
      where tenant_id = (select app.tenant()) and template_id = $1
     returning version`,
    [templateId, frozen.name, frozen.category, JSON.stringify(frozen.content), frozen.note, by],
  )
  return row?.version ?? 0
}

export async function latestVersion(tx: ReadTx, templateId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from checklist_template_versions
      where tenant_id = (select app.tenant()) and template_id = $1`,
    [templateId],
  )
  return row?.version ?? 0
}
