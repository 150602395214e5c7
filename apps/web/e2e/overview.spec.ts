import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'
import { LOOKS, stands } from './stands.ts'

const VIEWS = ['now', 'late', 'week', 'calendar', 'completion', 'look']
const [clean, floor] = [randomUUID(), randomUUID()]

test('a checklist that is done shows where the day stands, in its week, and behind the number it became', async ({
  browser,
}) => {
  test.slow()
  const cook = await personAt(browser, people.member)
  const name = `Walk-through ${Date.now() % 1_000_000}`
  const { id, store } = await beginOne(browser, cook, name)
  const manager = await personAt(browser, people.manager, { viewport: { width: 1440, height: 900 } })
  await manager.goto(addressOf(manager, `/overview?location=${store.id}`))

  await test.step('the manager sees it open, and done as soon as the cook has done it', async () => {
    const line = manager.getByRole('row', { name: new RegExp(store.name) })
    await expect(line).toBeVisible()
    const before = await doneOf(line)
    await failAndComplete(cook, id)
    await expect.poll(() => doneOf(line), { timeout: 60_000 }).toBe(before + 1)
  })

  await test.step('the week has it in its row, as done; its mark leads to the record', async () => {
    await manager.getByRole('tab', { name: 'Week' }).click()
    await manager.setViewportSize({ width: 820, height: 1180 })
    await manager.reload()
    const today = manager.getByRole('columnheader').and(manager.locator('[aria-current="date"]'))
    await expect(today).toBeInViewport({ ratio: 1 })
    await manager.setViewportSize({ width: 1440, height: 900 })
    const row = manager.getByRole('row', { name: new RegExp(name) })
    await row.getByRole('link', { name: 'Done' }).click()
    await expect(manager.getByRole('heading', { level: 1, name })).toBeVisible()
  })

  await test.step('completion counts it; what failed leads back to it', async () => {
    await manager.goto(addressOf(manager, `/overview?view=completion&location=${store.id}`))
    await expect(manager.getByRole('region', { name: 'By checklist' })).toContainText(name)
    const failed = manager
      .getByRole('region', { name: 'What fails most' })
      .getByRole('link', { name: `The line shines` })
    const all = manager.getByRole('button', { name: /^Show all/ })
    await expect(failed.or(all).first()).toBeVisible()
    if ((await failed.count()) === 0) await all.click()
    await failed.first().click()
    await expect(manager.getByRole('heading', { level: 1, name: 'Failed: The line shines' })).toBeVisible()
    await expect(manager.getByRole('link', { name })).toBeVisible()
    const [file] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('link', { name: 'CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('checklists.csv')
  })

  await test.step('its record on paper leaves nothing out', async () => {
    await manager.goto(addressOf(manager, `/checklists/record?id=${id}`))
    const before = manager.getByText('Grease behind the fryer')
    await expect(manager.getByText('The line shines')).toBeVisible()
    await expect(before).toBeHidden()
    await manager.emulateMedia({ media: 'print' })
    await expect(before).toBeVisible()
    await manager.emulateMedia({ media: 'screen' })
  })
})

test('every view stands on a phone, a tablet and a desk, in light and dark, for a district manager', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const page = await personAt(browser, people.districtManager)
  for (const view of VIEWS) {
    await test.step(view, () => stands(page, addressOf(page, `/overview?view=${view}`), LOOKS))
  }
})

test('without a network today stays readable; what only the server knows says so', async ({ browser }) => {
  const page = await personAt(browser, people.manager, keepsApp)
  await page.goto(addressOf(page, '/overview'))
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
  await page.getByRole('tab', { name: 'Calendar' }).click()
  await expect(page.locator('table')).toBeVisible()
  await page.getByRole('tab', { name: 'Completion' }).hover()
  await goOffline(page)
  await page.getByRole('button', { name: 'The month before' }).click()
  const trouble = page.getByRole('main').getByRole('alert')
  await expect(trouble).toBeVisible({ timeout: 60_000 })
  await page.getByRole('tab', { name: 'Today' }).click()
  await expect(trouble).toHaveCount(0)
})

/** “3 of 8” of a line. */
const doneOf = async (line: ReturnType<Page['getByRole']>) => Number(/(\d+) of \d+/.exec(await line.innerText())?.[1])

async function failAndComplete(cook: Page, id: string) {
  const answer = (itemId: string, passes: boolean, note = '') =>
    ask(cook, 'POST', `/checklists/${id}/answers`, {
      ...{ id: randomUUID(), itemId, entryId: null, note, photos: [] },
      value: { kind: 'pass_fail', passes },
    })
  expect((await answer(clean, false, 'Grease behind the fryer')).status).toBe(201)
  expect((await answer(clean, true)).status).toBe(201)
  expect((await answer(floor, true)).status).toBe(201)
  expect((await ask(cook, 'POST', `/checklists/${id}/completion`, {})).status).toBe(200)
}

async function beginOne(browser: Browser, cook: Page, name: string) {
  const [store] = (await ask(cook, 'GET', '/locations')).body.items as { id: string; name: string }[]
  if (!store) throw new Error('the cook works nowhere')
  const chief = await personAt(browser, people.admin)
  const items = [
    { kind: 'pass_fail', id: clean, label: 'The line shines', onFail: { fix: 'Wipe it down.' } },
    { kind: 'pass_fail', id: floor, label: 'The floor is dry' },
  ]
  const draft = { sections: [{ id: randomUUID(), title: 'Now', items }] }
  const made = await ask(chief, 'POST', '/checklist-templates', { name, category: 'line_check', draft })
  await ask(chief, 'POST', `/checklist-templates/${made.body.id}/publications`, { revision: made.body.revision })
  const id = randomUUID()
  const begun = await ask(cook, 'POST', '/checklists', { id, templateId: made.body.id, locationId: store.id })
  expect(begun.status).toBe(201)
  return { id, store }
}

/** The same organization as the page is in. */
function addressOf(page: Page, path: string): string {
  const before = /^\/o\/[^/]+/.exec(new URL(page.url()).pathname)?.[0] ?? ''
  return `${before}${path}`
}
