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

const TASKS = `
  select t.id, t.location_id as "locationId", t.title, t.task_type as "taskType", t.priority, t.status,
         case when t.assigned_to is not null then jsonb_build_object('id', t.assigned_to, 'name', a.name) end as "assignedTo",
         jsonb_build_object('kind', t.cause_kind, 'id', t.cause_id) as cause,
         t.due_at as "dueAt", t.created_at as "createdAt", t.started_at as "startedAt", t.completed_at as "completedAt",
         case when t.completed_by is not null then jsonb_build_object('id', t.completed_by, 'name', c.name) end as "completedBy",
         case when t.kiosk_id is not null then jsonb_build_object('id', t.kiosk_id, 'name', k.name) end as kiosk
    from tasks t left join members a on a.tenant_id = t.tenant_id and a.id = t.assigned_to
                 left join members c on c.tenant_id = t.tenant_id and c.id = t.completed_by
                 left join kiosks k on k.tenant_id = t.tenant_id and k.id = t.kiosk_id
   where t.tenant_id = $1 order by t.id desc limit 50`
