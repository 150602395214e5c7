import { expect, test } from 'vitest'
import {
  addItem,
  askable,
  copyItem,
  moveItem,
  moveSection,
  newItem,
  newSection,
  placeItem,
  removeItem,
  removeSection,
} from './edit-draft.ts'
import { Item } from './item.ts'
import { DraftContent } from './template.ts'

const mint = () => crypto.randomUUID()
const item = (label: string) => newItem('yes_no', label, mint)
const [one, two, three, four] = ['1', '2', '3', '4'].map(item) as [Item, Item, Item, Item]
const [first, second] = [newSection(mint(), 'A'), newSection(mint(), 'B')]
const base = DraftContent.parse({
  sections: [
    { ...first, items: [one, two] },
    { ...second, items: [three, four] },
  ],
})
const text = ({ sections }: DraftContent) =>
  sections.map(({ title, items }) => `${title}:${items.map(({ label }) => label).join('')}`).join(' ')

test('every kind of question begins as something that can be saved as it is', () => {
  for (const { shape } of Item.options) {
    const made = newItem(shape.kind.value, 'Question', mint)
    expect(Item.parse(made), made.kind).toEqual(made)
  }
})

test('an item moves one step, and past the edge of its section into the next one', () => {
  expect(text(moveItem(base, two.id, -1))).toBe('A:21 B:34')
  expect(text(moveItem(base, two.id, 1))).toBe('A:1 B:234')
  expect(text(moveItem(base, three.id, -1))).toBe('A:123 B:4')
  expect(text(moveItem(base, one.id, -1))).toBe('A:12 B:34')
  expect(text(moveItem(base, four.id, 1))).toBe('A:12 B:34')
  expect(text(placeItem(base, one.id, second.id, 1))).toBe('A:2 B:314')
})

test('what asked of a question that is gone asks no more', () => {
  const asks = {
    ...two,
    showIf: { every: 'all' as const, of: [{ itemId: one.id, is: 'failing' as const, value: '' }] },
  }
  const content = DraftContent.parse({ sections: [{ ...first, items: [one, asks] }] })
  expect(removeItem(content, one.id).sections[0]?.items).toEqual([two])
})

test('a copy stands behind its original, with ids of its own', () => {
  const choice = newItem('choice', 'c', mint)
  const copied = copyItem(addItem(base, first.id, choice), choice.id, mint)
  expect(text(copied)).toBe('A:12cc B:34')
  const ids = JSON.stringify(copied).match(/"id":"[^"]+"/g) ?? []
  expect(new Set(ids).size).toBe(ids.length)
})

test('sections change places and go with what is in them; the last one is emptied', () => {
  expect(text(moveSection(base, second.id, -1))).toBe('B:34 A:12')
  const left = removeSection(base, first.id)
  expect(text(left)).toBe('B:34')
  expect(text(removeSection(left, second.id))).toBe('B:')
})

test('a question may ask of those further up, and not of what another batch answers', () => {
  expect(askable(base, four.id).map(({ label }) => label)).toEqual(['1', '2', '3'])
  const batches = { ...first, repeat: { per: 'entry' as const, noun: 'batch', atLeast: 0, atMost: 50 } }
  const repeating = DraftContent.parse({
    sections: [
      { ...batches, items: [one, two] },
      { ...second, items: [three, four] },
    ],
  })
  expect(askable(repeating, two.id).map(({ label }) => label)).toEqual(['1'])
  expect(askable(repeating, four.id).map(({ label }) => label)).toEqual(['3'])
})
