import { columnName } from '@opsflow/platform/csv'
import { z } from 'zod'
import { DATE_FORMATS, dateFormatsOf } from './date-text.ts'

/** What a column of a file of inspections can hold. */
export const INSPECTION_FIELDS = [
  ...(['inspectionId', 'placeId', 'name', 'date', 'type', 'result', 'score', 'grade'] as const),
  ...(['violations', 'violationCode', 'violationText', 'critical'] as const),
] as const
export type InspectionField = (typeof INSPECTION_FIELDS)[number]

const column = z.int().min(0).max(199)
const columns = Object.fromEntries(INSPECTION_FIELDS.map((field) => [field, column.nullable()])) as Record<
  InspectionField,
  z.ZodNullable<typeof column>
>

/**
 * Which columns say what, counted from 0. `violations`: all of an inspection in one cell, as Chicago writes them ·
 * `violationText`: one a row, as New York City does.
 */
export const InspectionMapping = z.strictObject({
  source: z.enum(['chicago', 'nyc', 'inspections']),
  dateFormat: z.enum(DATE_FORMATS),
  columns: z.strictObject(columns),
  /** Read together, in this order. */
  address: z.array(column).max(8),
})
export type InspectionMapping = z.infer<typeof InspectionMapping>

/** What the file lacks for its inspections to be kept, and what someone should look at. */
export type Missing = 'date' | 'place'
export type Doubt = 'day_and_month_ambiguous' | 'encoding_guessed'
export type GuessedInspections = { mapping: InspectionMapping; missing: Missing[]; doubts: Doubt[] }

/** What the columns are called, the city's own name first. */
const NAMES: Record<InspectionField, readonly string[]> = {
  inspectionId: ['inspection_id', 'inspection_number', 'inspection_no', 'id_de_inspección'],
  placeId: ['camis', 'license_#', 'license', 'licence', 'license_number', 'permit_number', 'facility_id', 'record_id'],
  name: [
    'dba_name',
    'dba',
    'aka_name',
    'name',
    'business_name',
    'facility_name',
    'establishment',
    'restaurant',
    'nombre',
  ],
  date: ['inspection_date', 'date', 'inspected_on', 'date_of_inspection', 'fecha'],
  type: ['inspection_type', 'type', 'purpose', 'tipo'],
  result: ['results', 'result', 'action', 'outcome', 'status', 'resultado'],
  score: ['score', 'points', 'inspection_score', 'puntos'],
  grade: ['grade', 'letter_grade', 'rating'],
  violations: ['violations'],
  violationCode: ['violation_code', 'code'],
  violationText: ['violation_description', 'violation', 'description', 'finding', 'comments'],
  critical: ['critical_flag', 'critical', 'is_critical'],
}
const ADDRESS = [
  ...['building', 'street', 'address', 'boro', 'borough', 'city', 'state', 'zip', 'zipcode', 'zip_code', 'postcode'],
  'dirección',
]
const DATES_LOOKED_AT = 50

/** The likely meaning of a file's columns, from their names; how days are written, from a few rows. */
export function guessInspections(header: readonly string[], rows: readonly (readonly string[])[]): GuessedInspections {
  const names = header.map(columnName)
  const of = (field: InspectionField) => {
    const found = NAMES[field].map((name) => names.indexOf(name)).find((at) => at >= 0)
    return found ?? null
  }
  const found = Object.fromEntries(INSPECTION_FIELDS.map((field) => [field, of(field)])) as InspectionMapping['columns']
  const address = ADDRESS.map((name) => names.indexOf(name))
    .filter((at) => at >= 0)
    .slice(0, 8)
  const source = sourceOf(names)
  const texts = found.date === null ? [] : rows.slice(0, DATES_LOOKED_AT).map((row) => row[found.date as number] ?? '')
  const formats = dateFormatsOf(texts)
  const isAmbiguous = source === 'inspections' && formats.includes('month_first') && formats.includes('day_first')
  const mapping = { source, dateFormat: formats[0] ?? 'iso', columns: found, address }
  return { mapping, missing: missingIn(mapping), doubts: isAmbiguous ? ['day_and_month_ambiguous'] : [] }
}

/** A file without these can be looked at, and not kept. A borough alone is no place. */
export function missingIn({ columns: { date, placeId, name } }: InspectionMapping): Missing[] {
  return [...(date === null ? ['date' as const] : []), ...(placeId === null && name === null ? ['place' as const] : [])]
}

function sourceOf(names: readonly string[]): InspectionMapping['source'] {
  const has = (...wanted: string[]) => wanted.every((name) => names.includes(name))
  if (has('camis') || has('boro', 'score', 'grade')) return 'nyc'
  return has('inspection_id', 'results', 'violations') ? 'chicago' : 'inspections'
}
