import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Process, ProcessStep } from '../process.ts'

const named = (id: string, name: string) =>
  `case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`

const COLUMNS = `
  p.id, p.location_id as "locationId", p.kind, p.plan, p.product, p.batch, p.amount, p.edition, p.began_at as "beganAt",
  ${named('p.began_by', 'b.name')} as "beganBy", p.received_at as "receivedAt", p.time_quality as "timeQuality",
  ${named('p.kiosk_id', 'k.name')} as kiosk, p.state, p.result, p.failure, p.disposition, p.finished_at as "finishedAt",
  ${named('p.finished_by', 'f.name')} as "finishedBy", p.needs_verification as "needsVerification",
  p.verified_at as "verifiedAt", ${named('p.verified_by', 'v.name')} as "verifiedBy",
  p.next_ask as "nextAsk", p.next_at as "nextAt", p.asked,
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'step', s.step, 'at', s.done_at, 'receivedAt', s.received_at,
            'timeQuality', s.time_quality, 'outcome', s.outcome, 'by', ${named('s.done_by', 'm.name')},
            'kiosk', ${named('s.kiosk_id', 'sk.name')},
            'value', case when s.value_milli is not null
                          then jsonb_build_object('text', s.value_text, 'unit', s.value_unit, 'milli', s.value_milli) end,
            'of', s.held_into, 'heldSeconds', s.held_seconds, 'probe', ${named('s.probe_id', 'pr.name')},
            'probeStanding', s.probe_standing, 'correctsId', s.corrects_id, 'disposition', s.disposition,
            'signature', s.signature, 'note', s.note) order by s.done_at, s.id), '[]')
     from process_steps s
     left join members m on m.tenant_id = s.tenant_id and m.id = s.done_by
     left join kiosks sk on sk.tenant_id = s.tenant_id and sk.id = s.kiosk_id
     left join probes pr on pr.tenant_id = s.tenant_id and pr.id = s.probe_id
    where s.tenant_id = p.tenant_id and s.process_id = p.id) as steps`

const TABLES = `
  processes p
  left join members b on b.tenant_id = p.tenant_id and b.id = p.began_by
  left join members f on f.tenant_id = p.tenant_id and f.id = p.finished_by
  left join members v on v.tenant_id = p.tenant_id and v.id = p.verified_by
  left join kiosks k on k.tenant_id = p.tenant_id and k.id = p.kiosk_id`

export type ProcessFilter = {
  locationId?: string | undefined
  /** Only at these, where not all that are seen may be listed. */
  locationIds?: readonly string[] | undefined
  kind?: string | undefined
  state?: string | undefined
  result?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: readonly [beganAt: string, id: string] | null | undefined
}

/** The latest first, with one more than `limit` at least when there are more. */
export function listProcesses({ tenantId }: Actor, filter: ProcessFilter, limit: number): Statement {
  const where = new Where('p.tenant_id', tenantId)
    .and('p.location_id = ?', filter.locationId)
    .and('p.location_id = any (?::uuid[])', filter.locationIds)
    .and('p.kind = ?', filter.kind)
    // As text of the statement: the list of what runs has an index of its own.
    .andIf(filter.state === 'running', `p.state = 'running'`)
    .and('p.state = ?', filter.state === 'running' ? undefined : filter.state)
    .and('p.result = ?', filter.result)
    .and('p.began_at >= ?::date', filter.from)
    .and('p.began_at < ?::date + 1', filter.to)
    .and('(p.began_at, p.id) < (?::timestamptz, ?::uuid)', filter.after?.[0], filter.after?.[1])
  const sql = `select ${COLUMNS} from ${TABLES} where ${where} order by p.began_at desc, p.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

/** Every process of a location that began between two instants, the earliest first. */
export const reportProcesses = (
  tx: ReadTx,
  { locationId, starts, ends }: { locationId: string; starts: string; ends: string },
  most: number,
) =>
  tx.query<Process>(
    `select ${COLUMNS} from ${TABLES}
      where p.tenant_id = (select app.tenant()) and p.location_id = $1 and p.began_at >= $2 and p.began_at < $3
      order by p.began_at, p.id limit ${most}`,
    [locationId, starts, ends],
  )

export const ONE_PROCESS = `select ${COLUMNS} from ${TABLES} where p.tenant_id = (select app.tenant()) and p.id = $1`

export const readProcesses = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Process>(
    `select ${COLUMNS} from ${TABLES} where p.tenant_id = (select app.tenant()) and p.id = any ($1::uuid[])`,
    [ids],
  )

export const readProcess = async (tx: ReadTx, id: string): Promise<Process | undefined> =>
  (await readProcesses(tx, [id]))[0]

/** Locked for a command. The steps are read after the lock is held. */
export async function lockProcess(tx: Tx, id: string): Promise<Process | undefined> {
  await tx.query(`select from processes where tenant_id = (select app.tenant()) and id = $1 for no key update`, [id])
  return readProcess(tx, id)
}

/** Of these the ones on which nothing is to be done any more. */
export const endedProcesses = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select id from processes where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
          and (state = 'verified' or (state = 'finished' and not needs_verification))`,
      [ids],
    )
  ).map(({ id }) => id)

