import { expect, test } from 'vitest'
import { compareTemplates } from './compare.ts'
import { withFreshIds } from './fresh-ids.ts'
import { TemplateContent } from './template.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const question = (n: number, more: object = {}) => ({ kind: 'yes_no', id: id(n), label: `Question ${n}`, ...more })
const section = (n: number, items: object[], more: object = {}) => ({
  id: id(n),
  title: `Section ${n}`,
  items,
  ...more,
})
const template = (sections: object[], more: object = {}) => ({
  name: 'Opening',
  category: 'opening',
  content: TemplateContent.parse({ sections, ...more }),
})
const told = (older: ReturnType<typeof template>, newer: ReturnType<typeof template>) =>
  compareTemplates(older, newer).map(({ outcome, label }) => `${outcome} ${label}`)

const three = template([section(1, [question(11), question(12), question(13)])])

test('the same text differs in nothing', () => {
  expect(compareTemplates(three, structuredClone(three))).toEqual([])
})

test('what is new and what is gone is told, and what it pushed along has not moved', () => {
  const newer = template([section(1, [question(14), question(11), question(13)])])
  expect(told(three, newer)).toEqual(['added Question 14', 'removed Question 12'])
})

test('each field that differs is told with what it was and what it is', () => {
  const newer = template([section(1, [question(11), question(12, { required: false, failsOn: 'yes' }), question(13)])])
  expect(compareTemplates(three, newer)).toEqual([
    {
      what: 'item',
      id: id(12),
      label: 'Question 12',
      outcome: 'changed',
      fields: [
        { field: 'required', before: true, after: false },
        { field: 'failsOn', before: 'no', after: 'yes' },
      ],
    },
  ])
})

test('of a question that went to the end, it alone has moved', () => {
  const newer = template([section(1, [question(12), question(13), question(11)])])
  expect(told(three, newer)).toEqual(['moved Question 11'])
})

test('a question in another section has moved; a section can be added, renamed and removed', () => {
  const newer = template([section(1, [question(11)], { title: 'Line' }), section(2, [question(12), question(13)])])
  expect(told(three, newer)).toEqual(['changed Line', 'added Section 2', 'moved Question 12', 'moved Question 13'])
  expect(told(newer, three)).toEqual([
    'changed Section 1',
    'moved Question 12',
    'moved Question 13',
    'removed Section 2',
  ])
})

test('the template’s own settings are compared too', () => {
  const newer = { ...template([section(1, [question(11), question(12), question(13)])], { needsVerification: true }) }
  expect(compareTemplates(three, { ...newer, name: 'Open up' })).toMatchObject([
    { what: 'template', id: null, fields: [{ field: 'name' }, { field: 'needsVerification', after: true }] },
  ])
})

test('a copy has ids of its own throughout, and its conditions look at its own questions', () => {
  const choice = {
    kind: 'choice',
    id: id(11),
    label: 'State',
    options: [
      { id: id(21), label: 'Good' },
      { id: id(22), label: 'Bad' },
    ],
  }
  const why = question(12, { showIf: { of: [{ itemId: id(11), is: 'equal', value: id(22) }] } })
  const { content } = template([section(1, [choice, why])])
  const copy = withFreshIds(content, () => crypto.randomUUID())
  expect(JSON.stringify(copy)).not.toContain('00000000-0000-4000')
  const [first, second] = TemplateContent.parse(copy).sections[0]?.items ?? []
  expect(second?.showIf?.of[0]).toMatchObject({ itemId: first?.id })
  expect(first?.kind === 'choice' && first.options[1]?.id).toBe(second?.showIf?.of[0]?.value)
})
