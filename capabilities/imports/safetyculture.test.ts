import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { computedBeside, type GivenAudit } from '@opsflow/capabilities/audits'
import { problemsOf, TemplateContent } from '@opsflow/capabilities/checklists'
import { expect, test } from 'vitest'
import { readJson } from './read-json.ts'
import type { PeerExport } from './safetyculture.ts'
import { peerAudit } from './safetyculture-audit.ts'
import { peerTemplate } from './safetyculture-template.ts'

/** A test mock of SafetyCulture/safetyculture-exporter, Apache-2.0: see the licence beside it. */
const real = readFileSync(join(import.meta.dirname, 'fixtures/safetyculture-audit.json'), 'utf8')
const mint = () => crypto.randomUUID()

function exportOf(text: string): PeerExport {
  const read = readJson(text)
  const [one] = read.kind === 'safetyculture' ? read.exports : []
  if (!one?.ok) throw new Error(JSON.stringify(read).slice(0, 300))
  return one.exported
}
const givenOf = (exported: PeerExport): GivenAudit => {
  const { read } = peerAudit(exported)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return read.given
}

type Item = { item_id: string; type: string; [more: string]: unknown }
const made = (...items: Item[]) =>
  exportOf(
    JSON.stringify({
      template_id: 't',
      audit_id: 'a',
      template_data: { metadata: { name: 'T' } },
      items,
      audit_data: { date_completed: '2026-01-02T03:04:05Z' },
    }),
  )
const yesNo = (score = 1) => ({
  values: [
    { id: 'y', label: 'Yes', score, enable_score: true },
    { id: 'n', label: 'No', score: 0, enable_score: true },
  ],
  failed_responses: ['n'],
})

test('a real export becomes a template that could be published, with its sections, choices and logic', () => {
  const { name, draft, sections, items } = peerTemplate(exportOf(real), mint)
  expect([name, sections, items]).toEqual(['Property Inspection', 8, 32])
  const content = TemplateContent.parse(draft)
  expect(problemsOf(content)).toEqual([])
  expect(content.sections.map((section) => `${section.title}: ${section.items.length}`)).toEqual([
    'Information: 5',
    'Audit · Property Exterior: 6',
    'Audit · Property Interior: 2',
    'Audit · Property Interior · Room: 3',
    'Audit · Property Interior: 1',
    'Audit · Risk Reduction: 6',
    'Audit · Potential risks: 7',
    'Audit · Further action: 2',
  ])
  expect(content.sections[3]?.repeat).toMatchObject({ per: 'entry', noun: 'Room' })
  const roof = content.sections[1]?.items[2]
  expect(roof).toMatchObject({
    ...{ kind: 'choice', label: 'Is the roof in acceptable condition?', weight: 1, required: false },
    options: [
      { label: 'Safe', points: 1, fails: false },
      { label: 'At Risk', points: 0, fails: true },
      { label: 'N/A', points: 1, fails: false },
    ],
  })
  const decor = content.sections[1]?.items[1]
  expect(decor).toMatchObject({ weight: 0, options: [{ points: null }, {}, {}, { points: null }] })
  const [stove, alarm] = content.sections[5]?.items.slice(2) ?? []
  const yes = stove?.kind === 'choice' ? stove.options[0]?.id : ''
  expect(alarm).toMatchObject({ kind: 'instruction', showIf: { of: [{ itemId: stove?.id, is: 'equal', value: yes }] } })
  expect(content.scoring).toMatchObject({ scheme: 'weighted', passPercent: null })
})

test('what a real export says that ours cannot is named, item by item', () => {
  const { leftOut } = peerTemplate(exportOf(real), mint)
  expect(leftOut.map(({ code, label }) => [code, label])).toEqual([['kind_changed', 'Location']])
})