/** False when its id is taken. */
export async function insertProcess(tx: Tx, process: Process): Promise<boolean> {
  const rows = await tx.query(
    `insert into processes (id, location_id, kind, plan, product, batch, amount, edition, began_at, began_by, kiosk_id,
                            received_at, time_quality, state, result, failure, next_ask, next_at, asked)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict do nothing returning id`,
    [
      ...[process.id, process.locationId, process.kind, JSON.stringify(process.plan), process.product, process.batch],
      ...[process.amount, process.edition, process.beganAt, process.beganBy?.id ?? null, tx.actor.kioskId ?? null],
      ...[process.receivedAt, process.timeQuality, process.state, process.result, process.failure],
      ...[process.nextAsk, process.nextAt, process.asked],
    ],
  )
  return rows.length === 1
}

/** What its steps have made of it. */
export const saveProcess = (tx: Tx, process: Process) =>
  tx.query(
    `update processes set state = $2, result = $3, failure = $4, disposition = $5, finished_at = $6, finished_by = $7,
            needs_verification = $8, verified_at = $9, verified_by = $10, next_ask = $11, next_at = $12, asked = $13
      where tenant_id = (select app.tenant()) and id = $1`,
    [
      ...[process.id, process.state, process.result, process.failure, process.disposition, process.finishedAt],
      ...[
        process.finishedBy?.id ?? null,
        process.needsVerification,
        process.verifiedAt,
        process.verifiedBy?.id ?? null,
      ],
      ...[process.nextAsk, process.nextAt, process.asked],
    ],
  )

/** False when its id is taken. */
export async function insertStep(tx: Tx, { id: processId, locationId }: Process, step: ProcessStep): Promise<boolean> {
  const { value } = step
  const rows = await tx.query(
    `insert into process_steps (id, location_id, process_id, step, done_at, done_by, kiosk_id, received_at, time_quality,
                                outcome, value_text, value_unit, value_milli, held_into, held_seconds, probe_id,
                                probe_standing, corrects_id, disposition, signature, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
     on conflict do nothing returning id`,
    [
      ...[step.id, locationId, processId, step.step, step.at, step.by?.id ?? null, tx.actor.kioskId ?? null],
      ...[step.receivedAt, step.timeQuality, step.outcome, value?.text ?? null, value?.unit ?? null],
      ...[value?.milli ?? null, step.of, step.heldSeconds, step.probe?.id ?? null, step.probeStanding],
      ...[step.correctsId, step.disposition, step.signature, step.note],
    ],
  )
  return rows.length === 1
}

/** Which process a step belongs to, if there is one of that id. */
export async function processOfStep(tx: ReadTx, id: string): Promise<string | undefined> {
  const [row] = await tx.query<{ processId: string }>(
    `select process_id as "processId" from process_steps where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )
  return row?.processId
}
