import type { Locator, Page } from '@playwright/test'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const MINUTE = 60_000
const cabinet = `Holding cabinet ${Date.now() % 100_000}`
const sensor = `HOLD-${Date.now()}`

/** `°F` at so many minutes ago. */
type Measured = [minutesAgo: number, fahrenheit: string]

test('from a sensor’s reading to a verified corrective action, seen by two people', async ({ browser }) => {
  const priya = await personAt(browser, people.manager)
  const marcus = await personAt(browser, people.districtManager)

  const key = await test.step('a manager sets up a unit, its sensor and a gateway', async () => {
    const store = await firstStoreOf(priya)
    await addUnit(priya, store)
    await addSensor(priya)
    return enrolGateway(priya, store)
  })

  await test.step('a reading appears on another person’s board without a reload', async () => {
    await openBoard(marcus)
    await expect(tile(marcus)).toHaveAttribute('data-status', 'no_data')
    await marcus.evaluate(() => {
      document.body.dataset.sameDocument = 'yes'
    })
    await send(marcus, key, [[36, '145.2']])
    await expect(tile(marcus)).toContainText('145.2')
    await expect(tile(marcus)).toHaveAttribute('data-status', 'ok')
  })

  await test.step('too cold for longer than its grace, it is an alarm on that board', async () => {
    const cold = [35, 30, 25, 20, 15, 10, 5, 1].map((minutesAgo): Measured => [minutesAgo, '121.5'])
    await send(marcus, key, cold)
    await expect(tile(marcus)).toHaveAttribute('data-status', 'alarm')
    await goTo(marcus, 'Alarms')
    await expect(row(marcus)).toContainText('Out of its alarm limits')
    await goTo(marcus, 'Tasks')
    await expect(row(marcus)).toContainText('Urgent')
    await expect(row(marcus)).toContainText('To do')
  })

  await test.step('one of them says that she is on it, and the other sees it', async () => {
    await goTo(marcus, 'Alarms')
    await goTo(priya, 'Alarms')
    await row(priya).getByRole('button', { name: 'I’m on it' }).click()
    await expect(row(priya)).toContainText('Acknowledged')
    await expect(row(marcus)).toContainText('Priya Raman')
  })

  await test.step('cause, action, food, a re-check within the limit, closed', async () => {
    await row(priya).getByRole('link', { name: 'Corrective action' }).click()
    await answer(priya, 'Why did it happen?', 'Equipment failure')
    await answer(priya, 'What did you do?', 'Reheated')
    await answer(priya, 'What becomes of the food?', 'Held for review')
    await priya.getByLabel('Note').fill('Element replaced <b>by service</b>')
    await priya.getByRole('button', { name: 'Save and go on' }).click()
    await press(priya, '130')
    await priya.getByRole('button', { name: 'Save the re-check' }).click()
    await expect(priya.getByText('Out of limit').first()).toBeVisible()
    await send(marcus, key, [[0, '148.5']])
    await press(priya, '150.5')
    await priya.getByRole('button', { name: 'Save the re-check' }).click()
    await priya.getByRole('button', { name: 'Close it' }).click()
    await expect(priya.getByText('Someone who took no part in it verifies it now.')).toBeVisible()
  })

  await test.step('whoever did it cannot verify it', async () => {
    const id = new URL(priya.url()).searchParams.get('id')
    await expect(priya.getByRole('button', { name: 'Verified' })).toHaveCount(0)
    // Her screen shows it closed before the server has heard of it.
    const verify = () => ask(priya, 'POST', `/corrective-actions/${id}/verification`, { note: '' })
    await expect.poll(verify).toMatchObject({ status: 403, body: { code: 'temperature.verifier_must_differ' } })
  })

  await test.step('another person verifies it', async () => {
    await goTo(marcus, 'Corrective actions')
    await marcus.getByRole('tab', { name: 'To verify' }).click()
    await marcus.getByRole('link').filter({ hasText: cabinet }).first().click()
    await expect(marcus.getByText('“Element replaced <b>by service</b>”')).toBeVisible()
    await marcus.getByRole('button', { name: 'Verified' }).click()
    await expect(marcus.getByText('Closed and verified.')).toBeVisible()
    await expect(priya.getByText('Closed and verified.')).toBeVisible()
  })

  await test.step('the alarm is gone from the board, its task completed', async () => {
    await goTo(marcus, 'Temperature')
    await find(marcus)
    await expect(tile(marcus)).toHaveAttribute('data-status', 'ok')
    await goTo(marcus, 'Alarms')
    await expect(marcus.getByRole('tab', { name: 'Open' })).toHaveAttribute('aria-selected', 'true')
    await expect(row(marcus)).toHaveCount(0)
    await goTo(marcus, 'Tasks')
    await marcus.getByRole('tab', { name: 'Completed' }).click()
    await expect(row(marcus).filter({ hasText: 'Urgent' })).toContainText('Completed')
    expect(await marcus.evaluate(() => document.body.dataset.sameDocument)).toBe('yes')
  })
})

