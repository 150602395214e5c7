import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPlaywrightReport, readVitestReport, type Tally } from './reports.ts'
import { runWithin } from './run-within.ts'
import type { SystemTool } from './system.ts'

/** What a suite came to. `problems` say why it counts as failed although no single test did. */
export type Result = Tally & { suite: string; seconds: number; problems: string[] }

export type Suite = {
  name: string
  /** Without these it cannot run at all. */
  needs: SystemTool[]
  /** Without these some of its tests skip themselves. */
  uses: SystemTool[]
  run: (root: string, output?: 'inherit' | 'ignore') => Promise<Result>
  cannotRun: (remedies: string[]) => Result
}

type Limits = { minutes: number; needs?: SystemTool[]; uses?: SystemTool[]; hasSecondTry?: boolean }
type Command = {
  tool: string
  /** Of all of it, or of some files. */
  args: (report: string, files: string[]) => string[]
  read: (text: string) => Tally
}

export const checks = (limits: Limits) =>
  suite('checks', limits, {
    tool: 'node',
    args: (report) => ['scripts/check/main.ts', `--report=${report}`],
    read: (text) => JSON.parse(text) as Tally,
  })

export const vitest = (project: string, limits: Limits) =>
  suite(project, limits, {
    tool: 'vitest',
    args: (report, files) => [
      'run',
      ...files,
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    read: readVitestReport,
  })

export const browser = (limits: Limits) =>
  suite('browser', limits, {
    tool: 'playwright',
    args: () => ['test', '--config', 'apps/web/e2e/playwright.config.ts', '--reporter=list,json'],
    read: readPlaywrightReport,
  })

/**
 * What walks through a whole server on two busy cores may lose a race, as through a browser: see `MOST_UNSTEADY`.
 * So many files may need a second try, and are named.
 */
const MOST_FILES_AGAIN = 2

function suite(name: string, { minutes, needs = [], uses = [], hasSecondTry }: Limits, command: Command): Suite {
  const none: Tally = { passed: 0, failed: 0, skipped: 0, skippedTitles: [] }
  return {
    name,
    needs,
    uses,
    cannotRun: (remedies) => ({
      ...none,
      suite: name,
      seconds: 0,
      problems: [`could not run; install what it needs: ${remedies.join(' && ')}`],
    }),
    run: async (root, output = 'inherit') => {
      const started = performance.now()
      const seconds = () => (performance.now() - started) / 1000
      const first = await once(root, output)
      const files = first.failedFiles ?? []
      const triesAgain = hasSecondTry && files.length > 0 && files.length <= MOST_FILES_AGAIN
      if (!triesAgain) return { ...first, suite: name, seconds: seconds() }
      if (output === 'inherit') console.log(`\nA second try of ${files.join(', ')}`)
      const second = await once(root, output, files)
      const isUnsteady = second.failed === 0 && second.problems.length === 0
      return { ...(isUnsteady ? unsteady(first) : first), suite: name, seconds: seconds() }
    },
  }

  async function once(root: string, output: 'inherit' | 'ignore', files: string[] = []) {
    const folder = mkdtempSync(join(tmpdir(), 'opsflow-report-'))
    const report = join(folder, 'report.json')
    try {
      const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report }
      const ended = await runWithin(minutes, root, command.tool, command.args(report, files), { env, output })
      const { tally, unreadable } = readTally(report, command.read)
      return { ...(tally ?? none), problems: problemsOf(tally ?? none, ended, unreadable) }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const unsteady = <T extends Tally>(first: T): T => ({
  ...first,
  passed: first.passed + first.failed,
  failed: 0,
  failedTitles: [],
  unsteadyTitles: first.failedTitles,
})

function readTally(report: string, read: (text: string) => Tally): { tally?: Tally; unreadable?: string } {
  try {
    return { tally: read(readFileSync(report, 'utf8')) }
  } catch (error) {
    return { unreadable: `left no report (${error instanceof Error ? error.message : error})` }
  }
}

/** A suite that ran nothing, ended wrongly or took too long has failed, whatever its tests say. */
export function problemsOf(tally: Tally, ended: { code: number; tooLong: boolean }, unreadable?: string): string[] {
  const nothingRan = tally.passed + tally.failed === 0
  return [
    ...(ended.tooLong ? ['took too long and was stopped'] : []),
    ...(unreadable ? [unreadable] : []),
    ...(nothingRan && !unreadable ? ['ran no test'] : []),
    ...(ended.code !== 0 && tally.failed === 0 && !ended.tooLong ? [`ended with exit code ${ended.code}`] : []),
  ]
}
