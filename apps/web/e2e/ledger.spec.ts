import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a place’s last day is verified in the browser, again against the head it kept, and taken out as a file', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  await admin.goto(new URL('settings/activity', `${admin.url().replace(/[^/]*$/, '')}`).href)
  const panel = admin.locator('section', { has: admin.getByRole('heading', { name: 'Evidence log' }) })
  await expect(panel.getByText(/changes sealed/)).toBeVisible()
  const verify = panel.getByRole('button', { name: 'Verify here' })

  await verify.click()
  await expect(panel.getByText('Everything holds')).toBeVisible({ timeout: 120_000 })
  await expect(panel.getByText(/keeps the log’s head from now on/)).toBeVisible()
  expect(await barriersIn(admin)).toEqual([])

  await verify.click()
  await expect(panel.getByText(/goes on from the head this browser kept/)).toBeVisible({ timeout: 120_000 })

  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    panel.getByRole('link', { name: 'Take out with proof' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^evidence-\d{4}-\d\d-\d\d\.jsonl\.gz$/)
  expect(readFileSync(await file.path()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
})

test('a head that is not of this log is told, as what does not hold', async ({ browser }) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  await admin.goto(new URL('settings/activity', `${admin.url().replace(/[^/]*$/, '')}`).href)
  const panel = admin.locator('section', { has: admin.getByRole('heading', { name: 'Evidence log' }) })
  await panel.getByRole('button', { name: 'Verify here' }).click()
  await expect(panel.getByText('Everything holds')).toBeVisible({ timeout: 120_000 })
  // Somebody else’s history: the same head with another root.
  await admin.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.startsWith('opsflow.kept-head.')) as string
    const lines = (localStorage.getItem(name) as string).split('\n')
    lines[2] = btoa('x'.repeat(32))
    localStorage.setItem(name, lines.join('\n'))
  })
  await panel.getByRole('button', { name: 'Verify here' }).click()
  await expect(panel.getByText('Something does not hold')).toBeVisible({ timeout: 120_000 })
})

test('a record’s history opens at its foot by keyboard, and is checked here against what was sealed', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  const { id, title } = await aTask(admin)
  await admin.goto(new URL(`tasks/one?id=${id}`, admin.url()).href)
  await expect(admin.getByRole('heading', { name: title })).toBeVisible()
  const entry = admin.getByRole('button', { name: 'History with proof' })
  await entry.focus()
  await admin.keyboard.press('Enter')
  const history = admin.getByRole('dialog', { name: 'History' })
  const made = history.getByRole('listitem').filter({ hasText: 'Task, made' })
  await expect(made).toBeVisible()
  await expect(made.getByText('Sealed', { exact: true })).toBeVisible({ timeout: 60_000 })
  await history.getByRole('button', { name: 'Verify here' }).click()
  await expect(history.getByText('What is shown holds')).toBeVisible()
  await expect(history.getByText(/in the log under the head over/)).toBeVisible()
  await expect(history.getByText(/as (its last change|their last changes) left/)).toBeVisible()
  await made.getByText('Details').click()
  await expect(made.getByText(/POST \/tasks/)).toBeVisible()
  await expect(made.getByText(title)).toBeVisible() // the row as it was sealed
  expect(await barriersIn(admin)).toEqual([])
  await admin.keyboard.press('Escape')
  await expect(history).toBeHidden()
})

test('without the server history says that it needs it; who may not read the log sees no way to it', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  const cook = await personAt(browser, people.member)
  const { id, title } = await aTask(admin, cook)
  await admin.goto(new URL(`tasks/one?id=${id}`, admin.url()).href)
  const entry = admin.getByRole('button', { name: 'History with proof' })
  await expect(entry).toBeVisible()
  await admin.route('**/api/v1/ledger/history*', (route) => route.abort())
  await entry.click()
  await expect(admin.getByRole('dialog').getByText('History needs the server.')).toBeVisible({ timeout: 60_000 })

  await cook.goto(new URL(`tasks/one?id=${id}`, cook.url()).href)
  await expect(cook.getByRole('heading', { name: title })).toBeVisible()
  await cook.waitForLoadState('networkidle')
  await expect(cook.getByRole('button', { name: 'History with proof' })).toBeHidden()
})

let made = 0

/** A new task at a place that someone sees. */
async function aTask(admin: Page, seenBy = admin) {
  const { locationId } = (await ask(seenBy, 'GET', '/tasks?limit=1')).body.items[0]
  const title = `Count the trays ${++made}`
  const task = { locationId, title, taskType: 'cleaning', priority: 'low' }
  return (await ask(admin, 'POST', '/tasks', task)).body
}
