import { expect, test } from 'vitest'
import { say } from './say.ts'

test('what the product asks for is told in the language of whoever gets the letter', () => {
  const said = { as: 'haccp_review', planId: 'aa', plan: 'Bar' } as const
  const told = { matterId: 'bb', kind: 'task' as const, isCritical: false, name: 'Review the HACCP plan: Bar', said }
  const more = { place: 'Home', zone: 'UTC', since: '2026-01-01T09:00:00Z', round: 1, breaksQuiet: false }
  const letter = (language: 'en' | 'es') => say([{ ...told, ...more, organizationSlug: 'home' }], { language })
  expect(letter('en')?.title).toBe('Review the HACCP plan: Bar is past its time')
  expect(letter('es')?.title).toBe('Revisar el plan HACCP: Bar ya debía estar hecha')
})
