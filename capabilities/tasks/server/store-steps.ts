import type { Tx } from '@opsflow/platform/server/tenant'
import type { Task, TaskStep } from '../task.ts'

/** The list as it is now, in its order. What is no longer on it stays on record with its tick. */
export async function saveSteps(tx: Tx, { id, locationId, steps }: Pick<Task, 'id' | 'locationId' | 'steps'>) {
  const ids = steps.map((step) => step.id)
  await tx.query(
    `update task_steps set removed_at = now()
      where tenant_id = (select app.tenant()) and task_id = $1 and removed_at is null and step_id <> all ($2::uuid[])`,
    [id, ids],
  )
  if (steps.length === 0) return
  await tx.query(
    `insert into task_steps (step_id, location_id, task_id, position, text)
     select s.id, $1, $2, s.position, s.text from unnest($3::uuid[], $4::text[]) with ordinality s (id, text, position)
     on conflict (tenant_id, task_id, step_id) do update
        set position = excluded.position, text = excluded.text, removed_at = null`,
    [locationId, id, ids, steps.map(({ text }) => text)],
  )
}

export async function saveTick(tx: Tx, taskId: string, { id, tickedAt, tickedBy }: TaskStep) {
  await tx.query(
    `update task_steps set ticked_at = $2, ticked_by = $3, kiosk_id = $4
      where tenant_id = (select app.tenant()) and task_id = $5 and step_id = $1`,
    [id, tickedAt, tickedBy?.id ?? null, tx.actor.kioskId ?? null, taskId],
  )
}
