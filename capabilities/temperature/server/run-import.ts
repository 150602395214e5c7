import type { Actor } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { inOrder, MOST_ATTEMPTS } from '@opsflow/platform/server/attempts'
import { csvRows } from '@opsflow/platform/server/csv-file'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { importMoved } from '../facts.ts'
import { type ColumnMapping, type RowError, rowReader } from '../index.ts'
import type { Import } from '../routes.ts'
import type { NewReading } from './judge.ts'
import { requireAt, systemActor } from './may.ts'
import type { Months } from './months.ts'
import { READINGS } from './preview-import.ts'
import { recordReadings } from './record-readings.ts'
import { type AcrossTenants, cutOffImports } from './store-across-tenants.ts'
import {
  countAttempt,
  failImport,
  giveAttemptBack,
  type ImportToRun,
  insertErrors,
  type LockedImport,
  lockImport,
  moveImport,
  pauseImport,
  readImport,
  readImportToRun,
  startImport,
} from './store-imports.ts'

const BATCH_ROWS = 1_000

/** Says what the columns mean and sets the import going. Saying the same again changes nothing. */
export async function beginImport(tx: Tx, id: string, mapping: ColumnMapping): Promise<Import> {
  const one = (await lockImport(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.import', one.locationId)
  mustFit(mapping, one)
  const isBegun = one.state === 'running' || one.state === 'done'
  if (isBegun || one.state === 'paused') {
    const isSame = sameMapping(one.mapping, mapping)
    if (isSame && isBegun) return one
    if (!isSame)
      refuse('conflict', 'temperature.import_mapping_differs', {
        detail: 'This file is imported with other columns already. Upload it again to read it differently.',
      })
  }
  await startImport(tx, id, mapping)
  return (await readImport(tx, id)) ?? notFound()
}

function mustFit(mapping: ColumnMapping, { columns }: LockedImport) {
  const { time, temperature, sensorColumn } = mapping
  const beyond = [time.column, time.timeOfDayColumn ?? 0, temperature.column].find((column) => column >= columns.length)
  if (beyond !== undefined) {
    refuse('invalid', 'temperature.import_column_missing', {
      detail: `The file has no column ${beyond}; they are counted from 0.`,
      errors: [
        { path: 'body.mapping', code: 'temperature.import_column_missing', message: `0 to ${columns.length - 1}.` },
      ],
    })
  }
  if (sensorColumn === null) return
  refuse('invalid', 'temperature.import_several_sensors', {
    detail: 'One import is of one sensor. Split the file by sensor.',
    errors: [{ path: 'body.mapping.sensorColumn', code: 'temperature.import_several_sensors', message: 'Send null.' }],
  })
}

/** jsonb keeps keys in its own order. */
const sameMapping = (known: ColumnMapping | null, mapping: ColumnMapping) =>
  known !== null &&
  known.time.column === mapping.time.column &&
  known.time.timeOfDayColumn === mapping.time.timeOfDayColumn &&
  known.time.format === mapping.time.format &&
  known.temperature.column === mapping.temperature.column &&
  known.temperature.unit === mapping.temperature.unit

export type ImportParts = {
  database: Database
  months: Months
  /** Called after each batch; a test may throw here, as a kill would. */
  afterBatch?: (rowsDone: number) => void
  /** Asked before each batch; what is left goes on at the next start. */
  isStopping?: () => boolean
}

/**
 * Records the rows of a file, batch by batch. The row count moves in the transaction of its batch, so a run that was
 * cut off goes on exactly where it stopped, and two runs of one import cannot both record a batch.
 */
export async function runImport(
  { database, months, afterBatch, isStopping }: ImportParts,
  actor: Actor,
  id: string,
): Promise<void> {
  const one = await database.read(actor, (tx) => readImportToRun(tx, id))
  if (one?.state !== 'running' || !one.content || !one.mapping || !one.sensorId) return
  const items = await itemsOf(one, one.content, one.mapping)
  for (let done = one.rowsDone; done < items.length; ) {
    if (isStopping?.()) return
    const batch = items.slice(done, done + BATCH_ROWS)
    await months.ensure(batch.flatMap((item) => ('reading' in item ? [item.reading.measuredAt] : [])))
    const isMine = await database.write(actor, (tx) => recordBatch(tx, one, done, batch))
    if (!isMine) return
    done += batch.length
    afterBatch?.(done)
  }
}

type Item = { row: number; reading: NewReading } | { row: number; errors: RowError[] }

/** Rows that say nothing first, then readings in order of time: history is folded forwards, however the file lies. */
async function itemsOf(
  { columns, sensorId, timezone }: ImportToRun,
  content: Uint8Array,
  mapping: ColumnMapping,
): Promise<Item[]> {
  const read = rowReader(columns, mapping, timezone)
  const unreadable: Item[] = []
  const readings: { row: number; reading: NewReading }[] = []
  let row = 0
  for await (const cells of csvRows(content, READINGS)) {
    if (row++ === 0) continue
    const parsed = read(cells)
    if (!parsed.ok) {
      unreadable.push({ row: row - 1, errors: parsed.errors })
      continue
    }
    const { at: measuredAt, sent, unit } = parsed.reading
    readings.push({ row: row - 1, reading: { sensorId: sensorId ?? '', sent, unit, measuredAt } })
  }
  readings.sort((a, b) => a.reading.measuredAt - b.reading.measuredAt || a.row - b.row)
  return [...unreadable, ...readings]
}

async function recordBatch(
  tx: Tx,
  { id, locationId }: ImportToRun,
  done: number,
  batch: readonly Item[],
): Promise<boolean> {
  const now = (await lockImport(tx, id)) ?? notFound()
  if (now.state !== 'running' || now.rowsDone !== done) return false
  const readable = batch.flatMap((item) => ('reading' in item ? [item] : []))
  const outcomes = await recordReadings(
    tx,
    readable.map(({ reading }) => reading),
    { source: 'imported', importId: id },
  )
  const refused = outcomes.flatMap((outcome, n) =>
    outcome.status === 'rejected'
      ? [{ row: readable[n]?.row ?? 0, column: '', code: outcome.code, message: outcome.message }]
      : [],
  )
  const unreadable = batch.flatMap((item) =>
    'errors' in item ? item.errors.map((error) => ({ row: item.row, ...error })) : [],
  )
  await insertErrors(tx, id, locationId, [...unreadable, ...refused])
  const accepted = outcomes.filter(({ status }) => status === 'accepted').length
  const duplicate = outcomes.filter(({ status }) => status === 'duplicate').length
  await moveImport(tx, id, { done: batch.length, accepted, duplicate, rejected: batch.length - accepted - duplicate })
  const moved = (await readImport(tx, id)) ?? notFound()
  const { rowsDone, rowsTotal, state } = moved
  await tx.emit(importMoved, { importId: id, locationId, rowsDone, rowsTotal, state })
  return true
}

type Log = { error: (context: object, message: string) => void }

/** Imports that go on in this process, each once. */
export function importRunner(parts: ImportParts, log: Log) {
  const running = new Map<string, Promise<void>>()
  let stopping = false
  let resuming: Promise<void> | undefined
  const write = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => parts.database.write(actor, work)
  const go = async (actor: Actor, id: string) => {
    try {
      if (!(await write(actor, (tx) => takeUp(tx, id)))) return
      await runImport({ ...parts, isStopping: () => stopping }, actor, id)
      if (stopping) await write(actor, (tx) => giveAttemptBack(tx, id))
    } catch (error) {
      log.error({ err: error, importId: id }, 'import stopped')
      // A lost connection leaves it running, to be resumed; anything else would only fail again.
      const isToGoOn = (error as { kind?: string }).kind === 'unavailable'
      const left = async (tx: Tx) => void (await (isToGoOn ? giveAttemptBack(tx, id) : failImport(tx, id)))
      await write(actor, left).catch(() => undefined)
    }
  }
  const begin = (tenantId: string, organizationId: string, id: string): Promise<void> => {
    const going =
      running.get(id) ?? go(systemActor('import', tenantId, organizationId), id).finally(() => running.delete(id))
    running.set(id, going)
    return going
  }
  return {
    start: (tenantId: string, organizationId: string, id: string) => void begin(tenantId, organizationId, id),
    /** One after the other: what ends the process takes none of the others with it. */
    resume(cutOff: readonly { tenantId: string; organizationId: string; id: string }[]) {
      resuming = inOrder(cutOff, async ({ tenantId, organizationId, id }) => {
        if (!stopping) await begin(tenantId, organizationId, id)
      })
    },
    async idle() {
      await resuming
      await Promise.all(running.values())
    },
    /** Ends after the batch under way. */
    async stop() {
      stopping = true
      await resuming
      await Promise.all(running.values())
    },
  }
}

/** False: it does not run, or was begun too often without one batch that went well, and is set aside. */
async function takeUp(tx: Tx, id: string): Promise<boolean> {
  const attempts = await countAttempt(tx, id)
  if (attempts === undefined || attempts <= MOST_ATTEMPTS) return attempts !== undefined
  await pauseImport(tx, id)
  const { locationId, rowsDone, rowsTotal, state } = (await readImport(tx, id)) ?? notFound()
  await tx.emit(importMoved, { importId: id, locationId, rowsDone, rowsTotal, state })
  return false
}

export type ImportRunner = ReturnType<typeof importRunner>

/** After a start: imports that were cut off go on, the least tried first. */
export async function resumeImports(relay: AcrossTenants, runner: ImportRunner): Promise<number> {
  const cutOff = await cutOffImports(relay)
  runner.resume(cutOff)
  return cutOff.length
}
