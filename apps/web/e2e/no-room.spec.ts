import type { Browser, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing, take } from './camera.ts'
import {
  coolerOf,
  goOffline,
  goTo,
  isWhole,
  logReading,
  logsWithNote,
  openKeypad,
  press,
  unsentChip,
} from './kitchen.ts'
import { ask, keepsApp, people, personAt, signIn } from './people.ts'
import { expect, test } from './product.ts'

test('a device without room says so, loses nothing that was typed, and goes on when there is room', async ({
  browser,
}) => {
  test.slow()
  const luis = await newcomer(browser)
  const room = await roomOf(luis)
  await signIn(luis, people.member)
  const note = `Room ${Date.now()}`
  const cooler = await coolerOf(luis)
  await isWhole(luis)
  await beenEverywhere(luis)
  await goOffline(luis)
  await logReading(luis, cooler.name, '36.1', `${note} 1`)
  await room.take()

  await test.step('what is typed stays in its form, with the reason', async () => {
    await openKeypad(luis, cooler.name)
    await press(luis, '36.2')
    await luis.getByLabel('Note').fill(`${note} 2`)
    await luis.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(luis.getByRole('alert').filter({ hasText: 'so nothing was recorded' })).toBeVisible()
    await expect(luis.getByLabel('Note')).toHaveValue(`${note} 2`)
    await expect(luis.getByText('This device is full.')).toBeVisible()
    await expect(luis.getByText('One record waits safely.')).toBeVisible()
    await expect(unsentChip(luis)).toContainText('1 unsent')
    expect(await barriersIn(luis)).toEqual([])
    await look(luis, 'full-form')
  })

  await test.step('a photo finds no room either', async () => {
    await take(luis, await drawing(luis, 'label'))
    await expect(luis.getByText('This device has no room for the photo.')).toBeVisible()
    await look(luis, 'full-photo')
  })

  await test.step('there is room again: the same form is saved, and everything arrives once', async () => {
    await room.giveBack()
    await luis.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(unsentChip(luis)).toContainText('2 unsent')
    await expect(luis.getByText('This device is full.')).toHaveCount(0)
    await luis.context().setOffline(false)
    await isWhole(luis)
    const logs = await logsWithNote(luis, cooler.id, note)
    expect(logs.map(({ value }) => value.text)).toEqual(['36.1', '36.2'])
  })
})

test('a browser that is full before anything was kept shows what the server has, and says that it keeps nothing', async ({
  browser,
}) => {
  const page = await newcomer(browser)
  const room = await roomOf(page)
  await room.take()
  await signIn(page, people.member)
  await expect(page.getByText('This device is full.')).toBeVisible()
  await goTo(page, 'Tasks')
  const start = page.getByRole('main').getByRole('button', { name: 'Start' }).first()
  await start.click()
  await expect(page.getByText('Nothing was recorded; make room and do it again.')).toBeVisible()
  await look(page, 'full-new')
  await room.giveBack()
  await page.reload()
  await isWhole(page)
  await expect(page.getByText('This device is full.')).toHaveCount(0)
})

