import type { Moment } from '@opsflow/platform/moment'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { TaskAttempt, TaskComment, TaskFieldChange } from '../task.ts'
import { named } from './store.ts'

type Place = { id: string; locationId: string }

/** One change of its status as someone made it, whether it counted or came too late. */
export async function noteAttempt(
  tx: Tx,
  task: Place,
  attempt: Pick<TaskAttempt, 'status' | 'outcome'> & { by: string | null },
  when: Moment,
) {
  await tx.query(
    `insert into task_attempts (location_id, task_id, status, outcome, made_by, kiosk_id, made_at, received_at, time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [task.locationId, task.id, attempt.status, attempt.outcome, attempt.by, ...at(tx, when)],
  )
}

export type FieldNote = Pick<TaskFieldChange, 'field' | 'before' | 'after' | 'outcome'>

/** Changes of fields as someone made them. */
export async function noteChanges(tx: Tx, task: Place, by: string | null, notes: readonly FieldNote[], when: Moment) {
  if (notes.length === 0) return
  await tx.query(
    `insert into task_changes (location_id, task_id, made_by, kiosk_id, made_at, received_at, time_quality, field, before, after, outcome)
     select $1, $2, $3, $4, $5, $6, $7, n.* from unnest($8::text[], $9::text[], $10::text[], $11::text[]) n`,
    [
      task.locationId,
      task.id,
      by,
      ...at(tx, when),
      notes.map(({ field }) => field),
      notes.map(({ before }) => before),
      notes.map(({ after }) => after),
      notes.map(({ outcome }) => outcome),
    ],
  )
}

const at = (tx: Tx, when: Moment) => [tx.actor.kioskId ?? null, when.at, when.receivedAt, when.quality]

/** When each field was last changed, as it was done. */
export async function lastChanges(tx: ReadTx, taskId: string): Promise<Map<string, string>> {
  const rows = await tx.query<{ field: string; at: string }>(
    `select field, max(made_at) as at from task_changes
      where tenant_id = (select app.tenant()) and task_id = $1 and outcome = 'applied' group by 1`,
    [taskId],
  )
  return new Map(rows.map((row) => [row.field, row.at]))
}

/** False when this comment is there already. */
export async function insertComment(
  tx: Tx,
  task: Place,
  said: { id: string; text: string; by: string | null },
  when: Moment,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into task_comments (id, location_id, task_id, text, made_by, kiosk_id, made_at, received_at, time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [said.id, task.locationId, task.id, said.text, said.by, ...at(tx, when)],
  )
  return rows.length > 0
}

type Names = { byId: string | null; byName: string; kioskId: string | null; kioskName: string }
type Signed<Item> = Omit<Item, 'by' | 'kiosk'> & Names

const signed = <Row extends Names>({ byId, byName, kioskId, kioskName, ...row }: Row) => ({
  ...row,
  by: named(byId, byName),
  kiosk: named(kioskId, kioskName),
})

const SIGNED = `
  x.made_at as at, x.received_at as "receivedAt", x.time_quality as "timeQuality", x.made_by as "byId", m.name as "byName",
  x.kiosk_id as "kioskId", k.name as "kioskName"`
const signedIn = (table: string) => `
  ${table} x left join members m on m.tenant_id = x.tenant_id and m.id = x.made_by
             left join kiosks k on k.tenant_id = x.tenant_id and k.id = x.kiosk_id
   where x.tenant_id = (select app.tenant())`
/** So many of a record's own steps, in the order in which they were done, after the last one that was told. */
export type HistoryAfter = { limit: number; after: readonly [at: string, id: string] | null }

const ATTEMPT = `select x.id, x.task_id as "taskId", x.status, x.outcome, ${SIGNED} from ${signedIn('task_attempts')}`
const CHANGE = `select x.id, x.field, x.before, x.after, x.outcome, ${SIGNED} from ${signedIn('task_changes')}`
const COMMENT = `select x.id, x.task_id as "taskId", x.location_id as "locationId", x.text, ${SIGNED} from ${signedIn('task_comments')}`

const inOrder = async <Item extends { id: string; at: string }>(
  tx: ReadTx,
  select: string,
  taskId: string,
  { limit, after }: HistoryAfter,
) =>
  (
    await tx.query<Signed<Item>>(
      `${select} and x.task_id = $1 and ($2::timestamptz is null or (x.made_at, x.id) > ($2, $3::uuid))
        order by x.made_at, x.id limit $4`,
      [taskId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    )
  ).map(signed)

/** What was tried with it. One more than `limit` when there are more. */
export const readAttempts = (tx: ReadTx, taskId: string, asked: HistoryAfter) =>
  inOrder<TaskAttempt>(tx, ATTEMPT, taskId, asked)

export const readChanges = (tx: ReadTx, taskId: string, asked: HistoryAfter) =>
  inOrder<TaskFieldChange>(tx, CHANGE, taskId, asked)

export const readComments = (tx: ReadTx, taskId: string, asked: HistoryAfter) =>
  inOrder<TaskComment>(tx, COMMENT, taskId, asked)

export const commentsByIds = async (tx: ReadTx, ids: readonly string[]) =>
  (await tx.query<Signed<TaskComment>>(`${COMMENT} and x.id = any ($1::uuid[])`, [ids])).map(signed)