/** By name, as the menus list them. */
async function firstStoreOf(page: Page): Promise<string> {
  const { body } = await ask(page, 'GET', '/session')
  return body.locations[0].name
}

async function addUnit(page: Page, store: string) {
  await goTo(page, 'Units')
  await page.getByRole('button', { name: 'Add a unit' }).click()
  const form = page.getByRole('dialog', { name: 'Add a unit' })
  await form.getByLabel('Name').fill(cabinet)
  await form.getByLabel('Location').selectOption(store)
  await form.getByLabel('Kind').selectOption('Hot holding')
  await form.getByRole('button', { name: 'Add a unit' }).click()
  await expect(form).toHaveCount(0)
}

/** It speaks every 15 minutes, so 36 minutes without a word are no silence yet. */
async function addSensor(page: Page) {
  await page.getByRole('button', { name: cabinet, exact: true }).click()
  const settings = page.getByRole('dialog')
  await settings.getByRole('button', { name: 'Add a sensor' }).click()
  const form = settings.locator('form').filter({ has: page.getByLabel('Sends every … minutes') })
  await form.getByLabel('Name').fill('Shelf probe')
  await form.getByLabel('Its id at the gateway').fill(sensor)
  await form.getByLabel('Sends every … minutes').fill('15')
  await form.getByRole('button', { name: 'Add a sensor' }).click()
  await expect(settings.getByText(sensor)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(settings).toHaveCount(0)
}

/** Answers the key, which is shown this once. */
async function enrolGateway(page: Page, store: string): Promise<string> {
  await goTo(page, 'Devices')
  await page.getByRole('button', { name: 'Enrol a device' }).click()
  const form = page.getByRole('dialog', { name: 'Enrol a device' })
  await form.getByLabel('Name').fill(`Gateway of ${cabinet}`)
  await form.getByLabel('Location').selectOption(store)
  await form.getByRole('button', { name: 'Enrol a device' }).click()
  const shown = page.getByRole('dialog', { name: 'Copy it now' })
  const key = (await shown.locator('code').textContent()) ?? ''
  expect(key).toMatch(/^ofd_/)
  await shown.getByRole('button', { name: 'Done' }).click()
  return key
}

/** As the gateway does: with its key and no cookie. */
async function send(page: Page, key: string, measured: readonly Measured[]) {
  const now = Date.now()
  const readings = measured.map(([minutesAgo, value]) => ({
    externalId: sensor,
    measuredAt: new Date(now - minutesAgo * MINUTE).toISOString(),
    value,
    unit: 'F',
  }))
  const response = await fetch(new URL('/api/v1/ingest/readings', page.url()), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ readings }),
  })
  expect(await response.json()).toMatchObject({ accepted: readings.length, rejected: 0 })
}

async function openBoard(page: Page) {
  await goTo(page, 'Temperature')
  await find(page)
}

const find = (page: Page) => page.getByRole('searchbox', { name: 'Find a unit or location' }).fill(cabinet)
const tile = (page: Page): Locator => page.locator('a[data-status]').filter({ hasText: cabinet })
const row = (page: Page): Locator => page.getByRole('main').getByRole('listitem').filter({ hasText: cabinet })

/** Through the menu: the page stays the same document. */
async function goTo(page: Page, name: string) {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

const answer = (page: Page, question: string, choice: string) =>
  page.getByRole('group', { name: question }).locator('label').filter({ hasText: choice }).click()

async function press(page: Page, text: string) {
  for (const key of text) await page.getByRole('button', { name: key, exact: true }).click()
}
