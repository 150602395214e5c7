import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Report } from '../../bench/lib.ts'
import type { EvidencePage, KeptSection, Section } from '../../platform/server/proven.for-tests.ts'
import { readVitestReport } from '../test/reports.ts'
import { runWithin } from '../test/run-within.ts'
import { chromium, ensureSystemTools, faketime, pgbouncer, redis } from '../test/system.ts'
import { evidencePage, inOrder, type Run } from './page.ts'
import { PAGES, type Page } from './pages.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, rows: { type: 'string' } },
})
const form = values.short ? 'short' : 'long'
const rows = values.rows ? ['--rows', values.rows] : []
const unknown = positionals.filter((name) => !(name in PAGES))
if (unknown.length > 0) {
  console.log(`No page is called ${unknown.join(', ')}. There are: ${Object.keys(PAGES).join(', ')}.`)
  process.exit(1)
}
/** A long run may take hours; it is stopped when it hangs. */
const MOST_MINUTES = form === 'long' ? 600 : 60

await ensureSystemTools([chromium, pgbouncer, redis, faketime])
let failed = false
for (const [name, page] of Object.entries(PAGES) as [EvidencePage, Page][]) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const folder = mkdtempSync(join(tmpdir(), 'opsflow-evidence-'))
  try {
    const tests = await testsOf(page, folder)
    const measured = await benchesOf(page, folder)
    const run: Run = { name, ...circumstances(), ...tests.tally, failed: [...tests.tally.failed, ...measured.failed] }
    failed ||= run.failed.length > 0
    mkdirSync(join(root, 'docs/evidence'), { recursive: true })
    const file = `docs/evidence/${name}.md`
    writeFileSync(join(root, file), evidencePage(page, [...tests.sections, ...measured.sections], run))
    console.log(`Written: ${file}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
process.exit(failed ? 1 : 0)

type Tally = Pick<Run, 'passed' | 'failed' | 'skipped'>

async function testsOf(page: Page, folder: string): Promise<{ sections: Section[]; tally: Tally }> {
  if (page.tests.length === 0) return { sections: [], tally: { passed: 0, failed: [], skipped: [] } }
  const report = join(folder, 'report')
  const args = ['run', ...page.tests, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = { EVIDENCE_FOLDER: folder, ...(form === 'long' ? { LONG_TESTS: '1' } : {}) }
  const ended = await runWithin(MOST_MINUTES, root, 'vitest', args, { env })
  const sections = inOrder(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as KeptSection),
    page.tests,
  )
  return { sections, tally: tallyOf(report, ended) }
}

/** A run that left no report, or ended wrongly though no test failed, has failed too. */
function tallyOf(report: string, ended: { code: number; tooLong: boolean }): Tally {
  const problems = ended.tooLong ? ['took too long and was stopped'] : []
  try {
    const { passed, failed, failedTitles = [], skippedTitles } = readVitestReport(readFileSync(report, 'utf8'))
    if (ended.code !== 0 && failed === 0) problems.push(`ended with exit code ${ended.code}`)
    return { passed, failed: [...failedTitles, ...problems], skipped: skippedTitles }
  } catch {
    return { passed: 0, failed: ['left no report', ...problems], skipped: [] }
  }
}

async function benchesOf({ benches = [] }: Page, folder: string): Promise<{ sections: Section[]; failed: string[] }> {
  if (benches.length === 0) return { sections: [], failed: [] }
  const kept = join(folder, 'benches')
  const args = ['bench/main.ts', ...benches, '--write', kept, ...(form === 'short' ? ['--short'] : []), ...rows]
  const { code } = await runWithin(MOST_MINUTES, root, 'node', args, {})
  const failed = code === 0 ? [] : [`benches ended with exit code ${code}`]
  if (!existsSync(kept)) return { sections: [], failed }
  mkdirSync(join(root, 'docs/evidence'), { recursive: true })
  copyFileSync(kept, join(root, 'docs/evidence/figures.json'))
  const { reports } = JSON.parse(readFileSync(kept, 'utf8')) as { reports: Record<string, Report> }
  const sections = Object.entries(reports).map(([bench, { title, table, findings, plan = [] }]) => ({
    title,
    method: `\`npm run bench -- ${bench}\``,
    findings,
    table,
    notes: plan,
  }))
  return { sections, failed }
}

function circumstances(): Pick<Run, 'on' | 'commit' | 'form' | 'machine'> {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const changed =
    git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs') === ''
      ? ''
      : ', with changes not committed'
  const [cpu] = cpus()
  return {
    on: new Date().toISOString().slice(0, 16).replace('T', ' ').concat(' UTC'),
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed}`,
    form,
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  }
}
