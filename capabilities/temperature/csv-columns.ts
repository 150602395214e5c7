import { z } from 'zod'
import { offsetClock } from './local-time.ts'
import { instantOf, TIME_FORMATS, type TimeFormat, timeFormatsOf } from './time-text.ts'
import { measuredSent, type TemperatureUnit } from './value.ts'

/** Which columns of a file say when and how warm. Columns are counted from 0. */
export const ColumnMapping = z.strictObject({
  time: z.strictObject({
    column: z.int().min(0).max(999),
    /** A second column with the time of day, when date and time are apart. */
    timeOfDayColumn: z.int().min(0).max(999).nullable(),
    format: z.enum(TIME_FORMATS),
  }),
  temperature: z.strictObject({
    column: z.int().min(0).max(999),
    unit: z.enum(['F', 'C'], 'Say whether the values are in F or C: where the file does not, nothing is assumed.'),
  }),
  /** Whose readings they are, when one file holds several sensors. */
  sensorColumn: z.int().min(0).max(999).nullable(),
})
export type ColumnMapping = z.infer<typeof ColumnMapping>

/** The same as guessed from the file: it may name no unit. */
export const GuessedColumns = ColumnMapping.extend({
  temperature: ColumnMapping.shape.temperature.extend({ unit: z.enum(['F', 'C']).nullable() }),
})
export type GuessedColumns = z.infer<typeof GuessedColumns>

/** What the file leaves open, for the person who decides it in the preview. */
export type MappingDoubt = 'unit_unnamed' | 'day_and_month_ambiguous'

export type GuessedMapping =
  | { ok: true; mapping: GuessedColumns; doubts: MappingDoubt[] }
  | { ok: false; missing: ('time' | 'temperature')[] }

/**
 * The likely meaning of a file's columns, from their names and a few rows. An instant with its offset is preferred to
 * epoch seconds, and those to a wall clock. A unit is taken from the header or from the cells, never from elsewhere.
 */
export function guessColumns(header: readonly string[], rows: readonly string[][]): GuessedMapping {
  const columns = header.map((name, column) => ({ column, name: plainName(name), texts: textsOf(rows, column) }))
  const time = guessTime(columns)
  const temperature = guessTemperature(
    columns.filter(({ column }) => column !== time?.column && column !== time?.timeOfDayColumn),
  )
  if (!time || !temperature) {
    return {
      ok: false,
      missing: [...(time ? [] : ['time' as const]), ...(temperature ? [] : ['temperature' as const])],
    }
  }
  const unit = unitNamed(header[temperature.column] ?? '') ?? unitOfCells(temperature.texts)
  const doubts: MappingDoubt[] = []
  if (unit === null) doubts.push('unit_unnamed')
  if (time.isAmbiguous) doubts.push('day_and_month_ambiguous')
  const { column, timeOfDayColumn, format } = time
  return {
    ok: true,
    doubts,
    mapping: {
      time: { column, timeOfDayColumn, format },
      temperature: { column: temperature.column, unit },
      sensorColumn: columns.find(({ name }) => SENSOR_NAME.test(name))?.column ?? null,
    },
  }
}

type Column = { column: number; name: string; texts: string[] }

const TIME_NAME = /time|date|stamp|recorded|measured|^at$|^ts$|^when$/
const TEMPERATURE_NAME = /temp|^t$|^t_|celsius|fahrenheit|^value$|^reading$|^°?[cf]$|^deg/
const NOT_A_READING = /set_?point|min|max|limit|alarm|high|low|avg|mean|dew|humid|batt/
const SENSOR_NAME = /sensor|device|probe|logger|serial|channel|^unit(_?(id|name))?$/
const CERTAINTY: Record<TimeFormat, number> = {
  iso: 6,
  epoch_milliseconds: 5,
  epoch_seconds: 4,
  wall_year_first: 3,
  wall_month_first: 2,
  wall_day_first: 1,
}

