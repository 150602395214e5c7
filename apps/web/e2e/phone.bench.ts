/**
 * The dashboard on a mid-range phone (390 px, 4× slower CPU, 1.6 Mbit/s, 150 ms round trips), cold, in Chromium:
 * when its figures can be read, and when its whole screen is there. Beside it, in the same run, the sign-in page as a
 * shell without data. Goal: figures < 2 s. `node apps/web/e2e/phone.bench.ts` starts a product of its own, or takes the
 * one at PRODUCT_URL.
 */
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { findCommand, chromium as installed } from '../../../scripts/test/system.ts'
import { personAt } from './people.ts'
import { startOne } from './start-product.ts'

const RUNS = process.argv.includes('--short') ? 1 : 5
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

declare global {
  interface Window {
    seen?: { figures?: number; screen?: number }
  }
}

const stop = await startOne()
const browser = await chromium.launch({
  executablePath: findCommand(installed.commands) ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
try {
  const people = { admin: 'admin@harborvine.example', member: 'team@harborvine.example' }
  const rows = []
  for (const [role, email] of Object.entries(people)) {
    const signedIn = await personAt(browser, email)
    await signedIn.getByRole('heading', { level: 1 }).waitFor()
    const storageState = await signedIn.context().storageState()
    const shell: number[] = []
    const figures: number[] = []
    const screen: number[] = []
    for (let run = 0; run < RUNS; run++) {
      shell.push((await timesOf(browser, '/sign-in', {})).screen)
      const seen = await timesOf(browser, '/dashboard', { storageState })
      figures.push(seen.figures)
      screen.push(seen.screen)
    }
    rows.push({
      role,
      'shell without data, ms': Math.round(median(shell)),
      'figures, ms': Math.round(median(figures)),
      'whole screen, ms': Math.round(median(screen)),
      'figures by shell': Math.round((median(figures) / median(shell)) * 100) / 100,
    })
  }
  console.table(rows)
  const slowest = Math.max(...rows.map((row) => row['figures, ms']))
  console.log(`${slowest < 2000 ? 'reached' : 'missed '}  figures of the dashboard: goal < 2000 ms, seen ${slowest} ms`)
} finally {
  await browser.close()
  await stop?.()
}

async function timesOf(on: Browser, path: string, options: BrowserContextOptions) {
  const context = await on.newContext({ ...phone, locale: 'en-US', baseURL: process.env.PRODUCT_URL ?? '', ...options })
  const page = await context.newPage()
  await slowDown(page)
  await page.addInitScript(watch)
  await page.goto(path, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.seen?.screen !== undefined, undefined, { timeout: 60_000 })
  const { figures = Number.NaN, screen = Number.NaN } = (await page.evaluate(() => window.seen)) ?? {}
  await context.close()
  return { figures, screen }
}

async function slowDown(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** Looks with every frame: figures that are seen, and the heading that only the finished screen has. */
function watch() {
  const seen: NonNullable<Window['seen']> = {}
  window.seen = seen
  const look = () => {
    const places = [...document.querySelectorAll<HTMLElement>('[data-figure]')]
    const written = places.some((place) => place.offsetParent !== null && /\d/.test(place.textContent ?? ''))
    if (written) seen.figures ??= performance.now()
    const heading = document.querySelector('main h1')
    if (heading) seen.screen ??= performance.now()
    if (heading) seen.figures ??= performance.now()
    if (!heading) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

function median(values: number[]) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
