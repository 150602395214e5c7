import type { CDPSession, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { type Device, expect, test } from './installed.ts'
import { isWhole, logReading, logsWithNote, unsentChip } from './kitchen.ts'
import { ask, people, signIn } from './people.ts'

const STAFF_PAGES = [
  '/dashboard',
  '/temperature',
  '/temperature/log',
  '/alarms',
  '/tasks',
  '/corrective-actions',
  '/settings/preferences',
]

test('the app can be installed, by its people and by a tablet', async ({ device }) => {
  const { page, visit } = device
  await visit(people.member)
  for (const [path, id] of [
    ['/dashboard', '/'],
    ['/kiosk', '/kiosk'],
  ] as const) {
    await page.goto(path)
    const browser = await page.context().newCDPSession(page)
    const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
    expect(installabilityErrors, path).toEqual([])
    const { errors, data } = await browser.send('Page.getAppManifest')
    expect(errors, path).toEqual([])
    expect(JSON.parse(data ?? '{}').id).toBe(id)
    await browser.detach()
  }
})

test('what is kept on the device is small, and never an answer of the API', async ({ device }) => {
  const { page, visit } = device
  await visit(people.member)
  await page.goto('/tasks')
  const kept = await page.evaluate(async () => {
    const all: { path: string; bytes: number }[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request))?.arrayBuffer()
        all.push({ path: new URL(request.url).pathname, bytes: body?.byteLength ?? 0 })
      }
    }
    return all
  })
  test.info().annotations.push({
    type: 'kept on a device',
    description: `${kept.length} files, ${kept.reduce((sum, { bytes }) => sum + bytes, 0)} bytes unpacked`,
  })
  expect(kept.length).toBeGreaterThan(50)
  expect(kept.filter(({ path }) => /^\/(api|socket\.io)/.test(path))).toEqual([])
  expect(kept.filter(({ path }) => path.startsWith('/o/'))).toEqual([])
})

test('with the server gone every screen of the staff starts, says so, and the set-up says what it needs', async ({
  device,
}) => {
  test.slow()
  const { page, front, visit } = device
  await visit(people.member)
  const organization = new URL(page.url()).pathname.split('/')[2]
  await front.stop()
  for (const path of STAFF_PAGES) {
    for (const address of [path, `/o/${organization}${path}`]) {
      await test.step(address, async () => {
        await page.goto(address)
        await expect(page.getByRole('button', { name: 'account and appearance' })).toBeVisible()
        await expect(page.getByRole('status').filter({ hasText: 'Offline' }).first()).toBeVisible()
        expect(new URL(page.url()).pathname).toBe(`/o/${organization}${path}`)
      })
    }
  }
  await page.goto('/')
  await page.waitForURL('**/dashboard')
  await page.goto(`/o/${organization}/settings/people`)
  await expect(page.getByRole('heading', { name: 'This page needs a network' })).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await page.getByRole('link', { name: 'To the dashboard' }).click()
  await page.waitForURL('**/dashboard')
  await page.goto('/kiosk')
  await expect(page.getByRole('heading', { name: 'No connection' }).or(page.getByLabel('Code'))).toBeVisible()
})

test('a new version waits while something is typed, and comes on a tap once it is not', async ({ device }) => {
  const { page, visit } = device
  await visit(people.member)
  await enterTemperature(page, '39')
  await offerNewerBuild(device)
  await page.getByRole('button', { name: 'Use it now' }).click()
  await expect(page.getByText('Finish or close what you are typing first')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await expect(page.getByLabel('Temperature, °F')).toHaveValue('39')

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByLabel('Temperature, °F')).toHaveCount(0)
  const before = await buildInCharge(page)
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Use it now' }).click()])
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect.poll(() => buildInCharge(page)).not.toBe(before)
})