test('a real inspection is kept as it was given, its own score beside ours', () => {
  const exported = exportOf(real)
  const given = givenOf(exported)
  expect(given).toMatchObject({
    ...{ sourceId: 'audit_7f1ecd2e66474418b1e062657aeb1389', name: 'Property Inspection', auditDate: '2020-02-12' },
    ...{ statedBy: 'Chris Barrington', result: 'not completed', completedAt: null },
    ...{ score: 1, max: 14, percent: 7.143, findings: [] },
  })
  expect(computedBeside(given)).toEqual({ grade: null, points: 1, max: 14, percent: 7.143, disagrees: false })
  expect(given.answers.filter(({ answer }) => answer !== '').map(({ label, answer }) => [label, answer])).toEqual([
    ['Conducted on', '2020-02-12T00:49:51.000Z'],
    ['Prepared by', 'Chris Barrington'],
    ['Is the roof in acceptable condition?', 'Safe'],
  ])
  expect(peerAudit(exported).leftOut).toMatchObject([{ code: 'not_completed' }])
})

test('a failing answer is a finding in the words of its question, and a weight counts', () => {
  const roof = { ...yesNo(5), weighting: 2 }
  const given = givenOf(
    made(
      {
        item_id: 'q',
        type: 'question',
        label: 'Roof sound?',
        options: roof,
        responses: {
          selected: [{ id: 'n', label: 'No', score: 0, enable_score: true }],
          failed: true,
          text: 'Two tiles',
        },
      },
      {
        item_id: 'r',
        type: 'question',
        label: 'Gas off?',
        options: yesNo(),
        responses: { selected: [{ id: 'y', label: 'Yes', score: 1, enable_score: true }] },
      },
    ),
  )
  expect(given.findings).toEqual([{ code: '', text: 'Roof sound?: No. Two tiles', isCritical: null }])
  expect(computedBeside(given)).toMatchObject({ points: 1, max: 11 })
})

test('one that was completed says when; one without a site is a place of its own', () => {
  const { auditDate, completedAt, place } = givenOf(made({ item_id: 'q', type: 'text' }))
  expect([auditDate, completedAt, place.key]).toEqual(['2026-01-02', '2026-01-02T03:04:05.000Z', 'audit a'])
})

test('logic that cannot be said is named by its question, and what follows is shown', () => {
  const field = (condition: string) => ({
    item_id: 's',
    parent_id: 'q',
    type: 'smartfield',
    options: { condition, values: ['y'] },
    children: ['x'],
  })
  const question = { item_id: 'q', type: 'question', label: 'Sound?', options: yesNo(), children: ['s'] }
  const told = (condition: string) =>
    peerTemplate(made(question, field(condition), { item_id: 'x', parent_id: 's', type: 'text', label: 'Why' }), mint)
  const unknown = told('3f206181-e4f6-11e1-aff1-0800200c9a66') // not selected
  expect(unknown.leftOut).toMatchObject([{ itemId: 's', label: 'Sound?', code: 'logic' }])
  expect(unknown.draft?.sections[0]?.items[1]?.showIf).toBeNull()
  expect(told('3f206184-e4f6-11e1-aff1-0800200c9a66').leftOut).toEqual([])
})

test('kinds nobody knows are left out by name, and so are children that are not there', () => {
  const { leftOut, items } = peerTemplate(
    made(
      { item_id: 'a', type: 'hologram', label: 'Beam', children: ['gone'] },
      { item_id: 'b', type: 'text', label: 'B' },
    ),
    mint,
  )
  expect(items).toBe(1)
  expect(leftOut.map(({ code, detail }) => [code, detail])).toEqual([
    ['child_missing', 'gone'],
    ['kind_unknown', 'hologram'],
  ])
})

test('a circle of children ends, and is named', () => {
  const round = made(
    { item_id: 's', type: 'section', label: 'S', children: ['a'] },
    { item_id: 'a', parent_id: 's', type: 'category', label: 'A', children: ['b', 's'] },
    { item_id: 'b', parent_id: 'a', type: 'question', label: 'B', options: yesNo(), children: ['a'] },
    { item_id: 'x', parent_id: 'y', type: 'text', label: 'X', children: ['y'] },
    { item_id: 'y', parent_id: 'x', type: 'text', label: 'Y', children: ['x'] },
    { item_id: 'b', type: 'text', label: 'B again' },
  )
  const { leftOut, draft } = peerTemplate(round, mint)
  expect(leftOut.map(({ code, itemId }) => `${code} ${itemId}`).sort()).toEqual([
    'circle a',
    'circle s',
    'id_twice b',
    'unreachable x',
    'unreachable y',
  ])
  expect(TemplateContent.safeParse(draft).success).toBe(true)
})

