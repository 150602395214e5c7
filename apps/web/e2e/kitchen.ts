import { expect, type Page } from '@playwright/test'
import { ask } from './people.ts'

/** This device has everything it needs to go on alone. */
export const isWhole = (page: Page) => expect(page.getByRole('button', { name: 'Everything is sent' })).toBeVisible()

export const unsentChip = (page: Page) => page.getByRole('button', { name: /^What is not sent yet:/ })

/** The app itself is kept on this device: every page of it opens without a network. */
export async function isKept(page: Page) {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

/** The network goes; not within the first seconds of a first visit, when a page has not fetched all of itself yet. */
export async function goOffline(page: Page) {
  await isKept(page)
  await page.context().setOffline(true)
}

/** Through the menu: the page stays the same document, as it does for someone at work. */
export async function goTo(page: Page, name: string) {
  const link = page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) })
  await link.filter({ visible: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

export async function press(page: Page, text: string) {
  for (const key of text) await page.getByRole('button', { name: key, exact: true }).click()
}

export const answer = (page: Page, question: string, choice: string) =>
  page.getByRole('group', { name: question }).locator('label').filter({ hasText: choice }).click()

/** From the board to the keypad of a unit. */
export async function openKeypad(page: Page, unit: string) {
  await goTo(page, 'Temperature')
  await page.getByRole('link', { name: 'Log a temperature' }).first().click()
  const find = page.getByRole('searchbox')
  if (await find.isVisible()) await find.fill(unit)
  await page.getByRole('main').getByRole('button').filter({ hasText: unit }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: unit })).toBeVisible()
}

export async function logReading(page: Page, unit: string, value: string, note: string) {
  await openKeypad(page, unit)
  await press(page, value)
  await page.getByLabel('Note').fill(note)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: unit })).toHaveCount(0)
}

/** Cause, action and food, a re-check within the limit, closed: on the page of a corrective action. */
export async function correct(page: Page, recheck: string) {
  await answer(page, 'Why did it happen?', 'Door left open')
  await answer(page, 'What did you do?', 'Closed the door')
  await answer(page, 'What becomes of the food?', 'Discarded')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await press(page, recheck)
  await page.getByRole('button', { name: 'Save the re-check' }).click()
  await page.getByRole('button', { name: 'Close it' }).click()
  await expect(page.getByText(/verifies it now\.$/)).toBeVisible()
}

/** What the server has of these, by their note, the earliest first. */
export async function logsWithNote(page: Page, unitId: string, note: string) {
  const { body } = await ask(page, 'GET', `/temperature-logs?unitId=${unitId}&source=typed&limit=200`)
  const logs = body.items as { id: string; note: string; measuredAt: string; value: { text: string } }[]
  return logs
    .filter((log) => log.note.startsWith(note))
    .sort((a, b) => Date.parse(a.measuredAt) - Date.parse(b.measuredAt))
}

type UnitNow = { id: string; name: string; locationId: string; state: { limitText: string; status: string } }

/** A cooler that is well: a value of 36 °F is within its limit, one of 60 is not. */
export async function coolerOf(page: Page): Promise<UnitNow> {
  const { body } = await ask(page, 'GET', '/units?limit=200')
  const units = body.items as UnitNow[]
  const cooler = units.find(({ state }) => state.limitText.includes('≤ 41') && state.status === 'ok')
  if (!cooler) throw new Error('The demo has no cooler that is well.')
  return cooler
}
