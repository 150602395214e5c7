import { availableParallelism } from 'node:os'
import { styleText } from 'node:util'
import type { Check, Outcome } from './check.ts'

type Result = Outcome & { name: string; seconds: number }

const SHOWN_FINDINGS = 40

/** Runs the checks side by side, tells each as it ends, and ends with a table. Answers how they went. */
export async function runChecks(
  checks: Check[],
  { root, only = [], say = console.log }: { root: string; only?: string[]; say?: (line: string) => void },
): Promise<{ passed: number; failed: number }> {
  const waiting = checks.filter((check) => only.length === 0 || only.some((name) => check.name.startsWith(name)))
  if (waiting.length === 0) {
    say(`No check is called ${only.join(', ')}. There are: ${checks.map((check) => check.name).join(', ')}.`)
    return { passed: 0, failed: 0 }
  }
  const order = waiting.map((check) => check.name)
  const results: Result[] = []
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runOne(check, root)
      results.push(result)
      tell(result, say)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  results.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  say('')
  for (const result of results) say(lineOf(result))
  const failed = results.filter((result) => result.findings.length > 0).length
  const passed = results.length - failed
  say('')
  say(`checks: ${passed} passed, ${failed} failed, 0 skipped`)
  return { passed, failed }
}

async function runOne(check: Check, root: string): Promise<Result> {
  const started = performance.now()
  const outcome = await check.look(root).catch((error: unknown) => ({
    looked: 0,
    at: 'things',
    findings: [`the check itself broke: ${error instanceof Error ? error.stack : String(error)}`],
  }))
  const blind = outcome.looked === 0 && outcome.findings.length === 0
  return {
    ...outcome,
    findings: blind ? [`looked at 0 ${outcome.at}: a check that sees nothing proves nothing`] : outcome.findings,
    name: check.name,
    seconds: (performance.now() - started) / 1000,
  }
}

function tell(result: Result, say: (line: string) => void) {
  say(lineOf(result))
  for (const finding of result.findings.slice(0, SHOWN_FINDINGS)) say(`       ${finding.replaceAll('\n', '\n       ')}`)
  const more = result.findings.length - SHOWN_FINDINGS
  if (more > 0) say(`       … and ${more} more`)
}

function lineOf({ name, seconds, looked, at, findings }: Result) {
  const word = findings.length === 0 ? styleText('green', 'ok  ') : styleText('red', 'FAIL')
  const wrong = findings.length === 0 ? '' : `, ${findings.length} wrong`
  return `${word} ${name.padEnd(22)} ${seconds.toFixed(1).padStart(5)} s  ${looked} ${at}${wrong}`
}
