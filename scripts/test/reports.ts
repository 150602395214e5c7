export type Tally = {
  passed: number
  failed: number
  skipped: number
  skippedTitles: string[]
  /** Passed at a second try only. */
  unsteadyTitles?: string[]
}

type VitestReport = {
  testResults: {
    name: string
    status: string
    assertionResults: { fullName: string; status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled' }[]
  }[]
}

/** A file that could not even be loaded counts as one failed test. */
export function readVitestReport(text: string): Tally {
  const files = (JSON.parse(text) as VitestReport).testResults
  const tests = files.flatMap((file) => file.assertionResults)
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: skipped.length,
    skippedTitles: skipped.map(({ fullName }) => fullName.trim()),
  }
}

type PlaywrightSuite = {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { projectName: string; status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]
}

/**
 * A walk through a browser on two busy cores may lose a race that nobody at a screen would. So one or two may need a
 * second try, and are named; a third is no chance any more, and all of them count as failed.
 */
const MOST_UNSTEADY = 2

export function readPlaywrightReport(text: string): Tally {
  const report = JSON.parse(text) as { suites: PlaywrightSuite[]; errors: unknown[] }
  const tests = report.suites.flatMap((suite) => testsOf(suite))
  const titlesOf = (wanted: string) => tests.filter(({ status }) => status === wanted).map(({ title }) => title)
  const [steady, failed, unsteady, skipped] = ['expected', 'unexpected', 'flaky', 'skipped'].map(titlesOf) as [
    string[],
    string[],
    string[],
    string[],
  ]
  const tooMany = unsteady.length > MOST_UNSTEADY
  return {
    passed: steady.length + (tooMany ? 0 : unsteady.length),
    failed: failed.length + (tooMany ? unsteady.length : 0) + report.errors.length,
    skipped: skipped.length,
    skippedTitles: skipped,
    unsteadyTitles: unsteady,
  }
}

function testsOf(suite: PlaywrightSuite, path = ''): { title: string; status: string }[] {
  const here = path ? `${path} › ${suite.title}` : suite.title
  return [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map(({ status }) => ({ title: `${here} › ${spec.title}`, status })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, here)),
  ]
}
