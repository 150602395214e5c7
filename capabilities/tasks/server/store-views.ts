import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { TaskView } from '../view-routes.ts'

const MINE = 'tenant_id = (select app.tenant()) and member_id = $1'

/** The lists this member saved, in the order in which they did. */
export const viewsOf = (tx: ReadTx, memberId: string) =>
  tx.query<TaskView>(`select id, name, filter from task_views where ${MINE} order by id`, [memberId])

export async function saveView(tx: Tx, memberId: string, { name, filter }: Pick<TaskView, 'name' | 'filter'>) {
  const [saved] = await tx.query<TaskView>(
    `insert into task_views (member_id, name, filter) values ($1, $2, $3)
     on conflict (tenant_id, member_id, name) do update set filter = excluded.filter returning id, name, filter`,
    [memberId, name, JSON.stringify(filter)],
  )
  return saved as TaskView
}

export async function deleteView(tx: Tx, memberId: string, id: string): Promise<boolean> {
  return (await tx.query(`delete from task_views where ${MINE} and id = $2 returning id`, [memberId, id])).length > 0
}
