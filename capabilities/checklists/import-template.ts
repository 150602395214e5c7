import { cellIn, columnName } from '@opsflow/platform/csv'
import { newItem, newSection } from './edit-draft.ts'
import type { ImportColumn } from './import-columns.ts'
import { IMPORT_COLUMNS } from './import-columns.ts'
import { Item, type ItemKind } from './item.ts'
import { DraftContent, type Section } from './template.ts'
import type { ReadTemplate } from './template-records.ts'

type Errors = ReadTemplate['rows'][number]['errors']
type Row = Record<ImportColumn, string>

/** What the columns and kinds of other people's files are called, in English and Spanish. */
const ALSO: Record<string, ImportColumn> = {
  area: 'section',
  group: 'section',
  seccion: 'section',
  sección: 'section',
  item: 'question',
  task: 'question',
  title: 'question',
  pregunta: 'question',
  type: 'kind',
  tipo: 'kind',
  mandatory: 'required',
  obligatoria: 'required',
  'n/a': 'not_applicable',
  critica: 'critical',
  crítica: 'critical',
  instructions: 'help',
  description: 'help',
  ayuda: 'help',
  minimum: 'min',
  maximum: 'max',
  unidad: 'unit',
  choices: 'options',
  opciones: 'options',
  corrective_action: 'fix',
  weighting: 'weight',
  peso: 'weight',
  score: 'points',
  scores: 'points',
  puntos: 'points',
}
const KINDS: Record<string, ItemKind> = {
  '': 'pass_fail',
  check: 'pass_fail',
  checkbox: 'pass_fail',
  pass_fail: 'pass_fail',
  yes_no: 'yes_no',
  si_no: 'yes_no',
  sí_no: 'yes_no',
  temp: 'temperature',
  temperatura: 'temperature',
  numeric: 'number',
  numero: 'number',
  número: 'number',
  picture: 'photo',
  foto: 'photo',
  comment: 'text',
  texto: 'text',
  multiple_choice: 'choice',
  list: 'choice',
  opcion: 'choice',
  opción: 'choice',
  date: 'moment',
  fecha: 'moment',
  firma: 'signature',
  qr: 'scan',
  barcode: 'scan',
  info: 'instruction',
  timer: 'timer',
}
const KIND_NAMES = Item.options.map(({ shape }) => shape.kind.value as ItemKind)

export const importColumnOf = (header: string): ImportColumn | null => {
  const name = columnName(header)
  return IMPORT_COLUMNS.find((column) => column === name) ?? ALSO[name] ?? null
}

/** A checklist from the rows of a spreadsheet: every row that is wrong is told, and none is made while one is. */
export function readTemplate(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  mint: () => string,
): ReadTemplate {
  const columns = header.map(importColumnOf)
  const read = rows.map((cells, n) => {
    const row = Object.fromEntries(IMPORT_COLUMNS.map((column) => [column, ''])) as Row
    for (const [at, column] of columns.entries()) if (column) row[column] ||= cellIn(cells[at] ?? '').trim()
    const { item, errors } = itemOf(row, mint)
    return { row: n + 1, section: row.section, question: row.question, kind: item?.kind ?? null, item, errors }
  })
  const refused = read.filter(({ errors }) => errors.length > 0).length
  const draft = refused === 0 ? draftOf(read, mint) : null
  return {
    columns: header.map((name, n) => ({ name, field: columns[n] ?? null })),
    rows: read.map(({ item: _, ...row }) => row),
    refused,
    draft,
  }
}

/** A section goes on until another is named; an empty cell is the one above. */
function draftOf(read: readonly { section: string; item: Item | null }[], mint: () => string): DraftContent {
  const sections: Section[] = []
  for (const { section: title, item } of read) {
    const last = sections.at(-1)
    const into = last && (title === '' || title === last.title) ? last : newSection(mint(), title)
    if (into !== last) sections.push(into)
    if (item) into.items.push(item)
  }
  return DraftContent.parse({
    sections,
    ...(isScored(sections) && { scoring: { scheme: 'weighted', passPercent: null } }),
  })
}

/** Points or weights make it an audit. From which percentage on it passes no column says: somebody sets that. */
const isScored = (sections: readonly Section[]) =>
  sections.some(({ items }) =>
    items.some(
      (item) => item.weight !== 1 || (item.kind === 'choice' && item.options.some(({ points }) => points !== null)),
    ),
  )