test('a new version nobody tapped comes with the next start, and a second tab is left as it is', async ({ device }) => {
  const { page, visit } = device
  await visit(people.member)
  const before = await buildInCharge(page)
  await offerNewerBuild(device)
  const second = await page.context().newPage()
  await second.goto('/tasks')
  await expect(second.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await buildInCharge(second)).toBe(before)
  await second.close()
  // A closed tab is still counted for a moment.
  await expect(async () => {
    await page.reload()
    expect(await buildInCharge(page)).not.toBe(before)
  }).toPass()
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.getByText('A new version is ready')).toHaveCount(0)
})

test('an app the server no longer understands says so and can be renewed', async ({ device }) => {
  const { page, front, visit } = device
  await visit(people.member)
  front.takeAppFor('0')
  await page.reload()
  await expect(page.getByText('OpsFlow must be renewed')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  front.takeAppFor(undefined)
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Use it now' }).click()])
  await expect(page.getByText('OpsFlow must be renewed')).toHaveCount(0)
})

test('a session that ends does not take the page away from what is typed, and keeps nothing for whoever comes next', async ({
  device,
}) => {
  const { page, visit } = device
  await visit(people.member)
  await enterTemperature(page, '38')
  await page.context().clearCookies()
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await expect(page.getByLabel('Temperature, °F')).toHaveValue('38')
  expect(await barriersOf(page)).toEqual([])
  await page.goto('/tasks')
  await page.waitForURL('**/sign-in?next=*')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('session')))).toEqual([])
})

