import { GivenAudit, type GivenFinding } from '@opsflow/capabilities/audits'
import { cellIn, columnName } from '@opsflow/platform/csv'
import { dayOf } from './date-text.ts'
import type { InspectionField, InspectionMapping } from './inspection-columns.ts'

/** Why a row is not taken. The column is as the file calls it. */
export type RowError = { column: string; code: RowErrorCode; message: string }
export type RowErrorCode =
  | 'date_missing'
  | 'date_unreadable'
  | 'not_inspected'
  | 'place_missing'
  | 'score_not_a_number'
  | 'cell_too_long'
  | 'audit_unreadable'

export type ReadRow = { ok: true; given: GivenAudit } | { ok: false; errors: RowError[] }

/** The last column of our own file of refused rows: there, cells stand as a spreadsheet was kept from running them. */
export const REFUSED_COLUMNS = ['opsflow_row', 'opsflow_reason'] as const

/** A reader of rows under a mapping. What a cell says is kept word for word. */
export function inspectionReader(
  header: readonly string[],
  mapping: InspectionMapping,
): (row: readonly string[]) => ReadRow {
  const names = namesOf(header)
  const isOurs = REFUSED_COLUMNS.every((name) => header.some((one) => columnName(one) === name))
  const { columns, source, dateFormat } = mapping
  const used = new Set([columns.violations, columns.violationCode, columns.violationText, columns.critical])
  const beside = names.flatMap((name, at) => (used.has(at) || isRefusedColumn(name) ? [] : [{ name, at }]))
  return (cells) => {
    const row = isOurs ? cells.map(cellIn) : cells
    const errors: RowError[] = []
    const nameOf = (field: InspectionField) => names[columns[field] ?? -1] ?? ''
    const wrong = (column: string, code: RowErrorCode, message: string) => void errors.push({ column, code, message })
    const raw = (field: InspectionField) => (columns[field] === null ? '' : (row[columns[field]] ?? ''))
    const text = (field: InspectionField) => raw(field).trim()

    const auditDate = dayOf(text('date'), dateFormat)
    if (text('date') === '') wrong(nameOf('date'), 'date_missing', 'There is no date of the inspection.')
    else if (!auditDate) wrong(nameOf('date'), 'date_unreadable', 'Not a day as in the rest of this column.')
    else if (auditDate < '1900-01-02')
      wrong(nameOf('date'), 'not_inspected', 'The place has not been inspected: the date stands for none.')
    const place = placeIn(text('placeId'), text('name'), addressIn(row, mapping))
    if (!place) wrong(nameOf('name'), 'place_missing', 'The row names no place: neither a name nor a licence.')
    const score = numberIn(text('score'))
    if (score === undefined) wrong(nameOf('score'), 'score_not_a_number', 'Not a number.')
    const given = {
      ...{ source, sourceId: '', place, name: text('type') || text('result') || 'Inspection', auditDate },
      ...{ auditType: 'health_inspection', completedAt: null, statedBy: '', result: raw('result') },
      ...{ score: score ?? null, max: null, percent: null, grade: text('grade') || null, answers: [] },
      findings: findingsIn(raw('violations'), text('violationCode'), raw('violationText'), text('critical')),
      columns: Object.fromEntries(beside.map(({ name, at }) => [name, row[at] ?? ''])),
    }
    if (errors.length > 0 || !place) return { ok: false, errors }
    given.sourceId = text('inspectionId') || `${place.key} ${auditDate} ${text('type')}`.slice(0, 600)
    const read = GivenAudit.safeParse(given)
    if (read.success) return { ok: true, given: read.data }
    const at = String(read.error.issues[0]?.path.at(-1) ?? '')
    return { ok: false, errors: [{ column: at, code: 'cell_too_long', message: 'A cell is far too long.' }] }
  }
}

const isRefusedColumn = (name: string) => (REFUSED_COLUMNS as readonly string[]).includes(columnName(name))

/** Names of columns as the file has them, each once. */
function namesOf(header: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((given, at) => {
    const name = given.replace('\uFEFF', '').trim().slice(0, 180) || `column ${at + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

const addressIn = (row: readonly string[], { address }: InspectionMapping) =>
  address
    .map((at) => (row[at] ?? '').trim().replace(/\s+/g, ' '))
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' ? part : `${text}${HOUSE_NUMBER.test(text) ? ' ' : ', '}${part}`), '')

const HOUSE_NUMBER = /^\d[\d-]*[A-Za-z]?$/

/** By its licence where it has one; by name and address where it has none: Chicago writes 0. */
function placeIn(licence: string, name: string, address: string): GivenAudit['place'] | null {
  const known = /^0*$/.test(licence) ? '' : licence
  if (!known && !name) return null
  const key = known ? `licence ${known}` : `at ${plain(name)} ${plain(address)}`
  return { key: key.slice(0, 300), name, licence: known, address }
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** null: nothing said · undefined: no number. */
function numberIn(text: string): number | null | undefined {
  if (text === '') return null
  return /^[-−]?\d{1,9}([.,]\d{1,6})?$/.test(text) ? Number(text.replace('−', '-').replace(',', '.')) : undefined
}

/** Chicago writes them into one cell, each with its number: `55. PHYSICAL FACILITIES … | 56. ADEQUATE …`. */
const BETWEEN = / \| (?=\d{1,3}\. )/

function findingsIn(together: string, code: string, one: string, critical: string): GivenFinding[] {
  if (together.trim() !== '') {
    return together
      .split(BETWEEN)
      .map((text) => ({ code: /^\s*(\d{1,3})\. /.exec(text)?.[1] ?? '', text, isCritical: null }))
  }
  if (one.trim() === '' && code === '') return []
  return [{ code, text: one, isCritical: isCritical(critical) }]
}

function isCritical(text: string): boolean | null {
  if (/^(critical|yes|y|true|1)$/i.test(text)) return true
  return /^(not critical|no|n|false|0)$/i.test(text) ? false : null
}
