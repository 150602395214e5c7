import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline, goTo, isWhole } from './kitchen.ts'
import { keepNotice } from './notices.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a manager is on duty without a network, other devices see it when it is back, and it is ended there', async ({
  browser,
}) => {
  test.slow()
  const priya = await personAt(browser, people.manager, { ...keepsApp, viewport: { width: 390, height: 844 } })
  await isWhole(priya)
  await priya.goto(priya.url().replace('/dashboard', '/inbox'))
  const [store] = (await ask(priya, 'GET', '/locations')).body.items
  const dutyOn = (page: Page) =>
    page.getByRole('list', { name: 'Manager on duty' }).getByRole('listitem').filter({ hasText: store.name })
  const duty = dutyOn(priya)
  // What opens later is fetched while there is a network, as an installed app has it.
  await duty.getByRole('button', { name: 'I am on duty' }).click()
  await priya.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await goOffline(priya)
  await duty.getByRole('button', { name: 'I am on duty' }).click()
  expect(await barriersIn(priya)).toEqual([])
  await priya.getByRole('dialog').getByRole('button', { name: 'I am on duty' }).click()
  await expect(duty).toContainText('You, until')
  await priya.context().setOffline(false)
  await isWhole(priya)

  const { body } = await ask(priya, 'GET', `/duties?locationId=${store.id}`)
  expect(body.items[0]).toMatchObject({ endedAt: null, member: { name: expect.stringContaining('Priya') } })
  const desk = await personAt(browser, people.manager)
  await goTo(desk, 'Inbox')
  const seen = dutyOn(desk)
  await expect(seen).toContainText('You, until')
  await seen.getByRole('button', { name: 'End duty' }).click()
  await expect(duty).toContainText('Nobody: all managers of this place are told.', { timeout: 60_000 })
})

test('a manager’s manager gives the duty to another without a network, and takes a mistake back', async ({
  browser,
}) => {
  const admin = await personAt(browser, people.admin, keepsApp)
  await isWhole(admin)
  const priya = await personAt(browser, people.manager)
  const [store] = (await ask(priya, 'GET', '/locations')).body.items
  // Who leads where is kept on the device, whether or not anybody ever looked at such a list.
  const told = admin.waitForResponse(/\/crews\?/)
  await admin.goto(admin.url().replace('/dashboard', '/inbox'))
  await told
  // Of many places the panel is of the one that is chosen.
  await admin.getByRole('button', { name: /Switch organization or location/ }).click()
  await admin.getByRole('menuitemcheckbox', { name: store.name, exact: true }).click()
  const duty = admin.getByRole('list', { name: 'Manager on duty' }).getByRole('listitem')
  const dialog = admin.getByRole('dialog')
  await goOffline(admin)
  const name = priyaName(await ask(priya, 'GET', '/session'))

  // A task is given to anybody there, as this device last heard of them.
  await goTo(admin, 'Tasks')
  await admin.getByRole('button', { name: 'New task' }).first().click()
  const known = dialog.locator('optgroup[label^="People, as of"] option')
  await expect(known.filter({ hasText: name })).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await goTo(admin, 'Inbox')

  await duty.getByRole('button', { name: 'I am on duty' }).click()
  await expect(dialog.getByText(/^Names as of/)).toBeVisible({ timeout: 60_000 })
  const who = dialog.getByRole('combobox', { name: 'Who' })
  await who.selectOption({ label: name })
  expect(await barriersIn(admin)).toEqual([])
  await admin.screenshot({ path: 'test-results/duty/give.png' })
  await dialog.getByRole('button', { name: 'Give the duty' }).click()
  await keepNotice(admin)
  await expect(duty).toContainText(/Priya.*, until .*given by/)
  await admin.context().setOffline(false)
  await isWhole(admin)
  await goTo(priya, 'Inbox')
  await expect(priya.getByRole('list', { name: 'Manager on duty' })).toContainText('You, until', { timeout: 60_000 })
  await admin.getByRole('button', { name: 'Undo' }).click()
  await expect(duty).toContainText('Nobody: all managers of this place are told.')
  await isWhole(admin)
  await expect(priya.getByRole('list', { name: 'Manager on duty' })).toContainText('Nobody', { timeout: 60_000 })
})

const priyaName = ({ body }: { body: { member: { name: string } } }): string => body.member.name
