import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inPlantedTree } from '../check/planted-tree.ts'
import { readPlaywrightReport, readVitestReport } from './reports.ts'
import { problemsOf, type Result, vitest } from './suites.ts'
import { tellSummary } from './summary.ts'
import { chromium, pgbouncer } from './system.ts'

const passing: Result = {
  suite: 'unit',
  passed: 12,
  failed: 0,
  skipped: 0,
  skippedTitles: [],
  seconds: 3,
  problems: [],
}

function summaryOf(...results: Result[]) {
  const lines: string[] = []
  const ok = tellSummary(results, { missing: [pgbouncer], notAsked: ['browser'], say: (line) => lines.push(line) })
  return { ok, text: lines.join('\n'), last: lines.at(-1)?.trim() }
}

test('all passed: green, and the last line counts', () => {
  expect(summaryOf(passing)).toMatchObject({ ok: true, last: 'tests: 12 passed, 0 failed, 0 skipped' })
})

test('one failed test turns the run red', () => {
  expect(summaryOf(passing, { ...passing, suite: 'db', passed: 3, failed: 1 })).toMatchObject({
    ok: false,
    last: 'tests: 15 passed, 1 failed, 0 skipped',
  })
})

test('a suite that could not run turns the run red and names the remedy', () => {
  const browser = vitest('browser', { minutes: 1 }).cannotRun([chromium.remedy])
  const { ok, text, last } = summaryOf(passing, browser)
  expect(ok).toBe(false)
  expect(last).toBe('tests: 12 passed, 1 failed, 0 skipped')
  expect(text.toLowerCase()).toContain('apt-get install -y --no-install-recommends chromium')
})

test('what was skipped, is missing or was not asked for is said', () => {
  const { text } = summaryOf({ ...passing, skipped: 1, skippedTitles: ['4,000 switches through PgBouncer'] })
  expect(text).toContain('DID NOT RUN\n  unit: 4,000 switches through PgBouncer')
  expect(text).toContain('pgbouncer, so tests through a connection pooler are skipped')
  expect(text).toContain('NOT ASKED FOR\n  browser')
})

test('nothing at all is not a pass', () => {
  expect(summaryOf().ok).toBe(false)
})

const none = { passed: 0, failed: 0, skipped: 0, skippedTitles: [] }

test('a suite that ran no test, hung, crashed after its tests or left no report has a problem', () => {
  expect(problemsOf(none, { code: 0, tooLong: false })).toEqual(['ran no test'])
  expect(problemsOf({ ...none, skipped: 9 }, { code: 0, tooLong: false })).toEqual(['ran no test'])
  expect(problemsOf({ ...none, passed: 5 }, { code: 1, tooLong: true })).toEqual(['took too long and was stopped'])
  expect(problemsOf({ ...none, passed: 5 }, { code: 1, tooLong: false })).toEqual(['ended with exit code 1'])
  expect(problemsOf(none, { code: 1, tooLong: false }, 'left no report')).toContain('left no report')
  expect(problemsOf({ ...none, passed: 5 }, { code: 0, tooLong: false })).toEqual([])
})

test('a vitest file that cannot be loaded counts as failed', () => {
  const report = {
    testResults: [
      { name: 'broken.test.ts', status: 'failed', message: 'Cannot find x\nat y', assertionResults: [] },
      {
        name: 'good.test.ts',
        status: 'passed',
        assertionResults: [
          { fullName: 'a', status: 'passed' },
          { fullName: 'b', status: 'skipped' },
          { fullName: 'c', status: 'todo' },
          { fullName: 'd', status: 'failed', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n  at d'] },
        ],
      },
    ],
  }
  expect(readVitestReport(JSON.stringify(report))).toEqual({
    passed: 1,
    failed: 2,
    skipped: 2,
    skippedTitles: ['b', 'c'],
    failedTitles: ['d: expected 1 to be 2', 'broken.test.ts: Cannot find x'],
    failedFiles: ['broken.test.ts'],
  })
})

test('a browser test may need a second try, and is named; a third one turns all of them red', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ projectName: 'desk', status }] })
  const reportOf = (...unsteady: string[]) => ({
    errors: [],
    suites: [
      {
        title: 'board.spec.ts',
        specs: [spec('shows units', 'expected')],
        suites: [
          { title: 'offline', specs: [...unsteady.map((title) => spec(title, 'flaky')), spec('recovers', 'skipped')] },
        ],
      },
    ],
  })
  const once = readPlaywrightReport(JSON.stringify(reportOf('says so')))
  expect(once).toEqual({
    passed: 2,
    failed: 0,
    skipped: 1,
    skippedTitles: ['board.spec.ts › offline › recovers'],
    failedTitles: [],
    unsteadyTitles: ['board.spec.ts › offline › says so'],
  })
  const { ok, text } = summaryOf({ ...passing, ...once, suite: 'browser' })
  expect(ok).toBe(true)
  expect(text).toMatch(/NEEDED A SECOND TRY.*\n {2}browser: board\.spec\.ts › offline › says so/)
  expect(readPlaywrightReport(JSON.stringify(reportOf('a', 'b', 'c')))).toMatchObject({ passed: 1, failed: 3 })
})

const runPlanted = (files: Record<string, string>, hasSecondTry = false) =>
  inPlantedTree({ 'vitest.config.mjs': "export default { test: { name: 'unit' } }", ...files }, (root) => {
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'), 'junction')
    return vitest('unit', { minutes: 1, hasSecondTry }).run(root, 'ignore')
  })

test('a suite with a failing test, run for real, is red', async () => {
  const result = await runPlanted({
    'a.test.mjs': `import { expect, test } from 'vitest'
      test('holds', () => expect(1).toBe(1))
      test('fails', () => expect(1).toBe(2))
      test.skip('skips', () => {})`,
  })
  expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 1, skippedTitles: ['skips'] })
  const { ok, text } = summaryOf(result)
  expect(ok).toBe(false)
  expect(text).toMatch(/FAILED.*\n {2}unit: fails: AssertionError: expected 1 to be 2/)
})

const failsAt = (tries: number) => `import { existsSync, writeFileSync } from 'node:fs'
  import { expect, test } from 'vitest'
  test('races', () => {
    const before = [1, 2].filter((n) => existsSync('tried-' + n)).length
    writeFileSync('tried-' + (before + 1), '')
    expect(before).toBe(${tries})
  })`

test('where a second try is given, what passes then only is named, and what fails again is red', async () => {
  const raced = await runPlanted({ 'a.test.mjs': failsAt(1) }, true)
  expect(raced).toMatchObject({ passed: 1, failed: 0, problems: [] })
  const { ok, text } = summaryOf(raced)
  expect(ok).toBe(true)
  expect(text).toMatch(/NEEDED A SECOND TRY.*\n {2}unit: races: AssertionError/)
  expect(await runPlanted({ 'a.test.mjs': failsAt(1) })).toMatchObject({ passed: 0, failed: 1 })
  expect(await runPlanted({ 'a.test.mjs': failsAt(2) }, true)).toMatchObject({ passed: 0, failed: 1 })
  const three = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.test.mjs`, failsAt(9)]))
  expect(await runPlanted(three, true)).toMatchObject({ passed: 0, failed: 3 })
})

test('a suite without any test, run for real, is red', async () => {
  const result = await runPlanted({})
  expect(result.problems).toContain('ran no test')
  expect(summaryOf(result).ok).toBe(false)
})
