import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing } from './camera.ts'
import { goOffline, goTo, isWhole } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a task is made without a network, done step by step, completed, taken back, and arrives once', async ({
  browser,
}) => {
  const luis = await personAt(browser, people.member, {
    ...keepsApp,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  const title = `Defrost the reach-in ${Date.now()}`
  await isWhole(luis)
  await goTo(luis, 'Tasks')
  // What opens later is fetched while there is a network, as an installed app has it.
  await luis.getByRole('button', { name: 'New task' }).click()
  await luis.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await luis.getByRole('main').locator('a[href*="/tasks/one"]').first().click()
  await expect(luis.getByRole('heading', { name: 'Comments' })).toBeVisible()
  await goTo(luis, 'Tasks')

  await goOffline(luis)
  await luis.getByRole('button', { name: 'New task' }).click()
  const form = luis.getByRole('dialog')
  await form.getByLabel('Title').fill(title)
  await form.getByRole('button', { name: 'In an hour' }).click()
  await form.getByRole('button', { name: 'More', exact: true }).click()
  await form.getByRole('button', { name: 'Add a step' }).click()
  await luis.keyboard.type('Empty it')
  await luis.keyboard.press('Enter')
  await luis.keyboard.type('Wipe it dry')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(form).toHaveCount(0)
  await luis.getByRole('link', { name: title }).click()
  await luis.getByLabel('Empty it').check()
  await luis.getByLabel('Say something').fill('Ice on the fan')
  await luis.getByRole('button', { name: 'Send' }).click()
  await expect(luis.getByRole('paragraph').filter({ hasText: 'Ice on the fan' })).toBeVisible()
  await luis.getByRole('button', { name: 'Complete', exact: true }).click()
  await luis.getByRole('button', { name: 'Undo' }).last().click()
  await expect(luis.getByRole('button', { name: 'Complete', exact: true })).toBeVisible()
  await luis.getByRole('button', { name: 'Complete', exact: true }).click()
  expect(await barriersOf(luis)).toEqual([])
  await luis.context().setOffline(false)

  await isWhole(luis)
  const { body } = await ask(luis, 'GET', `/tasks?q=${encodeURIComponent(title)}`)
  expect(body.items).toMatchObject([
    {
      status: 'completed',
      completedBy: { name: 'Luis Ortega' },
      commentCount: 1,
      steps: [
        { text: 'Empty it', tickedBy: { name: 'Luis Ortega' } },
        { text: 'Wipe it dry', tickedBy: null },
      ],
    },
  ])
  const attempts = await ask(luis, 'GET', `/tasks/${body.items[0].id}/attempts`)
  expect(attempts.body.items.map(({ status }: { status: string }) => status)).toEqual([
    'completed',
    'todo',
    'completed',
  ])
})

test('a manager finds, picks and changes many tasks by keys, takes all of it back, and keeps the list', async ({
  browser,
}) => {
  const priya = await personAt(browser, people.manager, { viewport: { width: 1440, height: 900 } })
  const { body: session } = await ask(priya, 'GET', '/session')
  const mark = `Batch ${Date.now()}`
  const locationId = session.locations[0].id
  for (const n of [1, 2, 3]) await ask(priya, 'POST', '/tasks', { locationId, title: `${mark} ${n}` })
  await goTo(priya, 'Tasks')
  const rows = priya.getByRole('main').getByRole('listitem')
  await expect(rows.filter({ hasText: mark })).toHaveCount(3)
  await priya.keyboard.press('/')
  await priya.keyboard.type(mark)
  await expect(rows).toHaveCount(3)
  await priya.getByRole('searchbox').blur()
  for (const key of ['j', 'x', 'j', 'x']) await priya.keyboard.press(key)
  const bar = priya.getByRole('region', { name: '2 tasks' })
  await bar.getByRole('button', { name: 'Priority' }).click()
  await bar.getByLabel('Priority').selectOption('Urgent')
  await expect(rows.filter({ hasText: 'Urgent' })).toHaveCount(2)
  await priya.getByRole('button', { name: 'Undo' }).click()
  await expect(rows.filter({ hasText: 'Urgent' })).toHaveCount(0)

  for (const key of ['k', 'x', 'j', 'x']) await priya.keyboard.press(key)
  await priya.getByRole('region', { name: '2 tasks' }).getByRole('button', { name: 'Complete' }).click()
  await expect(rows).toHaveCount(1)
  await priya.getByRole('button', { name: 'Undo' }).last().click()
  await expect(rows).toHaveCount(3)

  await priya.getByRole('button', { name: 'Save list' }).click()
  await priya.getByLabel('Name of the list').fill(mark)
  await priya.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(priya.getByRole('tab', { name: mark })).toHaveAttribute('aria-selected', 'true')
  await priya.reload()
  await priya.getByRole('tab', { name: mark }).click()
  await expect(rows).toHaveCount(3)
  expect(await barriersOf(priya)).toEqual([])
  await priya.getByRole('button', { name: 'Forget this list' }).click()
  await expect(priya.getByRole('tab', { name: mark })).toHaveCount(0)
})

test('a code on the wall: a guest reports a fault without signing in, staff see it there, and it can be revoked', async ({
  browser,
}) => {
  const priya = await personAt(browser, people.manager)
  const { body: session } = await ask(priya, 'GET', '/session')
  const locationId = session.locations[0].id
  const { body: code } = await ask(priya, 'POST', '/place-codes', { locationId, label: 'Restroom' })
  const guest = await (await browser.newContext({ baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })).newPage()
  const fault = `Tap drips ${Date.now()} <b>bold</b>`
  await guest.goto(`/at?code=${code.code}`)
  await expect(guest.getByText('At: Restroom')).toBeVisible()
  expect(await barriersOf(guest)).toEqual([])
  await guest.getByLabel('What is broken?').fill(fault)
  const buffer = await drawing(guest, 'label')
  await guest.getByLabel('Add a picture').setInputFiles({ name: 'tap.jpg', mimeType: 'image/jpeg', buffer })
  await expect(guest.getByRole('img', { name: 'Your picture' })).toBeVisible()
  expect(await barriersOf(guest)).toEqual([])
  await guest.getByRole('button', { name: 'Send' }).click()
  await expect(guest.getByText('Thank you')).toBeVisible()
  await expect(guest.getByText('The picture has arrived too.')).toBeVisible()

  await priya.goto(`/at?code=${code.code}`)
  await expect(priya.getByRole('heading', { level: 1, name: 'Restroom' })).toBeVisible()
  const row = priya.getByRole('main').getByRole('listitem').filter({ hasText: fault })
  await expect(row).toContainText('Managers')
  await row.getByRole('link', { name: fault }).click()
  await expect(priya.getByRole('img', { name: /someone/ })).toBeVisible()
  await priya.goto('/settings/codes')
  await expect(priya.getByRole('heading', { level: 1, name: 'QR codes' })).toBeVisible()

  await ask(priya, 'DELETE', `/place-codes/${code.id}`)
  await guest.goto(`/at?code=${code.code}`)
  await expect(guest.getByText('This code is no longer valid')).toBeVisible()
})

async function barriersOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return barriersIn(page)
}
