import { expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { TemplateContent } from './template.ts'
import { unitsAnswered } from './units-answered.ts'

const [cold, hot, temperature, clean, bar, oven] = Array.from({ length: 6 }, () => crypto.randomUUID()) as string[] as [
  ...[string, string, string, string, string, string],
]
const section = (id: string, unitKinds: string[], itemId: string) => ({
  ...{ id, title: '', repeat: { per: 'unit', unitKinds } },
  items: [{ kind: 'pass_fail', id: itemId, label: 'Clean' }],
})
const content = TemplateContent.parse({
  sections: [section(cold, ['reach_in', 'walk_in_cooler'], temperature), section(hot, ['walk_in_cooler'], clean)],
})
const answered = (itemId: string, entryId: string) => ({ itemId, entryId }) as Answer

test('a unit is of a kind that all sections which asked about it share', () => {
  const answers = [answered(temperature, bar), answered(temperature, oven), answered(clean, oven)]
  const units = [
    { id: bar, name: 'Bar' },
    { id: oven, name: 'Walk-in' },
    { id: crypto.randomUUID(), name: 'Never asked about' },
  ]
  expect(unitsAnswered(content, answers, units)).toEqual([
    { id: bar, name: 'Bar', kind: 'reach_in' },
    { id: oven, name: 'Walk-in', kind: 'walk_in_cooler' },
  ])
})
