import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../bench/lib.ts'
import { type Assumptions, capacityFor, type Figures, inAll, type Load } from './model.ts'
import { capacityPage } from './page.ts'

/** The target of the product. */
const LOAD: Load = {
  organizations: 10_000,
  locations: 50_000,
  users: 1_000_000,
  sockets: 1_000_000,
  operations: 100_000_000,
  readings: 2_200_000_000,
}

const ASSUMED: Assumptions = {
  mix: { list: 0.4, one: 0.25, pull: 0.2, write: 0.15 },
  peak: 4,
  utilization: 0.5,
  coresOfMachine: 16,
  monthsKept: 13,
  copies: 2,
  coreSpeed: 1,
  prices: { core: 30, memoryGiB: 4, diskGiB: 0.12 },
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const kept = join(root, 'docs/evidence/figures.json')
if (!existsSync(kept)) {
  console.error('There are no figures yet. Measure them first: npm run evidence -- speed')
  process.exit(1)
}
const { on, machine, reports } = JSON.parse(readFileSync(kept, 'utf8')) as {
  on: string
  machine: { cpu: string; cores: number; node: string }
  reports: Record<string, Report>
}
const figures = Object.assign({}, ...Object.values(reports).map((report) => report.figures ?? {})) as Figures
const lacking = Object.entries(figures).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [name]))
if (
  lacking.length > 0 ||
  !('readingNodeMicros' in figures) ||
  !('kBPerSocket' in figures) ||
  !('listNodeMicros' in figures)
) {
  console.error(`The figures lack ${lacking.join(', ') || 'a bench'}. Measure all of them: npm run evidence -- speed`)
  process.exit(1)
}
const needs = capacityFor(LOAD, figures, ASSUMED)
writeFileSync(
  join(root, 'docs/capacity.md'),
  capacityPage({ load: LOAD, figures, assumed: ASSUMED, needs, on, machine }),
)
console.log(`Written: docs/capacity.md (${Math.round(inAll(needs)).toLocaleString('en')} dollars a month)`)
