import { stripVTControlCharacters } from 'node:util'

/** A failure is told in one line in the summary. */
const LONGEST_LINE = 240

export type Tally = {
  passed: number
  failed: number
  skipped: number
  skippedTitles: string[]
  /** Each with the first line of what was wrong: a log is often cut, and its end is what is read. */
  failedTitles?: string[]
  failedFiles?: string[]
  /** Passed at a second try only. */
  unsteadyTitles?: string[]
}

type VitestReport = {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: {
      fullName: string
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled'
      failureMessages?: string[]
    }[]
  }[]
}

/** A file that could not even be loaded counts as one failed test. */
export function readVitestReport(text: string): Tally {
  const files = (JSON.parse(text) as VitestReport).testResults
  const tests = files.flatMap((file) => file.assertionResults)
  const failed = tests.filter(({ status }) => status === 'failed')
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failed.length + broken.length,
    skipped: skipped.length,
    skippedTitles: skipped.map(({ fullName }) => fullName.trim()),
    failedTitles: [
      ...failed.map(({ fullName, failureMessages }) => inOneLine(fullName.trim(), failureMessages?.[0])),
      ...broken.map(({ name, message }) => inOneLine(name, message)),
    ],
    failedFiles: files.filter(({ status }) => status === 'failed').map(({ name }) => name),
  }
}

function inOneLine(title: string, message = ''): string {
  const [line = ''] = stripVTControlCharacters(message).trim().split('\n')
  return line ? `${title}: ${line.slice(0, LONGEST_LINE)}` : title
}

type PlaywrightSuite = {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: PlaywrightTest[] }[]
}
type PlaywrightTest = {
  projectName: string
  status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
  results?: { errors?: { message?: string }[] }[]
}

/**
 * A walk through a browser on two busy cores may lose a race that nobody at a screen would. So one or two may need a
 * second try, and are named; a third is no chance any more, and all of them count as failed.
 */
const MOST_UNSTEADY = 2

export function readPlaywrightReport(text: string): Tally {
  const report = JSON.parse(text) as { suites: PlaywrightSuite[]; errors: { message?: string }[] }
  const tests = report.suites.flatMap((suite) => testsOf(suite))
  const those = (wanted: PlaywrightTest['status']) => tests.filter(({ status }) => status === wanted)
  const titlesOf = (some: Told[]) => some.map(({ title }) => title)
  const [unsteady, skipped] = [those('flaky'), those('skipped')]
  const tooMany = unsteady.length > MOST_UNSTEADY
  const failed = [...those('unexpected'), ...(tooMany ? unsteady : [])]
  return {
    passed: those('expected').length + (tooMany ? 0 : unsteady.length),
    failed: failed.length + report.errors.length,
    skipped: skipped.length,
    skippedTitles: titlesOf(skipped),
    failedTitles: [
      ...failed.map(({ title, error }) => inOneLine(title, error)),
      ...report.errors.map(({ message }) => inOneLine('outside of any test', message)),
    ],
    unsteadyTitles: titlesOf(unsteady),
  }
}

type Told = { title: string; status: PlaywrightTest['status']; error: string | undefined }

function testsOf(suite: PlaywrightSuite, path = ''): Told[] {
  const here = path ? `${path} › ${suite.title}` : suite.title
  return [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map(({ status, results }) => ({
        title: `${here} › ${spec.title}`,
        status,
        error: results?.flatMap(({ errors = [] }) => errors)[0]?.message,
      })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, here)),
  ]
}
