import type { Actor } from '@opsflow/platform/actor'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import type { AuditYear } from './audit-year.ts'
import type { Pool } from './store.ts'
import { type Done, type MadeList, storeAnswers } from './store-checklists.ts'

/** A year of a location in seven statements: through the commands it would take minutes. */
export async function storeAuditYear(tx: Tx, { done, missed, audits, findings }: AuditYear) {
  if (done.length === 0) return
  await storeLists(tx, done, missed)
  await storeAnswers(tx, done)
  await tx.query(
    `insert into audits (id, location_id, checklist_id, template_id, version, audit_type, audit_date, scheme, status,
                         compliance_score, grade, score, scored_at, scored_by, received_at)
     select a.id, c.location_id, a."checklistId", a."templateId", a.version, a."auditType", a."auditDate", a.score ->> 'scheme',
            a.score ->> 'status', (a.score ->> 'compliance')::numeric, a.score ->> 'grade', a.score, a.at, a.by, a.at
       from jsonb_to_recordset($1) a (id uuid, "checklistId" uuid, "templateId" uuid, version int, "auditType" text,
              "auditDate" date, score jsonb, at timestamptz, by uuid)
       join checklists c on c.tenant_id = (select app.tenant()) and c.id = a."checklistId"`,
    [JSON.stringify(audits)],
  )
  const tasks = [...new Map(findings.map(({ task }) => [task.id, task])).values()]
  await tx.query(
    `insert into tasks (id, location_id, title, description, task_type, priority, status, assigned_role, cause_kind, cause_id,
                        due_at, step_count, created_at, completed_at, completed_by, changed_at)
     select t.id, t."locationId", t.title, t.description, t."taskType", t.priority,
            case when t."completedAt" is null then 'todo' else 'completed' end, t."assignedRole", t.cause ->> 'kind',
            (t.cause ->> 'id')::uuid, t."dueAt", 0, t."createdAt", t."completedAt", t."completedBy", t."completedAt"
       from jsonb_to_recordset($1) t (id uuid, "locationId" uuid, title text, description text, "taskType" text, priority text,
              "assignedRole" text, cause jsonb, "dueAt" timestamptz, "createdAt" timestamptz, "completedAt" timestamptz,
              "completedBy" uuid)`,
    [JSON.stringify(tasks)],
  )
  await tx.query(
    `insert into findings (id, location_id, audit_id, checklist_id, answer_id, template_id, version, item_id, entry_id, label,
                           scored_as, severity, due_at, due_day, task_id, repeats_id, times, state, opened_by, opened_at,
                           fixed_at, ended_at, resolved_at)
     select f.id, f."locationId", f."auditId", f."checklistId", f."answerId", f."templateId", f.version, f."itemId", f."entryId",
            f.label, f."as", f.severity, f."dueAt", f."dueDay", f."taskId", f."repeatsId", f.times, f.state,
            (f."openedBy" ->> 'id')::uuid, f."openedAt", f."fixedAt", f."endedAt", f."resolvedAt"
       from jsonb_to_recordset($1) f (id uuid, "locationId" uuid, "auditId" uuid, "checklistId" uuid, "answerId" uuid,
              "templateId" uuid, version int, "itemId" uuid, "entryId" uuid, label text, "as" text, severity text,
              "dueAt" timestamptz, "dueDay" date, "taskId" uuid, "repeatsId" uuid, times int, state text, "openedBy" jsonb,
              "openedAt" timestamptz, "fixedAt" timestamptz, "endedAt" timestamptz, "resolvedAt" timestamptz)`,
    [JSON.stringify(findings.map(({ finding, auditId }) => ({ ...finding, history: undefined, auditId })))],
  )
  const steps = findings.flatMap(({ finding }) =>
    finding.history.map((step) => ({ ...step, findingId: finding.id, locationId: finding.locationId })),
  )
  await tx.query(
    `insert into finding_steps (id, location_id, finding_id, step, note, cause, checklist_id, recorded_by, recorded_at,
                                received_at, time_quality)
     select s.id, s."locationId", s."findingId", s.step, s.note, s.cause, s."checklistId", (s.by ->> 'id')::uuid, s.at, s.at, 'exact'
       from jsonb_to_recordset($1) s (id uuid, "locationId" uuid, "findingId" uuid, step text, note text, cause text,
              "checklistId" uuid, by jsonb, at timestamptz)`,
    [JSON.stringify(steps)],
  )
}

const storeLists = (tx: Tx, done: readonly Done[], missed: readonly MadeList[]) =>
  tx.query(
    `insert into checklists (id, location_id, form_id, day, role, status, visible_at, due_at, late_at, missed_at, started_at,
                             started_by, completed_at, completed_by, received_at, time_quality, created_at)
     select c.id, c."locationId", c."formId", c.day, c.role, case when c.at is null then 'missed' else 'completed' end,
            c."visibleAt", c."dueAt", c."lateAt", c."missedAt", c.begun, c.by, c.at, c.by, c.at,
            case when c.at is not null then 'exact' end, c."visibleAt"
       from jsonb_to_recordset($1) c (id uuid, "locationId" uuid, "formId" uuid, day date, role text, "visibleAt" timestamptz,
              "dueAt" timestamptz, "lateAt" timestamptz, "missedAt" timestamptz, begun timestamptz, at timestamptz, by uuid)`,
    [
      JSON.stringify([
        ...done.map(({ list, startedAt, completedAt, by }) => ({ ...list, begun: startedAt, at: completedAt, by })),
        ...missed.map((list) => ({ ...list, begun: null, at: null, by: null })),
      ]),
    ],
  )

const OVER = `
  select s.entity, array_agg(s.entity_id) as ids, array_agg(s.version) as versions
    from sync_changes s
    left join findings f on s.entity = 'finding' and f.tenant_id = s.tenant_id and f.id = s.entity_id
    left join tasks t on s.entity = 'task' and t.tenant_id = s.tenant_id and t.id = s.entity_id
   where s.tenant_id = (select app.tenant()) and s.scope_id = $1 and s.entity in ('finding', 'task') and s.op = 'changed'
     and (f.state in ('repeated', 'withdrawn')
          or (f.state = 'verified' and (f.resolved_at is not null or f.opened_at < $2::timestamptz - interval '120 days'))
          or (t.cause_kind = 'finding' and t.completed_at < $2::timestamptz - interval '14 days'))
   group by 1`

/** What devices would have forgotten by now, they are not sent. */
export async function retireFindings(app: Database, relay: Pool, system: Actor, locationId: string, now: number) {
  type Old = { entity: string; ids: string[]; versions: string[] }
  const params = [locationId, new Date(now).toISOString()]
  for (const { entity, ids, versions } of await app.readOne<Old>(system, OVER, params))
    await relay.query('select app.retire_from_feed($1, $2, $3, $4)', [system.tenantId, entity, ids, versions])
}
