import type { Tx } from '@opsflow/platform/server/tenant'
import type { Task } from '../task.ts'

export const insertExcuse = (tx: Tx, { id, locationId, dueAt }: Task, reason: string, by: string | null) =>
  tx.query(`insert into task_excuses (location_id, task_id, due_at, reason, excused_by) values ($1, $2, $3, $4, $5)`, [
    ...[locationId, id, dueAt, reason, by],
  ])

export const endExcuse = (tx: Tx, taskId: string, by: string | null) =>
  tx.query(
    `update task_excuses set taken_back_at = now(), taken_back_by = $2
      where tenant_id = (select app.tenant()) and task_id = $1 and taken_back_at is null`,
    [taskId, by],
  )