/** Lower case, without a byte order mark, words joined by _: 'Temp (°F)' → 'temp_(°f)'. */
const plainName = (name: string) =>
  name
    .replace('\uFEFF', '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

const textsOf = (rows: readonly string[][], column: number) =>
  rows.map((row) => (row[column] ?? '').trim()).filter((text) => text !== '')

type GuessedTime = { column: number; timeOfDayColumn: number | null; format: TimeFormat; isAmbiguous: boolean }

function guessTime(columns: readonly Column[]): GuessedTime | undefined {
  const whole = columns.flatMap((candidate) => timesIn(candidate, null))
  const found = whole.length > 0 ? whole : inTwoColumns(columns)
  return found.sort((a, b) => CERTAINTY[b.format] - CERTAINTY[a.format] || a.column - b.column)[0]
}

/** Numbers are an instant only under a name that says so: a serial number has ten digits too. */
function timesIn({ column, name, texts }: Column, timeOfDayColumn: number | null): GuessedTime[] {
  const formats = timeFormatsOf(texts).filter((format) => !format.startsWith('epoch') || TIME_NAME.test(name))
  const isAmbiguous = formats.includes('wall_month_first') && formats.includes('wall_day_first')
  return formats.slice(0, 1).map((format) => ({ column, timeOfDayColumn, format, isAmbiguous }))
}

function inTwoColumns(columns: readonly Column[]): GuessedTime[] {
  const dates = columns.filter(({ name }) => name.includes('date'))
  const times = columns.filter(({ name }) => name.includes('time'))
  return dates.flatMap((date) =>
    times.flatMap((time) => {
      if (time.column === date.column || time.texts.length !== date.texts.length) return []
      const texts = date.texts.map((text, row) => `${text} ${time.texts[row]}`)
      return timesIn({ ...date, texts }, time.column)
    }),
  )
}

function guessTemperature(columns: readonly Column[]): Column | undefined {
  const numeric = columns.filter(
    ({ texts }) => texts.length > 0 && texts.some((text) => measuredSent(bare(text).text, 'C').ok),
  )
  const named = numeric.filter(({ name }) => TEMPERATURE_NAME.test(name))
  return named.find(({ name }) => !NOT_A_READING.test(name)) ?? named[0]
}

/** The unit a header or a cell names: temp_f, Temperature (°C), Fahrenheit, '38 F'. */
function unitNamed(text: string): TemperatureUnit | null {
  const letter = /(?:°|deg\.?\s*|[\s_([\d.]|^)([cf])(?:elsius|ahrenheit)?\.?[)\]]?$/i.exec(text.trim())?.[1]
  return letter ? (letter.toUpperCase() as TemperatureUnit) : null
}

/** The unit that all cells name: '38 F', '39.2 F'. */
function unitOfCells(texts: readonly string[]): TemperatureUnit | null {
  const [first = null, ...others] = new Set(texts.map((text) => bare(text).unit))
  return others.length === 0 ? first : null
}

/** The numbers of a column, whatever unit they are in. */
export const numbersIn = (rows: readonly string[][], column: number): number[] =>
  textsOf(rows, column)
    .map((text) => Number(bare(text).text.replace(',', '.')))
    .filter(Number.isFinite)

/** A cell without its unit: '38.5 °F' → 38.5, F. */
function bare(cell: string): { text: string; unit: TemperatureUnit | null } {
  const match = /^(.*?\d)\s*(?:°|º|deg)?\s*([cf])$/i.exec(cell.trim())
  return match ? { text: match[1] ?? '', unit: unitNamed(cell) } : { text: cell.trim(), unit: null }
}

/** `sent` is null where the file says that there was no value; whether a number is a sensor's fault is asked later. */
export type ImportedReading = { at: number; sent: string | null; unit: TemperatureUnit; sensor: string | null }

export type RowError = { column: string; code: RowErrorCode; message: string }
export type RowErrorCode =
  | 'temperature.row_too_short'
  | 'temperature.time_unreadable'
  | 'temperature.time_implausible'
  | 'temperature.value_empty'
  | 'temperature.value_not_a_number'

export type ParsedRow = { ok: true; reading: ImportedReading } | { ok: false; errors: RowError[] }

/** A reader of rows under a mapping; wall times are on the clock of `timezone`. */
export function rowReader(
  header: readonly string[],
  mapping: ColumnMapping,
  timezone: string,
): (row: readonly string[]) => ParsedRow {
  const offsetAt = offsetClock(timezone)
  const nameOf = (column: number) => (header[column] ?? `column ${column + 1}`).replace('\uFEFF', '').trim()
  return (row) => {
    const errors: RowError[] = []
    const refuse = (column: number, code: RowErrorCode, message: string) => {
      errors.push({ column: nameOf(column), code, message })
      return null
    }
    const at = timeIn(row, mapping, offsetAt, refuse)
    const value = valueIn(row, mapping, refuse)
    if (at === null || value === null) return { ok: false, errors }
    const sensor = mapping.sensorColumn === null ? '' : (row[mapping.sensorColumn] ?? '').trim()
    return { ok: true, reading: { at, ...value, sensor: sensor || null } }
  }
}

type RefuseCell = (column: number, code: RowErrorCode, message: string) => null

/** No kitchen thermometer logged before 2000; after 2100 a device's clock is wrong. */
const [EARLIEST, LATEST] = [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1)]

function timeIn(
  row: readonly string[],
  { time }: ColumnMapping,
  offsetAt: (at: number) => number,
  refuse: RefuseCell,
): number | null {
  const date = row[time.column]
  const timeOfDay = time.timeOfDayColumn === null ? '' : ` ${row[time.timeOfDayColumn] ?? ''}`
  if (date === undefined) return refuse(time.column, 'temperature.row_too_short', 'The row ends before this column.')
  const at = instantOf(date + timeOfDay, time.format, offsetAt)
  if (at === null)
    return refuse(time.column, 'temperature.time_unreadable', 'Not a time as in the rest of this column.')
  if (at >= EARLIEST && at < LATEST) return at
  return refuse(time.column, 'temperature.time_implausible', 'The time lies outside 2000 to 2100.')
}

function valueIn(
  row: readonly string[],
  { temperature }: ColumnMapping,
  refuse: RefuseCell,
): Pick<ImportedReading, 'sent' | 'unit'> | null {
  const cell = row[temperature.column]
  if (cell === undefined)
    return refuse(temperature.column, 'temperature.row_too_short', 'The row ends before this column.')
  if (/^(nan|null|n\/a)$/i.test(cell.trim())) return { sent: null, unit: temperature.unit }
  const { text, unit } = bare(cell)
  const read = measuredSent(text, unit ?? temperature.unit)
  if (read.ok) return { sent: text, unit: read.value.unit }
  if (read.code === 'temperature.value_empty') return refuse(temperature.column, read.code, read.message)
  return refuse(temperature.column, 'temperature.value_not_a_number', 'Not a decimal number.')
}