function itemOf(row: Row, mint: () => string): { item: Item | null; errors: Errors } {
  const errors: Errors = []
  const wrong = (column: ImportColumn, code: string, message: string) => void errors.push({ column, code, message })
  if (row.question === '') wrong('question', 'empty', 'Write what is asked.')
  const kind = kindOf(row.kind)
  if (!kind) wrong('kind', 'unknown_kind', `There is no kind “${row.kind}”. Use ${KIND_NAMES.join(', ')}.`)
  const [min, max] = (['min', 'max'] as const).map((column) => {
    const number = row[column] === '' ? null : Number(row[column].replace('−', '-').replace(',', '.'))
    if (number !== null && !Number.isFinite(number))
      wrong(column, 'not_a_number', 'Enter a number such as 3.5, or nothing.')
    return number
  })
  if (min != null && max != null && min > max) wrong('max', 'range_turned', 'The least is more than the most.')
  const [required, notApplicable, critical] = (['required', 'not_applicable', 'critical'] as const).map((column) => {
    const said = saidIn(row[column])
    if (said === undefined) wrong(column, 'not_yes_or_no', 'Enter yes or no, or nothing.')
    return said ?? null
  })
  const weight = row.weight === '' ? 1 : Number(row.weight)
  if (!Number.isInteger(weight) || weight < 0 || weight > 1000)
    wrong('weight', 'not_a_weight', 'Enter a whole number from 0 to 1000, or nothing.')
  const points = pointsIn(row.points)
  if (points === undefined) wrong('points', 'not_points', 'Enter points such as 5; 3; 0, one for each option.')
  if (!kind || errors.length > 0) return { item: null, errors }
  const made = newItem(kind, row.question, mint)
  const item: Item = {
    ...made,
    help: row.help,
    required: kind !== 'instruction' && (required ?? true),
    mayBeNotApplicable: notApplicable ?? false,
    isCritical: critical ?? made.isCritical,
    weight,
    onFail: made.onFail && { ...made.onFail, fix: row.fix },
  }
  if (item.kind === 'number') Object.assign(item, { min, max, unit: row.unit })
  if (item.kind === 'temperature' && (min !== null || max !== null)) {
    item.subject = {
      kind: 'food',
      limitId: null,
      unit: /c/i.test(row.unit) ? 'C' : 'F',
      min: min ?? null,
      max: max ?? null,
    }
  }
  if (item.kind === 'choice') {
    item.options = optionsIn(row.options, mint)
    if (item.options.length === 0) wrong('options', 'no_options', 'Name the choices, separated by semicolons.')
    if (points && points.length !== item.options.length)
      wrong('points', 'points_not_one_each', 'Give as many points as there are options.')
    else item.options = item.options.map((option, n) => ({ ...option, points: points?.[n] ?? null }))
  } else if (points)
    wrong('points', 'points_without_options', 'Points belong to options. What passes or fails has a weight.')
  if (item.kind === 'timer') item.seconds = Math.round((max ?? min ?? 1) * 60)
  for (const issue of Item.safeParse(item).error?.issues ?? []) {
    wrong(COLUMN_OF[String(issue.path[0])] ?? 'question', 'invalid', issue.message)
  }
  return { item: errors.length === 0 ? item : null, errors }
}

const COLUMN_OF: Record<string, ImportColumn> = {
  help: 'help',
  unit: 'unit',
  min: 'min',
  max: 'max',
  subject: 'min',
  options: 'options',
  onFail: 'fix',
  seconds: 'max',
  weight: 'weight',
}

function kindOf(cell: string): ItemKind | undefined {
  const name = columnName(cell).replaceAll('/', '_').replaceAll(/_+/g, '_')
  return KIND_NAMES.find((kind) => kind === name) ?? KINDS[name]
}

/** null: nothing said · undefined: neither yes nor no. */
function saidIn(cell: string): boolean | null | undefined {
  if (cell === '') return null
  if (/^(yes|y|true|1|x|s[ií])$/i.test(cell)) return true
  return /^(no|n|false|0)$/i.test(cell) ? false : undefined
}

/** Null: nothing said, or of that option nothing · undefined: no points. */
function pointsIn(cell: string): (number | null)[] | null | undefined {
  if (cell === '') return null
  const each = cell.split(';').map((text) => text.trim().replace('−', '-').replace(',', '.'))
  const points = each.map((text) => (text === '' || text === '-' ? null : Number(text)))
  return points.every((one) => one === null || Math.abs(one) <= 1000) ? points : undefined
}

const optionsIn = (cell: string, mint: () => string) =>
  cell
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '' && text !== '!')
    .map((text) => ({ id: mint(), label: text.replace(/^!\s*/, ''), fails: text.startsWith('!'), points: null }))
