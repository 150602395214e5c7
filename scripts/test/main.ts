import { fileURLToPath } from 'node:url'
import { browser, checks, type Suite, vitest } from './suites.ts'
import { tellSummary } from './summary.ts'
import { chromium, chromiumShell, ensureSystemTools, faketime, pgbouncer, redis } from './system.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
const args = process.argv.slice(2)
const wanted = args.filter((arg) => !arg.startsWith('--'))
/** Longer property runs, soak and chaos: tests read this. */
if (args.includes('--long')) process.env.LONG_TESTS = '1'
const timesLonger = args.includes('--long') ? 10 : 1

const suites: Suite[] = [
  checks({ minutes: 8 * timesLonger }),
  vitest('unit', { minutes: 6 * timesLonger }),
  vitest('db', { minutes: 25 * timesLonger, uses: [pgbouncer, redis] }),
  vitest('walk', { minutes: 30 * timesLonger, uses: [redis, faketime], hasSecondTry: true }),
  vitest('bench', { minutes: 15 * timesLonger, uses: [pgbouncer] }),
  browser({ minutes: 62 * timesLonger, needs: [chromium], uses: [chromiumShell] }),
]

const asked = suites.filter((suite) => wanted.length === 0 || wanted.includes(suite.name))
if (asked.length === 0) {
  console.log(`No suite is called ${wanted.join(', ')}. There are: ${suites.map((suite) => suite.name).join(', ')}.`)
  process.exit(1)
}

let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (interrupted = true))

const missing = await ensureSystemTools(asked.flatMap((suite) => [...suite.needs, ...suite.uses]))
const results = []
for (const suite of asked) {
  if (interrupted) break
  console.log(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 60 - suite.name.length))}`)
  const lacking = suite.needs.filter((tool) => missing.has(tool))
  results.push(lacking.length > 0 ? suite.cannotRun(lacking.map((tool) => tool.remedy)) : await suite.run(root))
}
if (interrupted) {
  console.log('\nInterrupted: what is above is not all that was asked for.')
  process.exit(130)
}
const notAsked = suites.filter((suite) => !asked.includes(suite)).map((suite) => suite.name)
const passed = tellSummary(results, { missing: [...missing], notAsked })
process.exit(passed ? 0 : 1)
