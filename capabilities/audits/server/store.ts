import type { Actor } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { Where } from '@opsflow/platform/server/where'
import type { Audit } from '../audit.ts'
import type { Score } from '../score.ts'

const AUDITS = `
  select a.id, a.location_id as "locationId", a.checklist_id as "checklistId", a.template_id as "templateId", a.version, v.name,
         a.audit_type as "auditType", to_char(a.audit_date, 'YYYY-MM-DD') as "auditDate", a.scheme, a.status,
         a.compliance_score::float8 as "complianceScore", a.grade, a.score, a.scored_at as "scoredAt",
         case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "scoredBy",
         (select case when bool_or(p.verdict = 'here') then 'here' when count(*) > 0 then 'not_here' else 'not_shown' end
            from checklist_presences p
           where p.tenant_id = a.tenant_id and p.checklist_id = a.checklist_id) as presence
    from audits a
    join checklist_template_versions v
      on v.tenant_id = a.tenant_id and v.template_id = a.template_id and v.version = a.version
    left join members m on m.tenant_id = a.tenant_id and m.id = a.scored_by`

export type AuditFilter = {
  locationId?: string | undefined
  templateId?: string | undefined
  checklistId?: string | undefined
  auditType?: string | undefined
  status?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: readonly [auditDate: string, id: string] | null | undefined
}

/** What stands: of a checklist that is completed, what it came to last. Of one checklist: all it ever came to. */
const STANDS = `
  exists (select from checklists c where c.tenant_id = a.tenant_id and c.id = a.checklist_id and c.status = 'completed')
  and not exists (select from audits n where n.tenant_id = a.tenant_id and n.checklist_id = a.checklist_id
                     and (n.received_at, n.id) > (a.received_at, a.id))`

export function listAudits({ tenantId }: Actor, filter: AuditFilter, rows: number): Statement {
  const where = new Where('a.tenant_id', tenantId)
    .and('a.location_id = ?', filter.locationId)
    .and('a.template_id = ?', filter.templateId)
    .and('a.checklist_id = ?', filter.checklistId)
    .and('a.audit_type = ?', filter.auditType)
    .and('a.status = ?', filter.status)
    .and('a.audit_date >= ?', filter.from)
    .and('a.audit_date <= ?', filter.to)
    .and('(a.audit_date, a.id) < (?, ?)', filter.after?.[0], filter.after?.[1])
    .andIf(filter.checklistId === undefined, STANDS)
  return {
    sql: `${AUDITS} where ${where} order by a.audit_date desc, a.id desc limit ${rows}`,
    params: where.params,
  }
}

/** By location: what stands of a time, where the scheme knows a percentage. */
export function leagueRows(
  { tenantId }: Pick<Actor, 'tenantId'>,
  { from, to, templateId, auditType }: Pick<AuditFilter, 'templateId' | 'auditType'> & { from: string; to: string },
): Statement {
  const where = new Where('a.tenant_id', tenantId)
    .and('a.audit_date between ?::date and ?::date', from, to)
    .and('a.template_id = ?', templateId)
    .and('a.audit_type = ?', auditType)
    .andIf(true, 'a.compliance_score is not null')
    .andIf(true, STANDS)
  const sql = `
    select a.location_id as "locationId", l.name, count(*)::int as audits, round(avg(a.compliance_score), 2)::float8 as average,
           min(a.compliance_score)::float8 as lowest, max(a.compliance_score)::float8 as highest,
           (array_agg(a.compliance_score order by a.audit_date desc, a.id desc))[1]::float8 as latest,
           to_char(max(a.audit_date), 'YYYY-MM-DD') as "latestDate",
           count(*) filter (where a.status in ('fail', 'fail_critical'))::int as failed
      from audits a join locations l on l.tenant_id = a.tenant_id and l.id = a.location_id and l.closed_at is null
     where ${where} group by a.location_id, l.name`
  return { sql, params: where.params }
}

export const readAudits = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Audit>(`${AUDITS} where a.tenant_id = (select app.tenant()) and a.id = any ($1::uuid[])`, [ids])

export async function locationNames(tx: ReadTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, name from locations where tenant_id = (select app.tenant())',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What a checklist came to last. */
export const auditOf = async (tx: ReadTx, checklistId: string): Promise<Audit | undefined> =>
  (
    await tx.query<Audit>(
      `${AUDITS} where a.tenant_id = (select app.tenant()) and a.checklist_id = $1
        order by a.received_at desc, a.id desc limit 1`,
      [checklistId],
    )
  )[0]

/** Of these, the ones whose checklist ended at least three days ago: they leave devices with it. */
export const auditsOfEnded = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select a.id from audits a
         join checklists c on c.tenant_id = a.tenant_id and c.location_id = a.location_id and c.id = a.checklist_id
        where a.tenant_id = (select app.tenant()) and a.id = any ($1::uuid[]) and c.status not in ('open', 'in_progress')
          and coalesce(c.completed_at, c.missed_at, c.created_at) < now() - interval '3 days'`,
      [ids],
    )
  ).map(({ id }) => id)

/** The checklist that was completed. */
export type Audited = { id: string; locationId: string; templateId: string; version: number; day: string }
type NewAudit = Audited & { auditType: string; score: Score; by: string | null; at: string }

export async function insertAudit(tx: Tx, audit: NewAudit): Promise<string> {
  const { scheme, status, compliance, grade } = audit.score
  const [made] = await tx.query<{ id: string }>(
    `insert into audits (location_id, checklist_id, template_id, version, audit_type, audit_date, scheme, status,
                         compliance_score, grade, score, scored_at, scored_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     returning id`,
    [
      audit.locationId,
      audit.id,
      audit.templateId,
      audit.version,
      audit.auditType,
      audit.day,
      scheme,
      status,
      compliance,
      grade,
      JSON.stringify(audit.score),
      audit.at,
      audit.by,
    ],
  )
  return made?.id ?? notFound()
}
