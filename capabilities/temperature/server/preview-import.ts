import { createHash } from 'node:crypto'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { csvRows } from '@opsflow/platform/server/csv-file'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { type GuessedColumns, guessColumns, likelyUnit, numbersIn, rowReader } from '../index.ts'
import type { ImportPreview } from '../routes.ts'
import type { UnitKind } from '../unit.ts'
import type { TemperatureUnit } from '../value.ts'
import { placeSensor } from './add-sensor.ts'
import { memberId, requireAt } from './may.ts'
import { insertImport, readImport } from './store-imports.ts'
import { lockUnits, type WatchedUnit } from './store-watched-units.ts'

export type CsvFile = { name: string; content: Uint8Array; columns: string[]; first: string[][]; rowsTotal: number }

/** A year of readings every minute and a half, and more. */
export const READINGS = { owner: 'temperature', mostRows: 1_000_000 }
const GUESS_ROWS = 50
const SHOWN_ROWS = 20

/** Reads the whole file once: every row is there and readable as CSV before anything is kept. */
export async function readCsvFile(name: string, content: Uint8Array): Promise<CsvFile> {
  let columns: string[] | undefined
  const first: string[][] = []
  let rowsTotal = 0
  for await (const row of csvRows(content, READINGS)) {
    if (columns === undefined) columns = row
    else {
      rowsTotal++
      if (first.length < GUESS_ROWS) first.push(row)
    }
  }
  if (columns === undefined || rowsTotal === 0) {
    return refuse('invalid', 'temperature.file_empty', {
      detail: 'The file needs a header line and at least one row below it.',
      errors: [{ path: 'body', code: 'temperature.file_empty', message: 'Send a header and rows.' }],
    })
  }
  if (columns.length > 200) {
    return refuse('invalid', 'temperature.file_not_csv', { detail: 'The file has more than 200 columns.' })
  }
  return { name, content, columns: columns.map((column) => column.trim().slice(0, 200)), first, rowsTotal }
}

/** Keeps the file and says what it would mean. Nothing is recorded yet. */
export async function previewImport(
  tx: Tx,
  file: CsvFile,
  unitId: string,
  sensorId: string | undefined,
): Promise<ImportPreview> {
  const [unit] = await lockUnits(tx, [], [unitId])
  if (!unit) return notFound()
  requireAt(tx.actor, 'temperature.import', unit.locationId)
  if (sensorId && !unit.sensors.some(({ id, retired }) => id === sensorId && !retired)) notFound()
  const id = uuid7()
  await insertImport(tx, {
    id,
    locationId: unit.locationId,
    unitId,
    sensorId: sensorId ?? (await importedSensor(tx, unit)),
    fileName: file.name,
    content: file.content,
    sha256: createHash('sha256').update(file.content).digest(),
    columns: file.columns,
    rowsTotal: file.rowsTotal,
    by: memberId(tx.actor),
  })
  const kept = (await readImport(tx, id)) ?? notFound()
  return { import: kept, columns: file.columns, timezone: unit.timezone, ...meaning(file, unit) }
}

/** Where imported readings of a unit go: one sensor that owes nobody a reading. */
async function importedSensor(tx: Tx, unit: WatchedUnit): Promise<string> {
  const known = unit.sensors.find(({ cadenceSeconds, retired }) => cadenceSeconds === null && !retired)
  if (known) return known.id
  return (
    await placeSensor(tx, unit.locationId, {
      unitId: unit.id,
      name: 'Imported',
      model: 'imported',
      cadenceSeconds: null,
    })
  ).id
}

type Meaning = Pick<ImportPreview, 'mapping' | 'likelyUnit' | 'missing' | 'doubts' | 'rows'>

function meaning({ columns, first }: CsvFile, { timezone, shown }: WatchedUnit): Meaning {
  const guess = guessColumns(columns, first)
  const mapping = guess.ok ? { ...guess.mapping, sensorColumn: null } : null
  return {
    mapping,
    likelyUnit: mapping && proposedUnit(mapping, first, shown.kind),
    missing: guess.ok ? [] : guess.missing,
    doubts: guess.ok ? guess.doubts : [],
    rows: first.slice(0, SHOWN_ROWS).map((cells, index) => shownRow(columns, cells, index + 1, mapping, timezone)),
  }
}

/** Proposed only where the file does not say. */
function proposedUnit({ temperature }: GuessedColumns, first: string[][], unitKind: UnitKind) {
  const likely = temperature.unit === null ? likelyUnit(unitKind, numbersIn(first, temperature.column)) : null
  return likely && { ...likely, unitKind }
}

function shownRow(
  columns: string[],
  cells: string[],
  row: number,
  mapping: GuessedColumns | null,
  timezone: string,
): ImportPreview['rows'][number] {
  const nothing = { row, cells, measuredAt: null, value: null, unit: null as TemperatureUnit | null }
  if (!mapping) return { ...nothing, problems: [] }
  const { temperature } = mapping
  const readable = { ...mapping, temperature: { ...temperature, unit: temperature.unit ?? 'C' } }
  const parsed = rowReader(columns, readable, timezone)(cells)
  if (!parsed.ok) return { ...nothing, problems: parsed.errors }
  const { at, sent, unit } = parsed.reading
  return {
    ...nothing,
    measuredAt: new Date(at).toISOString(),
    value: sent,
    unit: temperature.unit && unit,
    problems: [],
  }
}
