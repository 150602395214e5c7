import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { CannotStart } from '../platform/server/cannot-start.ts'
import { BENCHES } from './benches.ts'
import { benchDatabase } from './database.ts'
import { type Effort, type Report, SHORT, THOROUGH } from './lib.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, rows: { type: 'string' }, write: { type: 'string' } },
})
const unknown = positionals.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.log(`No bench is called ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(1)
}

const millions = values.rows?.split(',').map(Number)
const effort: Effort = { ...(values.short ? SHORT : THOROUGH), ...(millions ? { millions } : {}) }

try {
  const reports: Record<string, Report> = {}
  for (const name of positionals.length > 0 ? positionals : Object.keys(BENCHES)) {
    const database = await benchDatabase()
    try {
      const report = await BENCHES[name]?.(database, effort)
      if (report) reports[name] = report
      if (report) tell(report)
      // What was measured stays, whatever becomes of the next.
      if (values.write) keep(values.write, reports)
    } finally {
      await database.drop()
    }
  }
  if (values.write) console.log(`\nWritten to ${values.write}`)
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(1)
}

function tell({ title, table, findings, plan = [] }: Report) {
  console.log(`\n${title}`)
  console.table(table)
  for (const { what, goal, seen, met } of findings)
    console.log(`${met ? 'reached' : 'missed '}  ${what}: goal ${goal}, seen ${seen}`)
  for (const line of plan) console.log(`  ${line}`)
}

function keep(file: string, reports: Record<string, Report>) {
  const [cpu] = cpus()
  const machine = { cpu: cpu?.model, cores: cpus().length, node: process.version }
  writeFileSync(file, `${JSON.stringify({ on: new Date().toISOString().slice(0, 10), machine, reports }, null, 2)}\n`)
}
