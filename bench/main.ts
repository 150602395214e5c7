import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { CannotStart } from '../platform/server/cannot-start.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { alerts } from './alerts.ts'
import { checklist } from './checklist.ts'
import { benchDatabase } from './database.ts'
import { fanOut, idleNode } from './fan-out.ts'
import { files } from './files.ts'
import { type Effort, type Report, SHORT, THOROUGH } from './lib.ts'
import { list } from './list.ts'
import { occurrences } from './occurrences.ts'
import { overview } from './overview.ts'
import { permissions } from './permissions.ts'
import { replica } from './replica.ts'
import { revocation } from './revocation.ts'
import { feed, hotScope, pullRows, pushDrain } from './sync.ts'
import { dashboard, ingest } from './temperature.ts'
import { context, facts, filters, switches } from './tenancy.ts'
import { today } from './today.ts'

/** Each on an empty database of its own, one after another. */
const BENCHES: Record<string, (database: TestDatabase, effort: Effort) => Promise<Report>> = {
  context,
  switches,
  filters,
  facts,
  ingest,
  dashboard,
  list,
  today,
  files,
  permissions,
  revocation,
  replica,
  feed,
  'hot-scope': hotScope,
  pull: pullRows,
  push: pushDrain,
  checklist,
  alerts,
  occurrences,
  overview,
  'fan-out': fanOut,
  'idle-node': idleNode,
}

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
    } finally {
      await database.drop()
    }
  }
  if (values.write) keep(values.write, reports)
  // What a bench left waiting (a replica's next look at its server) is no reason to wait.
  setImmediate(() => process.exit())
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(1)
}

function tell({ title, table, findings }: Report) {
  console.log(`\n${title}`)
  console.table(table)
  for (const { what, goal, seen, met } of findings)
    console.log(`${met ? 'reached' : 'missed '}  ${what}: goal ${goal}, seen ${seen}`)
}

function keep(file: string, reports: Record<string, Report>) {
  const [cpu] = cpus()
  const machine = { cpu: cpu?.model, cores: cpus().length, node: process.version }
  writeFileSync(file, `${JSON.stringify({ on: new Date().toISOString().slice(0, 10), machine, reports }, null, 2)}\n`)
  console.log(`\nWritten to ${file}`)
}
