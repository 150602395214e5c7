import type { Result } from './suites.ts'
import type { SystemTool } from './system.ts'

/** The table of what ran, everything that did not run and why, and one plain last line. Answers whether all is well. */
export function tellSummary(
  results: Result[],
  { missing, notAsked, say = console.log }: { missing: SystemTool[]; notAsked: string[]; say?: (line: string) => void },
): boolean {
  say(`\n${'suite'.padEnd(12)}${['passed', 'failed', 'skipped', 'seconds'].map((head) => head.padStart(9)).join('')}`)
  for (const { suite, passed, failed, skipped, seconds, problems } of results) {
    const figures = [passed, failed, skipped, seconds.toFixed(0)].map((figure) => String(figure).padStart(9)).join('')
    say(`${suite.padEnd(12)}${figures}${problems.map((problem) => `   ${problem.toUpperCase()}`).join('')}`)
  }
  const named = (titlesOf: (result: Result) => string[]) =>
    results.flatMap((result) => titlesOf(result).map((title) => `${result.suite}: ${title}`))
  tellList('FAILED (more of each is above)', named(failedOf), say)
  tellList('NEEDED A SECOND TRY (a race to be found; how it failed is in test-results)', named(unsteadyOf), say)
  tellList('DID NOT RUN', named(skippedOf), say)
  tellList(
    'MISSING ON THIS MACHINE',
    missing.map((tool) => `${tool.package}, so ${tool.without}. Install it: ${tool.remedy}`),
    say,
  )
  tellList('NOT ASKED FOR', notAsked, say)

  const sum = (of: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[of], 0)
  const failed = sum('failed') + results.filter(({ failed, problems }) => failed === 0 && problems.length > 0).length
  say(`\ntests: ${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`)
  return failed === 0 && results.length > 0
}

const failedOf = ({ failedTitles = [] }: Result) => failedTitles
const unsteadyOf = ({ unsteadyTitles = [] }: Result) => unsteadyTitles
const skippedOf = ({ skippedTitles }: Result) => skippedTitles

function tellList(title: string, lines: string[], say: (line: string) => void) {
  if (lines.length === 0) return
  say(`\n${title}`)
  for (const line of lines) say(`  ${line}`)
}
