import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline, goTo, isWhole } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a manager is on duty without a network, other devices see it when it is back, and it is ended there', async ({
  browser,
}) => {
  test.slow()
  const priya = await personAt(browser, people.manager, { viewport: { width: 390, height: 844 } })
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
  await expect(duty).toContainText('Nobody: all managers of this place are told.', { timeout: 30_000 })
})