test('a browser that clears its store under an open form: what was recorded is put back, and a photo that is gone is told', async ({
  browser,
}) => {
  test.slow()
  const luis = await personAt(browser, people.member, { ...keepsApp, viewport: { width: 390, height: 844 } })
  const note = `Cleared ${Date.now()}`
  const cooler = await coolerOf(luis)
  await isWhole(luis)
  await beenEverywhere(luis)
  await goOffline(luis)
  await logReading(luis, cooler.name, '36.1', `${note} 1`)
  await openKeypad(luis, cooler.name)
  await press(luis, '36.2')
  await luis.getByLabel('Note').fill(`${note} 2`)
  await take(luis, await drawing(luis, 'label'))
  await expect(luis.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
  await evict(luis)

  await expect(luis.getByText('One photo that had not been sent is lost')).toBeVisible()
  await expect(luis.getByText('record that had not been sent')).toHaveCount(0)
  await expect(luis.getByRole('button', { name: 'Remove photo 1' })).toHaveCount(0)
  await look(luis, 'cleared-form')
  await expect(luis.getByLabel('Note')).toHaveValue(`${note} 2`)
  await take(luis, await drawing(luis, 'label'))
  await expect(luis.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
  await luis.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(unsentChip(luis)).toContainText('2 unsent')
  await luis.getByRole('button', { name: 'Understood' }).click()
  await expect(luis.getByText('One photo that had not been sent is lost')).toHaveCount(0)

  await luis.context().setOffline(false)
  await isWhole(luis)
  const logs = await logsWithNote(luis, cooler.id, note)
  expect(logs.map(({ value }) => value.text)).toEqual(['36.1', '36.2'])
  const evidence = await ask(luis, 'GET', `/evidence?ownerKind=temperature_log&ownerId=${logs[1]?.id}`)
  expect(evidence.body.items).toHaveLength(1)
})

test('a browser that cleared its store while nobody looked says how much was lost, until someone has seen it', async ({
  browser,
}) => {
  test.slow()
  const luis = await personAt(browser, people.member, { ...keepsApp, viewport: { width: 390, height: 844 } })
  const note = `Gone ${Date.now()}`
  const cooler = await coolerOf(luis)
  await isWhole(luis)
  await beenEverywhere(luis)
  await logReading(luis, cooler.name, '36.1', `${note} 1`)
  await isWhole(luis)
  await goOffline(luis)
  await logReading(luis, cooler.name, '36.2', `${note} 2`)
  await openKeypad(luis, cooler.name)
  await press(luis, '36.3')
  await take(luis, await drawing(luis, 'label'))
  await expect(luis.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
  await luis.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(unsentChip(luis)).toContainText('2 unsent')
  const { origin } = new URL(luis.url())
  const again = await luis.context().newPage()
  // A page that is only left hears of the network for a moment, as soon as it is no longer held offline, and sends.
  await luis.close()
  await evict(again, origin)
  await again.context().setOffline(false)

  await again.goto(`${origin}/dashboard`)
  const lost = again.getByText('2 records that had not been sent are lost')
  await expect(lost).toBeVisible()
  await expect(again.getByText('One photo that had not been sent is lost')).toBeVisible()
  await isWhole(again)
  expect(await barriersIn(again)).toEqual([])
  await look(again, 'gone')
  await again.reload()
  await expect(lost).toBeVisible()
  await again.getByRole('button', { name: 'Understood' }).click()
  await expect(lost).toHaveCount(0)
  await again.reload()
  await isWhole(again)
  await expect(lost).toHaveCount(0)
  const logs = await logsWithNote(again, cooler.id, note)
  expect(logs.map(({ value }) => value.text)).toEqual(['36.1'])
})

/** As the browser does it when the device runs short: everything but `localStorage`, whoever has it open. */
async function evict(page: Page, origin = new URL(page.url()).origin) {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,cache_storage,service_workers' })
}

async function newcomer(browser: Browser): Promise<Page> {
  const viewport = { width: 390, height: 844 }
  const context = await browser.newContext({
    ...keepsApp,
    baseURL: process.env.PRODUCT_URL ?? '',
    locale: 'en-US',
    viewport,
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  return page
}

const ROOM_BYTES = 60_000_000

/**
 * Little room from the first on: Chromium remembers for half a minute how much there was, and looks again only when
 * something would not fit into that.
 */
async function roomOf(page: Page) {
  const { origin } = new URL(page.url())
  const browser = await page.context().newCDPSession(page)
  const set = (quotaSize: number) => browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await set(ROOM_BYTES)
  return {
    async take() {
      await set(1)
      expect(await page.evaluate(writeSome, ROOM_BYTES)).toBe('QuotaExceededError')
    },
    async giveBack() {
      await set(ROOM_BYTES)
      expect(await page.evaluate(writeSome, 1)).toBe('written')
    },
  }
}

function writeSome(bytes: number): Promise<string> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('some', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('some')
    opening.onerror = () => resolve(opening.error?.name ?? 'unknown')
    opening.onsuccess = () => {
      const writing = opening.result.transaction('some', 'readwrite', { durability: 'strict' })
      const end = (name: string) => {
        opening.result.close()
        resolve(name)
      }
      writing.oncomplete = () => end('written')
      writing.onabort = () => end(writing.error?.name ?? 'unknown')
      writing.objectStore('some').put(new Uint8Array(bytes), 1)
    }
  })
}

/** A page's code is fetched when one first goes there; an installed app holds all of it. */
async function beenEverywhere(page: Page) {
  await openKeypad(page, (await coolerOf(page)).name)
  // The camera's code comes with its first photo.
  await take(page, await drawing(page, 'dark'))
  await page.getByRole('button', { name: 'Leave it out' }).click()
  await goTo(page, 'Tasks')
}

async function look(page: Page, name: string) {
  const folder = process.env.LOOK_INTO
  if (!folder) return
  const size = page.viewportSize()
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  if (size) await page.setViewportSize(size)
}
