import { expect, test } from 'vitest'
import { IMPORT_COLUMNS, IMPORT_EXAMPLE } from './import-columns.ts'
import { readTemplate } from './import-template.ts'
import { problemsOf } from './template-problems.ts'

const mint = () => crypto.randomUUID()
const read = (header: string[], ...rows: string[][]) => readTemplate(header, rows, mint)

test('the example says what it is an example of', () => {
  const [header = [], ...rows] = IMPORT_EXAMPLE.replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  expect(header).toEqual(IMPORT_COLUMNS)
  const { draft, refused } = readTemplate(header, rows, mint)
  expect(refused).toBe(0)
  expect(draft && problemsOf(draft)).toEqual([])
  expect(draft?.sections.map(({ title, items }) => [title, items.length])).toEqual([
    ['Coolers', 2],
    ['Line', 3],
  ])
  const [cooler] = draft?.sections[0]?.items ?? []
  expect(cooler).toMatchObject({
    kind: 'temperature',
    isCritical: true,
    subject: { kind: 'food', min: 33, max: 41, unit: 'F' },
    onFail: { fix: 'Close the door' },
  })
  const [sanitiser, look, photo] = draft?.sections[1]?.items ?? []
  expect(sanitiser).toMatchObject({ kind: 'number', min: 200, max: 400, unit: 'ppm' })
  expect(look).toMatchObject({ options: [{ label: 'Clean', fails: false }, {}, { label: 'Dirty', fails: true }] })
  expect(photo).toMatchObject({ required: false })
})

test('columns and kinds of other people’s files are understood, a question alone is a check', () => {
  const { draft } = read(['Área', 'Item', 'Type', 'Notes'], ['', 'Doors shut', '', 'x'], ['', '¿Limpio?', 'Sí/No', ''])
  expect(draft?.sections).toMatchObject([{ title: '', items: [{ kind: 'pass_fail' }, { kind: 'yes_no' }] }])
})

test('every wrong row is told with its column, and nothing is made', () => {
  const { draft, refused, rows } = read(
    ['question', 'kind', 'required', 'min', 'max', 'options'],
    ['', 'number', '', '', '', ''],
    ['Q', 'riddle', 'maybe', 'warm', '', ''],
    ['Q', 'number', '', '5', '1', ''],
    ['Q', 'choice', '', '', '', ' ; '],
    ['Fine', 'text', 'no', '', '', ''],
  )
  expect([draft, refused]).toEqual([null, 4])
  expect(rows.map(({ errors }) => errors.map(({ column, code }) => `${column} ${code}`))).toEqual([
    ['question empty'],
    ['kind unknown_kind', 'min not_a_number', 'required not_yes_or_no'],
    ['max range_turned'],
    ['options no_options', 'options invalid'],
    [],
  ])
})

test('points, weights and what is critical make an audit, of which nobody has said when it passes', () => {
  const { draft, refused } = read(
    ['question', 'kind', 'options', 'points', 'weight', 'critical'],
    ['Floor', 'choice', 'Clean; Fair; !Dirty; N/A', '5; 3; 0; -', '2', ''],
    ['Gas off', 'pass/fail', '', '', '0', 'yes'],
  )
  expect(refused).toBe(0)
  const [floor, gas] = draft?.sections[0]?.items ?? []
  expect(floor).toMatchObject({
    weight: 2,
    options: [{ points: 5 }, { points: 3 }, { points: 0, fails: true }, { points: null }],
  })
  expect(gas).toMatchObject({ weight: 0, isCritical: true })
  expect(draft?.scoring).toEqual({ scheme: 'weighted', auditType: 'internal', passPercent: null })
  expect(read(['question'], ['Doors shut']).draft?.scoring).toBeNull()
})

test('points that do not fit their options are told', () => {
  const { rows } = read(
    ['question', 'kind', 'options', 'points', 'weight'],
    ['A', 'choice', 'x; y', '5', ''],
    ['B', 'pass/fail', '', '5', ''],
    ['C', 'choice', 'x', 'many', '1.5'],
    ['D', 'choice', 'x', '2000', '-1'],
  )
  expect(rows.map(({ errors }) => errors.map(({ column, code }) => `${column} ${code}`))).toEqual([
    ['points points_not_one_each'],
    ['points points_without_options'],
    ['weight not_a_weight', 'points not_points'],
    ['weight not_a_weight', 'points not_points'],
  ])
})
