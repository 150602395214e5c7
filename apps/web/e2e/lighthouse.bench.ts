/**
 * Lighthouse on the sign-in page and on the dashboards of an admin and of a team member. It lives in a folder of its own
 * (LIGHTHOUSE_FOLDER, or a temporary one into which it is installed), for it does not get on with the product's own
 * dependencies. Goals: performance 95, accessibility 100. `node apps/web/e2e/lighthouse.bench.ts` starts a product of its own,
 * or takes the one at PRODUCT_URL.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findCommand, chromium as installed } from '../../../scripts/test/system.ts'
import { startOne } from './start-product.ts'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const RUNS = process.argv.includes('--short') ? 1 : 3
const GOALS = { performance: 95, accessibility: 100 }
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const

// biome-ignore lint/suspicious/noExplicitAny: what is installed at run time has no types here
type Foreign = any
type Audit = { score: number | null; title: string }

const stop = await startOne()
const { lighthouse, puppeteer } = await theirs()
const browser = await puppeteer.launch({
  executablePath: findCommand(installed.commands) ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
try {
  const rows: Record<string, string | number>[] = []
  const wrong = new Set<string>()
  for (const email of [undefined, 'admin@harborvine.example', 'team@harborvine.example']) {
    const context = await browser.createBrowserContext()
    const page = await context.newPage()
    const path = email ? await signedIn(page, email) : '/sign-in'
    const runs: Record<string, number>[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await look(page, path, wrong))
    rows.push({ page: email ? `dashboard of ${email.split('@')[0]}` : 'sign-in', ...medians(runs) })
    await context.close()
  }
  console.table(rows)
  for (const title of wrong) console.log(`not at its best: ${title}`)
  for (const [name, goal] of Object.entries(GOALS)) {
    const seen = Math.min(...rows.map((row) => Number(row[name])))
    console.log(`${seen >= goal ? 'reached' : 'missed '}  ${name}: goal ${goal}, seen ${seen}`)
  }
} finally {
  await browser.close()
  await stop?.()
}

async function signedIn(page: Foreign, email: string): Promise<string> {
  await page.goto(`${process.env.PRODUCT_URL}/sign-in`)
  await page.waitForSelector('input[type=email]')
  await page.type('input[type=email]', email)
  await page.type('input[type=password]', 'opsflow-demo')
  await page.click('button[type=submit]')
  await page.waitForFunction(() => location.pathname.endsWith('/dashboard'))
  await page.waitForSelector('h1')
  return new URL(page.url()).pathname
}

async function look(page: Foreign, path: string, wrong: Set<string>): Promise<Record<string, number>> {
  const settings = { disableStorageReset: true, logLevel: 'error', onlyCategories: CATEGORIES }
  const { lhr } = await lighthouse(`${process.env.PRODUCT_URL}${path}`, settings, undefined, page)
  for (const category of ['accessibility', 'best-practices'])
    for (const { id } of lhr.categories[category].auditRefs) {
      const audit: Audit = lhr.audits[id]
      if (audit.score !== null && audit.score < 1) wrong.add(`${path}: ${audit.title}`)
    }
  const scores = CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)] as const)
  return {
    ...Object.fromEntries(scores),
    'largest paint, ms': Math.round(lhr.audits['largest-contentful-paint'].numericValue),
  }
}

function medians(runs: readonly Record<string, number>[]): Record<string, number> {
  const names = Object.keys(runs[0] ?? {})
  const middle = (name: string) => runs.map((run) => run[name] ?? 0).sort((a, b) => a - b)[runs.length >> 1] ?? 0
  return Object.fromEntries(names.map((name) => [name, middle(name)]))
}

async function theirs(): Promise<{ lighthouse: Foreign; puppeteer: Foreign }> {
  const folder = process.env.LIGHTHOUSE_FOLDER ?? mkdtempSync(join(tmpdir(), 'opsflow-lighthouse-'))
  if (!existsSync(join(folder, 'node_modules/lighthouse'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', LIGHTHOUSE], { cwd: folder, stdio: 'inherit' })
  }
  const { resolve } = createRequire(join(folder, 'package.json'))
  const load = async (name: string) => (await import(pathToFileURL(resolve(name)).href)).default
  return { lighthouse: await load('lighthouse'), puppeteer: await load('puppeteer-core') }
}