test('repeats ten deep are asked once in an entry of the outermost, and each inner one is named', () => {
  const deep = Array.from({ length: 10 }, (_, n) => [
    {
      item_id: `r${n}`,
      ...(n > 0 && { parent_id: `p${n - 1}` }),
      type: 'dynamicfield',
      label: `Level ${n}`,
      children: [`p${n}`],
    },
    {
      item_id: `p${n}`,
      parent_id: `r${n}`,
      type: 'primeelement',
      children: [`q${n}`, ...(n < 9 ? [`r${n + 1}`] : [])],
    },
    { item_id: `q${n}`, parent_id: `p${n}`, type: 'question', label: `Q${n}`, options: yesNo() },
  ]).flat()
  const { draft, leftOut, items } = peerTemplate(made(...deep), mint)
  expect(items).toBe(10)
  expect(draft?.sections.every(({ repeat }) => repeat?.per === 'entry')).toBe(true)
  expect(leftOut.filter(({ code }) => code === 'repeat_in_repeat')).toHaveLength(9)
})

test('nesting without end is cut and named', () => {
  const deep = Array.from({ length: 500 }, (_, n) => ({
    item_id: `c${n}`,
    ...(n > 0 && { parent_id: `c${n - 1}` }),
    type: 'category',
    label: `${n}`,
    children: [`c${n + 1}`],
  }))
  const { leftOut } = peerTemplate(made(...deep), mint)
  expect(leftOut.some(({ code }) => code === 'too_large')).toBe(true)
})

test('2,000 items are no template of ours, and say so; their answers are kept', () => {
  const many = Array.from({ length: 2000 }, (_, n) => ({
    item_id: `q${n}`,
    type: 'question',
    label: `Q${n}`,
    options: yesNo(),
  }))
  const exported = made(...many)
  const { draft, leftOut } = peerTemplate(exported, mint)
  expect(draft).toBeNull()
  expect(leftOut[0]).toMatchObject({ code: 'too_large', detail: '2000 items in 10 sections; at most 500 in 60' })
  expect(givenOf(exported).answers).toHaveLength(2000)
})

test('weights of zero come to no score', () => {
  const exported = made({
    item_id: 'q',
    type: 'question',
    label: 'Q',
    options: { ...yesNo(), weighting: 0 },
    responses: { selected: [{ id: 'y', label: 'Yes', score: 1, enable_score: true }] },
  })
  expect(computedBeside(givenOf(exported))).toMatchObject({ max: 0, percent: null })
  expect(peerTemplate(exported, mint).draft?.sections[0]?.items[0]).toMatchObject({ weight: 0 })
})

test('a very long text is cut where ours ends, and named', () => {
  const { draft, leftOut } = peerTemplate(made({ item_id: 'q', type: 'information', label: 'x'.repeat(50_000) }), mint)
  expect(draft?.sections[0]?.items[0]?.help).toHaveLength(4000)
  expect(leftOut).toMatchObject([{ code: 'text_cut' }])
})

test.each([
  ['a picture', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'json_unreadable'],
  ['a PDF', '%PDF-1.7\n1 0 obj\n<<>>', 'json_unreadable'],
  ['cut off', real.slice(0, 900), 'json_unreadable'],
  ['lists in lists without end', '['.repeat(100_000), 'json_too_deep'],
  ['objects in objects without end', '{"a":'.repeat(100_000), 'json_too_deep'],
  ['of something else', '{"a":1}', 'json_unknown'],
  ['a number', '1', 'json_unknown'],
  ['nothing', 'null', 'json_unknown'],
  ['of a later version', '{"format":"opsflow.audits","version":2,"audits":[]}', 'json_version'],
])('a file that is %s is refused', (_, text, code) => {
  expect(readJson(text)).toMatchObject({ kind: 'refused', code })
})

test('brackets in a text are no depth, and what cannot be stored becomes the sign for it', () => {
  const read = exportOf(
    JSON.stringify({
      template_id: 't',
      template_data: {},
      items: [{ item_id: 'q', type: 'text', label: `${'['.repeat(500)}\0\ud800 "\\` }],
    }),
  )
  expect(read.items[0]?.label).toBe(`${'['.repeat(500)}\uFFFD\uFFFD "\\`)
})
