export type Tally = { passed: number; failed: number; skipped: number; skippedTitles: string[] }

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

/** A test that passed only at a second try counts as failed: it would fail somebody else the first time. */
export function readPlaywrightReport(text: string): Tally {
  const report = JSON.parse(text) as { suites: PlaywrightSuite[]; errors: unknown[] }
  const tests = report.suites.flatMap((suite) => testsOf(suite))
  const skipped = tests.filter(({ status }) => status === 'skipped')
  return {
    passed: tests.filter(({ status }) => status === 'expected').length,
    failed: tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').length + report.errors.length,
    skipped: skipped.length,
    skippedTitles: skipped.map(({ title }) => title),
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
