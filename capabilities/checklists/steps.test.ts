import { expect, test } from 'vitest'
import type { Answer, AnswerValue } from './answer.ts'
import { asUsedAt } from './form.ts'
import { standingAnswers } from './standing-answers.ts'
import { standingOf } from './standing-of.ts'
import { numberOf, outcomeOf, progressOf, stepsOf } from './steps.ts'
import { TemplateContent } from './template.ts'

const [line, each, batch] = ids(3)
const [clean, dirt, temperature, sanitiser, label] = ids(5)
const CHECKLIST = crypto.randomUUID()
const LOCATION = crypto.randomUUID()

const content = TemplateContent.parse({
  sections: [
    {
      id: line,
      title: 'Line',
      items: [
        { kind: 'pass_fail', id: clean, label: 'The line is clean' },
        { kind: 'text', id: dirt, label: 'What is dirty?', showIf: { of: [{ itemId: clean, is: 'failing' }] } },
      ],
    },
    {
      id: each,
      title: 'Coolers',
      repeat: { per: 'unit', unitKinds: ['walk_in_cooler'] },
      items: [{ kind: 'temperature', id: temperature, label: 'Temperature', subject: { kind: 'unit' } }],
    },
    {
      id: batch,
      title: 'Batches',
      repeat: { per: 'entry', noun: 'batch' },
      items: [
        { kind: 'number', id: sanitiser, label: 'ppm', min: 200, max: 400, local: ['limit', 'hidden'] },
        {
          kind: 'text',
          id: label,
          label: 'Why?',
          showIf: { of: [{ itemId: sanitiser, is: 'below', value: '200' }] },
        },
      ],
    },
  ],
})
const units = [
  { id: crypto.randomUUID(), name: 'Walk-in', kind: 'walk_in_cooler' },
  { id: crypto.randomUUID(), name: 'Freezer', kind: 'freezer' },
]

test('a question that depends on another shows when it holds, and asks nothing while it does not', () => {
  expect(labels(stepsOf(content, [], units))).toEqual(['The line is clean', 'Temperature'])
  const failing = [answer(clean, { kind: 'pass_fail', passes: false }, 'fail')]
  const steps = stepsOf(content, failing, units)
  expect(labels(steps)).toEqual(['The line is clean', 'What is dirty?', 'Temperature'])
  expect(progressOf(steps)).toEqual({ asked: 3, answered: 1, failed: 1, missing: 2 })
})

test('a section for each unit asks once for each unit of its kinds', () => {
  const [, ofWalkIn] = stepsOf(content, [], units)
  expect(ofWalkIn?.entry).toEqual({ id: units[0]?.id, label: 'Walk-in' })
})

test('each batch has answers of its own, and conditions look at their own batch', () => {
  const [first = '', second = ''] = ids(2).sort()
  const begun = [first, second].map((entryId) =>
    answer(batch, { kind: 'entry', label: 'Batch' }, 'recorded', { entryId }),
  )
  const weak = answer(sanitiser, { kind: 'number', text: '150' }, 'fail', { entryId: second })
  const steps = stepsOf(content, [...begun, weak], units).filter(({ section }) => section.id === batch)
  expect(steps.map(({ item, entry }) => [item.label, entry?.id])).toEqual([
    ['ppm', first],
    ['ppm', second],
    ['Why?', second],
  ])
})

test('the latest answer by the time it was given counts, in whatever order they arrive', () => {
  const early = answer(clean, { kind: 'pass_fail', passes: false }, 'fail', { answeredAt: '2026-11-27T06:00:00Z' })
  const late = answer(clean, { kind: 'pass_fail', passes: true }, 'pass', { answeredAt: '2026-11-27T06:05:00Z' })
  for (const order of [
    [early, late],
    [late, early],
  ]) {
    expect([...standingAnswers(order).values()]).toEqual([late])
  }
})

test.each([
  ['200', 'pass'],
  ['400,0', 'pass'],
  ['400.1', 'fail'],
  ['−5', 'fail'],
])('%s ppm of 200 to 400: %s', (text, outcome) => {
  const item = content.sections[2]?.items[0]
  expect(item && outcomeOf(item, { kind: 'number', text })).toBe(outcome)
})

test('a typed number is read with comma or point, and either minus', () => {
  expect(['3,5', '+3.5', '−18', '-18'].map(numberOf)).toEqual([3.5, 3.5, -18, -18])
})

test('a location changes what the template opens, and nothing else', () => {
  const used = asUsedAt(content, {
    [sanitiser]: { min: 150, label: 'Chlorine' },
    [clean]: { hidden: true, label: 'Clean?' },
  })
  expect(used.sections[0]?.items[0]).toMatchObject({ label: 'The line is clean' })
  expect(used.sections[2]?.items[0]).toMatchObject({ label: 'ppm', min: 150, max: 400 })
})

test('a condition that looks down, into another entry or nowhere is refused with its place', () => {
  const [asked, other, section, item] = ids(4)
  const parsed = TemplateContent.safeParse({
    sections: [
      {
        id: section,
        title: '',
        items: [
          { kind: 'text', id: item, label: 'A', showIf: { of: [{ itemId: asked, is: 'answered' }] } },
          { kind: 'text', id: asked, label: 'B', showIf: { of: [{ itemId: other, is: 'answered' }] } },
        ],
      },
    ],
  })
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'sections.0.items.0.showIf.of.0.itemId',
    'sections.0.items.1.showIf.of.0.itemId',
  ])
})

test.each([
  ['04:59', 'hidden'],
  ['05:01', 'todo'],
  ['05:10', 'due'],
  ['06:14', 'due'],
  ['06:16', 'late'],
  ['10:01', 'missed'],
])('at %s it is %s', (time, standing) => {
  expect(standingOf(occurrence('open', null), Date.parse(`2026-11-27T${time}:00Z`), 50)).toBe(standing)
})

test('what was completed in time is done, also when it is heard of after its end', () => {
  const heard = Date.parse('2026-11-27T23:00:00Z')
  expect(standingOf(occurrence('completed', '2026-11-27T06:10:00Z'), heard)).toBe('done')
  expect(standingOf(occurrence('completed', '2026-11-27T06:20:00Z'), heard)).toBe('done_late')
})

const occurrence = (status: 'open' | 'completed', completedAt: string | null) => ({
  status,
  completedAt,
  visibleAt: '2026-11-27T05:00:00Z',
  dueAt: '2026-11-27T06:00:00Z',
  lateAt: '2026-11-27T06:15:00Z',
  missedAt: '2026-11-27T10:00:00Z',
})

function ids(count: number): [string, string, string, string, string] {
  return Array.from({ length: Math.max(count, 5) }, () => crypto.randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ]
}

const labels = (steps: ReturnType<typeof stepsOf>) => steps.map(({ item }) => item.label)

function answer(itemId: string, value: AnswerValue, outcome: Answer['outcome'], more: Partial<Answer> = {}): Answer {
  return {
    id: crypto.randomUUID(),
    locationId: LOCATION,
    checklistId: CHECKLIST,
    itemId,
    entryId: null,
    value,
    outcome,
    note: '',
    photos: 0,
    photoHashes: [],
    taskId: null,
    answeredAt: '2026-11-27T06:00:00Z',
    answeredBy: null,
    kiosk: null,
    receivedAt: null,
    timeQuality: null,
    knew: null,
    ...more,
  }
}
