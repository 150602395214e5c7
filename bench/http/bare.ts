import express from 'express'
import pg from 'pg'

/** What one would write in five minutes: no sign-in, no validation, no tenancy, one prepared statement. */
process.once('message', ({ url, tenantId, port }: { url: string; tenantId: string; port: number }) => {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  const app = express()
  app.get('/api/v1/tasks', async (_req, res) => {
    const { rows } = await pool.query({ name: 'tasks', text: TASKS, values: [tenantId] })
    res.json({ items: rows })
  })
  app.listen(port, '127.0.0.1', () => process.send?.('ready'))
})

const person = (id: string, name: string) =>
  `case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`

const TASKS = `
  select t.id, t.location_id as "locationId", t.title, t.description, t.task_type as "taskType", t.priority, t.status,
         ${person('t.assigned_to', 'a.name')} as "assignedTo", ${person('t.assigned_role_id', 'r.name')} as "assignedRole",
         jsonb_build_object('kind', t.cause_kind, 'id', t.cause_id) as cause, ${person('t.unit_id', 'u.name')} as unit,
         t.due_at as "dueAt", t.missed_at as "missedAt", t.estimate_minutes as "estimateMinutes",
         t.comment_count as "commentCount", t.watchers, t.created_at as "createdAt",
         ${person('t.created_by', 'b.name')} as "createdBy", t.started_at as "startedAt", t.completed_at as "completedAt",
         ${person('t.completed_by', 'c.name')} as "completedBy", t.changed_at as "changedAt", t.changed_by as "changedBy",
         t.changed_received_at as "receivedAt", t.time_quality as "timeQuality", ${person('t.kiosk_id', 'k.name')} as kiosk
    from tasks t left join members a on a.tenant_id = t.tenant_id and a.id = t.assigned_to
                 left join roles r on r.tenant_id = t.tenant_id and r.id = t.assigned_role_id
                 left join units u on u.tenant_id = t.tenant_id and u.id = t.unit_id
                 left join members b on b.tenant_id = t.tenant_id and b.id = t.created_by
                 left join members c on c.tenant_id = t.tenant_id and c.id = t.completed_by
                 left join kiosks k on k.tenant_id = t.tenant_id and k.id = t.kiosk_id
   where t.tenant_id = $1 order by t.id desc limit 50`
