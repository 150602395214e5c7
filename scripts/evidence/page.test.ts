import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BENCHES } from '../../bench/benches.ts'
import type { KeptSection } from '../../platform/server/proven.for-tests.ts'
import { evidencePage, inOrder, type Run } from './page.ts'
import { PAGES } from './pages.ts'

const root = join(import.meta.dirname, '../..')
const page = { title: 'Isolation', says: 'No tenant sees another.', tests: ['a.db.test.ts', 'b.db.test.ts'] }
const run: Run = {
  name: 'isolation',
  on: '2026-11-27',
  commit: 'abc1234',
  form: 'long',
  machine: '2 cores',
  passed: 3,
  failed: [],
  skipped: [],
}
const section: KeptSection = {
  page: 'isolation',
  file: '/somewhere/b.db.test.ts',
  at: 1,
  title: 'Tables',
  method: 'Each is tried.',
  findings: [
    { what: 'cells | all', goal: '0', seen: '0\nnone', met: true },
    { what: 'rows', seen: '7' },
  ],
  table: [{ table: 'tasks', rows: 3 }],
  notes: ['Views are not among them.'],
}

test('a page tells what was seen, where, and how to see it again', () => {
  const text = evidencePage(page, [section], run)
  expect(text).toContain('| commit | abc1234 |')
  expect(text).toContain('`npm run evidence -- isolation`')
  expect(text).toContain('| cells \\| all | 0 none | 0 | reached |')
  expect(text).toContain('| rows | 7 | – |  |')
  expect(text).toContain('| tasks | 3 |')
  expect(text).toContain('- Views are not among them.')
  expect(text).not.toContain('failed.**')
})

test('a failed run and what did not run stand on the page', () => {
  const text = evidencePage(page, [], { ...run, form: 'short', failed: ['tasks select'], skipped: ['pgbouncer'] })
  expect(text).toContain('**This run failed.** \n- tasks select')
  expect(text).toContain('Did not run: \n- pgbouncer')
  expect(text).toContain('`npm run evidence -- isolation --short`')
})

test('sections stand as the page lists their files', () => {
  const other = { ...section, file: '/somewhere/a.db.test.ts', at: 9 }
  expect(inOrder([section, { ...section, at: 0 }, other], page.tests).map(({ at }) => at)).toEqual([9, 0, 1])
})

test('every page names tests that speak for it, and benches there are', () => {
  for (const [name, { tests, benches = [] }] of Object.entries(PAGES)) {
    expect(tests.length + benches.length, name).toBeGreaterThan(0)
    for (const file of tests) {
      expect(existsSync(join(root, file)), file).toBe(true)
      expect(readFileSync(join(root, file), 'utf8'), `${file} says nothing for ${name}`).toContain(`proven('${name}'`)
    }
    for (const bench of benches) expect(Object.keys(BENCHES)).toContain(bench)
  }
})
