import { expect, test } from 'vitest'
import { taskForTests } from './task.for-tests.ts'
import { edited } from './task-edit.ts'
import { titleOf, titleOfSaid } from './task-title.ts'

const said = { as: 'haccp_review', planId: 'aa', plan: 'Bar' } as const
const asked = taskForTests({ id: 'aa', locationId: 'bb', title: titleOfSaid(said), said })

test('what the product asks for is told in the language of whoever reads it', () => {
  expect(titleOf(asked, 'en')).toBe('Review the HACCP plan: Bar')
  expect(titleOf(asked, 'es')).toBe('Revisar el plan HACCP: Bar')
  expect(titleOf(asked, 'fr')).toBe('Review the HACCP plan: Bar')
  expect(titleOf(taskForTests({ id: 'aa', locationId: 'bb' }), 'es')).toBe('Clean the ice machine')
})

test('called otherwise by a manager, it has their words in every language; other changes leave it', () => {
  const now = '2026-01-01T00:00:00Z'
  expect(titleOf(edited(asked, { title: 'Look at the bar' }, {}, now), 'es')).toBe('Look at the bar')
  expect(titleOf(edited(asked, { priority: 'high' }, {}, now), 'es')).toBe('Revisar el plan HACCP: Bar')
})
