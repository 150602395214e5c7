import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { proven } from '../../platform/server/proven.for-tests.ts'
import { asvsPage, countOf, numbers, type Requirement, requirements, STATUSES } from './asvs.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('every number of levels 1 and 2 is there once, at its level', () => {
  const wanted = ([1, 2] as const).flatMap((level) => numbers[level].map((id) => `${id} at ${level}`))
  expect(requirements.map(({ id, level }) => `${id} at ${level}`).sort()).toEqual(wanted.sort())
  expect(wanted).toHaveLength(253)
})

/** What is named and is not there. */
const gone = ({ by = [] }: Pick<Requirement, 'by'>): string[] =>
  by.filter((one) => {
    const [file = '', title] = one.split(' › ')
    return !existsSync(root + file) || (title !== undefined && !readFileSync(root + file, 'utf8').includes(title))
  })

test('every file that is named exists, and every test in it', () => {
  expect(requirements.flatMap((one) => gone(one).map((what) => `${one.id}: ${what}`))).toEqual([])
  expect(
    gone({
      by: [
        'scripts/security/gone.ts',
        'scripts/security/asvs.test.ts › a test that nobody wrote'.replace('nobody', 'no-one'),
      ],
    }),
  ).toHaveLength(2)
})

test('what is held is held by something, and what is not says why', () => {
  const bare = requirements.filter(({ status, by = [], note = '' }) =>
    status === 'held' ? by.length === 0 : note === '',
  )
  expect(bare.map(({ id, status }) => `${id} ${status}`)).toEqual([])
  expect(requirements.every(({ status }) => STATUSES.includes(status))).toBe(true)
})

test('the page is what the data says (node scripts/security/write-asvs.ts)', () => {
  expect(readFileSync(`${root}docs/security/asvs.md`, 'utf8')).toBe(asvsPage(requirements, numbers))
})

test('the table is counted', () => {
  proven('security', {
    title: 'ASVS 5.0, levels 1 and 2',
    method:
      'Counted from docs/security/asvs.json, of which each file and test is looked for. The judgement is ours: nobody outside has looked at it.',
    findings: STATUSES.map((status) => ({
      what: status,
      seen: `${countOf(requirements, status, 1)} of level 1, ${countOf(requirements, status, 2)} of level 2`,
    })),
    notes: requirements
      .filter(({ status }) => status === 'not held')
      .map(({ id, about, note }) => `Not held: ${id}, ${about}. ${note}`),
  })
  expect(STATUSES.reduce((sum, status) => sum + countOf(requirements, status), 0)).toBe(requirements.length)
})