test('signed out with work unsent, it stays for its person alone, is named at the sign-in, and arrives when they are back', async ({
  device,
}) => {
  test.slow()
  const { page, front, visit } = device
  await visit(people.member)
  await isWhole(page)
  const unit = await firstUnit(page)
  const note = `unsent ${crypto.randomUUID()}`
  await front.stop()
  await logReading(page, unit.name, '37', note)
  await expect(unsentChip(page)).toBeVisible()

  await signOut(page)
  await expect(page.getByText('1 record is only on this device.')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Send first' }).click()
  await expect(page.getByText('It could not be sent')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out, keep it here' }).click()
  await page.waitForURL('**/sign-in')
  await expect(page.getByText('1 record of Luis Ortega waits here.')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
  await page.goto('/temperature')
  await page.waitForURL('**/sign-in')

  await front.comeBack()
  await expect.poll(() => page.evaluate(() => localStorage.getItem('opsflow.leaving'))).toBeNull()
  await signIn(page, people.manager)
  await isWhole(page)
  await expect(unsentChip(page)).toHaveCount(0)
  await signOut(page)
  await page.waitForURL('**/sign-in')
  expect(await rowsOnDevice(page)).toEqual([0])

  await expect(page.getByText('1 record of Luis Ortega waits here.')).toBeVisible()
  await signIn(page, people.member)
  await isWhole(page)
  expect(await logsWithNote(page, unit.id, note)).toHaveLength(1)
  await signOut(page)
  await page.waitForURL('**/sign-in')
  expect(await rowsOnDevice(page)).toEqual([])
})

test.describe('in a browser that can install apps', () => {
  test.use({ isWholeBrowser: true })

  test('installing is offered after the second thing recorded, once', async ({ device }) => {
    const { page, visit } = device
    await visit(people.member)
    await isWhole(page)
    const { name } = await firstUnit(page)
    const offer = page.getByText('Keep OpsFlow on this device')
    await expect(offer).toHaveCount(0)
    await logReading(page, name, '37', 'first')
    await expect(offer).toHaveCount(0)
    await logReading(page, name, '37', 'second')
    await expect(offer).toBeVisible()
    expect(await barriersOf(page)).toEqual([])
    await page.getByRole('button', { name: 'No, thanks' }).click()
    await expect(offer).toHaveCount(0)
    await page.reload()
    await logReading(page, name, '37', 'third')
    await expect(offer).toHaveCount(0)
    await page.getByRole('button', { name: 'account and appearance' }).click()
    await page.getByRole('menuitem', { name: 'Install on this device' }).click()
    await expect(offer).toBeVisible()
  })
})

test('the browser wakes the page when the network is back, and what waits is sent', async ({ device }) => {
  const { page, front, visit } = device
  await visit(people.member)
  await isWhole(page)
  const unit = await firstUnit(page)
  const note = `woken ${crypto.randomUUID()}`
  await front.stop()
  await logReading(page, unit.name, '37', note)
  await expect(unsentChip(page)).toBeVisible()
  await front.comeBack()
  const browser = await page.context().newCDPSession(page)
  await browser.send('ServiceWorker.dispatchSyncEvent', {
    origin: front.url,
    registrationId: await registrationOf(browser, front.url),
    tag: 'outbox',
    lastChance: false,
  })
  await isWhole(page)
  expect(await logsWithNote(page, unit.id, note)).toHaveLength(1)
})

test('the device that is almost full says so', async ({ device }) => {
  const { page, visit } = device
  await visit(people.member)
  // Chromium tells pages a quota of its own invention, whatever its own is set to; other browsers tell the truth.
  await page.addInitScript(() => {
    navigator.storage.estimate = async () => ({ quota: 1_000_000_000, usage: 980_000_000 })
  })
  await page.reload()
  await expect(page.getByText('This device is almost full')).toBeVisible()
  expect(await barriersOf(page)).toEqual([])
})

test('a push message is shown as what it says', async ({ device }) => {
  const { page, front, visit } = device
  await page.context().grantPermissions(['notifications'], { origin: front.url })
  await visit(people.member)
  const [worker] = page.context().serviceWorkers()
  if (!worker) throw new Error('no service worker')
  await worker.evaluate(() => {
    const shown: unknown[] = []
    Object.assign(self, { shown })
    // What the system would be given: a browser without a screen shows nothing that could be looked at.
    ServiceWorkerRegistration.prototype.showNotification = async (title, { body, icon, data } = {}) =>
      void shown.push({ title, body, icon, path: data.path })
  })
  const browser = await page.context().newCDPSession(page)
  await browser.send('ServiceWorker.deliverPushMessage', {
    origin: front.url,
    registrationId: await registrationOf(browser, front.url),
    data: JSON.stringify({ title: 'Walk-in cooler is warm', body: '48 °F', path: '/alarms' }),
  })
  const shown = () => worker.evaluate(() => (self as unknown as { shown: unknown[] }).shown)
  await expect
    .poll(shown)
    .toEqual([{ title: 'Walk-in cooler is warm', body: '48 °F', icon: '/icons/icon-192.png', path: '/alarms' }])
})

async function registrationOf(browser: CDPSession, origin: string) {
  const found = new Promise<string>((resolve) =>
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`)
      if (ours) resolve(ours.registrationId)
    }),
  )
  await browser.send('ServiceWorker.enable')
  return found
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'account and appearance' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

/** The first of this person's places that a thermometer goes into. */
async function firstUnit(page: Page): Promise<{ id: string; name: string }> {
  const { body } = await ask(page, 'GET', '/units?limit=50')
  return body.items.find(({ name }: { name: string }) => /walk-in cooler/i.test(name)) ?? body.items[0]
}

/** Rows of the server in each store of this browser. */
const rowsOnDevice = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases())
      .map(({ name }) => name ?? '')
      .filter((name) => name.startsWith('opsflow.'))
    return Promise.all(
      names.map(
        (name) =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open(name)
            opening.onerror = () => reject(opening.error)
            opening.onsuccess = () => {
              const counting = opening.result.transaction('base').objectStore('base').count()
              counting.onsuccess = () => {
                opening.result.close()
                resolve(counting.result)
              }
            }
          }),
      ),
    )
  })

async function enterTemperature(page: Page, text: string) {
  await page.goto('/temperature/log')
  await page.getByRole('main').getByRole('button', { name: /°F/ }).first().click()
  for (const key of text) await page.getByRole('button', { name: key, exact: true }).click()
}

async function offerNewerBuild({ page, front }: Device) {
  front.offerNewerBuild()
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect(page.getByText('A new version is ready')).toBeVisible()
}

/** Which of the builds on this device answers this page. */
const buildInCharge = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const builds = (await caches.keys()).filter((name) => name.startsWith('opsflow '))
    return registration?.waiting ? builds.at(-2) : builds.at(-1)
  })

async function barriersOf(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return barriersIn(page)
}
