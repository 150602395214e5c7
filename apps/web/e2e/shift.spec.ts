import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type LaunchOptions, type Page } from '@playwright/test'
import { correct, goTo, isWhole, logReading, logsWithNote, openKeypad, press, unsentChip } from './kitchen.ts'
import { ask, keepsApp, people, personAt, signIn } from './people.ts'
import { expect, test } from './product.ts'
import { productWith } from './start-product.ts'

const MINUTE = 60_000

type Unit = { id: string; name: string; locationId: string; state: { limitText: string; status: string } }

test('a shift offline: half an hour of work, the tab killed, the browser killed, the clock moved, the server restarted, and everything is there once', async ({
  browser,
  launchOptions,
}) => {
  test.setTimeout(12 * MINUTE)
  const product = await productWith({}, 'shift')
  const profile = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-shift-'))
  try {
    const before = process.env.PRODUCT_URL
    process.env.PRODUCT_URL = product.url
    await shift(product, profile, launchOptions, () => personAt(browser, people.manager))
    process.env.PRODUCT_URL = before
  } finally {
    killBrowserOf(profile)
    rmSync(profile, { recursive: true, force: true })
    await product.stop()
  }
})

async function shift(
  product: Awaited<ReturnType<typeof productWith>>,
  profile: string,
  options: LaunchOptions,
  manager: () => Promise<Page>,
) {
  const note = `Shift ${Date.now()}`
  let done = 0
  let signedInAt = 0
  const next = () => `${note} ${String(++done).padStart(2, '0')}`
  let context = await browserOf(profile, product.url, options)
  let luis = await context.newPage()

  const { units, task } = await test.step('in the morning the device fetches all it needs', async () => {
    await signIn(luis, people.member)
    signedInAt = Date.now()
    await isWhole(luis)
    await installed(luis)
    return { units: await coolersOf(luis), task: await taskOf(luis) }
  })
  const [one, other] = units
  if (!one || !other) throw new Error('The demo’s store has too few coolers that are well.')

  await test.step('the server stops, and a quarter of an hour of work goes on', async () => {
    await product.halt()
    await luis.clock.install({ time: Date.now() })
    for (let round = 0; round < 5; round++) {
      await logReading(luis, one.name, `36.${round}`, next())
      await luis.clock.fastForward(90_000)
      await logReading(luis, other.name, `37.${round}`, next())
      await luis.clock.fastForward(90_000)
    }
    await expect(unsentChip(luis)).toContainText('10 unsent')
  })

  await test.step('the tab is killed; another is opened without a server, and the work is all there', async () => {
    await crash(luis)
    luis = await context.newPage()
    await luis.clock.install({ time: Date.now() + 15 * MINUTE })
    await luis.goto('/temperature')
    await expect(unsentChip(luis)).toContainText('10 unsent')
  })

  const actionId = await test.step('another quarter of an hour, with a corrective action to its end', async () => {
    for (let round = 5; round < 8; round++) {
      await logReading(luis, one.name, `36.${round}`, next())
      await luis.clock.fastForward(2 * MINUTE)
    }
    await openKeypad(luis, other.name)
    await press(luis, '61')
    await luis.getByLabel('Note').fill(next())
    await luis.getByRole('button', { name: 'Save', exact: true }).click()
    await correct(luis, '36.9')
    const id = new URL(luis.url()).searchParams.get('id')
    await luis.clock.fastForward(5 * MINUTE)
    await doTask(luis, task.title)
    await expect(unsentChip(luis)).toContainText('19 unsent')
    return id
  })

  await test.step('the browser is killed, and comes back with its clock three hours slow', async () => {
    // A browser writes its cookies down within half a minute; killed before that, it asks for a sign-in first.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, signedInAt + 35_000 - Date.now())))
    killBrowserOf(profile)
    context = await browserOf(profile, product.url, options)
    luis = await context.newPage()
    await luis.clock.install({ time: Date.now() - 180 * MINUTE })
    await luis.goto('/temperature')
    await expect(unsentChip(luis)).toContainText('19 unsent')
    await logReading(luis, one.name, '38.8', next())
  })

  await test.step('the server is there again, and everything goes out by itself', async () => {
    await product.resume()
    await expect(luis.getByRole('button', { name: 'Everything is sent' })).toBeVisible({ timeout: 3 * MINUTE })
  })

  await test.step('each record is there once, in the order it was made, with a time that is right or in doubt', async () => {
    const priya = await manager()
    const logs = [...(await logsWithNote(priya, one.id, note)), ...(await logsWithNote(priya, other.id, note))]
    const notes = logs.map((log) => log.note).sort()
    expect(notes).toEqual(Array.from({ length: 15 }, (_, index) => `${note} ${String(index + 1).padStart(2, '0')}`))
    for (const unit of [one, other]) {
      const ofUnit = await logsWithNote(priya, unit.id, note)
      expect(ofUnit.map((log) => log.note)).toEqual(ofUnit.map((log) => log.note).sort())
    }
    const slow = logs.find(({ value }) => value.text === '38.8')
    expect(Math.abs(Date.parse(slow?.measuredAt ?? '') - Date.now())).toBeLessThan(10 * MINUTE)
    const { body: action } = await ask(priya, 'GET', `/corrective-actions/${actionId}`)
    expect(action.history.map(({ step }: { step: string }) => step)).toEqual([
      'opened',
      'response',
      'recheck',
      'closure',
    ])
    expect((await ask(priya, 'GET', `/tasks/${task.id}`)).body).toMatchObject({ status: 'completed' })
    await priya.context().close()
  })
  await context.close()
}

/** A browser with a profile that outlives it. */
async function browserOf(profile: string, url: string, options: LaunchOptions): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    baseURL: url,
    locale: 'en-US',
    ...keepsApp,
  })
  context.setDefaultTimeout(30_000)
  return context
}

/** Every page is kept on the device: it starts without a server. */
const installed = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })

async function crash(page: Page) {
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await page.close()
}

/** At once, as when a tablet's battery is pulled: nothing is written any more. */
function killBrowserOf(profile: string) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const command = commandOf(pid)
    if (command.includes(`--user-data-dir=${profile}`)) process.kill(Number(pid), 'SIGKILL')
  }
}

function commandOf(pid: string) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function doTask(page: Page, title: string) {
  await goTo(page, 'Tasks')
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: title })
  await row.getByRole('button', { name: 'Start' }).click()
  await row.getByRole('button', { name: 'Complete' }).click()
  await expect(row).toHaveCount(0)
}

async function coolersOf(page: Page): Promise<Unit[]> {
  const { body } = await ask(page, 'GET', '/units?limit=200')
  return body.items.filter(
    ({ state }: Unit) => state.limitText.includes('≤ 41') && (state.status === 'ok' || state.status === 'drifting'),
  )
}

/** Whatever the time of the day, the demo’s last chore is still to come, or another chore is. */
async function taskOf(page: Page): Promise<{ id: string; title: string }> {
  const { body } = await ask(page, 'GET', '/tasks?status=open&limit=100')
  const task = body.items.find(
    ({ taskType, status }: { taskType: string; status: string }) =>
      taskType !== 'corrective' && status !== 'in_progress',
  )
  if (!task) throw new Error('The demo has nothing to do.')
  return task
}
