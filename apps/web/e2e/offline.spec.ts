import type { Page } from '@playwright/test'
import {
  coolerOf,
  correct,
  goOffline,
  goTo,
  isWhole,
  logReading,
  logsWithNote,
  openKeypad,
  press,
  unsentChip,
} from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('the network goes in the middle of the work; everything is finished, seen as unsent, and arrives once, in order', async ({
  browser,
}) => {
  test.slow()
  const luis = await personAt(browser, people.member, keepsApp)
  const priya = await personAt(browser, people.manager)
  const note = `Shift ${Date.now()}`
  const cooler = await coolerOf(luis)
  const task = await taskToDo(luis)
  await isWhole(luis)
  await beenEverywhere(luis)

  await test.step('logging goes on: the number was half typed when the network went', async () => {
    await openKeypad(luis, cooler.name)
    await press(luis, '36')
    await goOffline(luis)
    await press(luis, '.1')
    await luis.getByLabel('Note').fill(`${note} 1`)
    await luis.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(luis.getByText('You can go on')).toBeVisible()
    await logReading(luis, cooler.name, '36.2', `${note} 2`)
    await expect(unsentChip(luis)).toContainText('2 unsent')
  })

  await test.step('a task is started and completed', async () => {
    await goTo(luis, 'Tasks')
    const row = luis.getByRole('main').getByRole('listitem').filter({ hasText: task.title })
    await row.getByRole('button', { name: 'Start' }).click()
    await expect(row).toContainText('Not sent yet')
    await row.getByRole('button', { name: 'Complete' }).click()
    await expect(row).toHaveCount(0)
    await luis.getByRole('tab', { name: 'Completed' }).click()
    // The same checklist of other days is in this list too.
    await expect(row.filter({ hasText: 'Not sent yet' })).toHaveCount(1)
  })

  const actionId = await test.step('a value out of its limit is corrected to the end', async () => {
    await openKeypad(luis, cooler.name)
    await press(luis, '60')
    await luis.getByLabel('Note').fill(`${note} 3`)
    await luis.getByRole('button', { name: 'Save', exact: true }).click()
    await correct(luis, '36.3')
    return new URL(luis.url()).searchParams.get('id')
  })

  await test.step('what waits is listed in the order it was done', async () => {
    await unsentChip(luis).click()
    const list = luis.getByRole('dialog', { name: 'What is not sent yet' })
    await expect(list.getByRole('listitem')).toHaveCount(8)
    await expect(list.getByRole('listitem').first()).toContainText(`${cooler.name}: 36.1`)
    await expect(list.getByRole('listitem').nth(2)).toContainText(`Started: ${task.title}`)
    await expect(list.getByRole('listitem').last()).toContainText('closed')
    await luis.keyboard.press('Escape')
  })

  await test.step('another person’s board knows nothing of it yet', async () => {
    expect(await logsWithNote(priya, cooler.id, note)).toEqual([])
    await goTo(priya, 'Corrective actions')
    await priya.getByRole('tab', { name: 'To verify' }).click()
    await expect(priya.locator(`a[href*="${actionId}"]`)).toHaveCount(0)
  })

  await test.step('back online it goes out by itself, and the other board shows it without a reload', async () => {
    await luis.context().setOffline(false)
    await isWhole(luis)
    await expect(luis.getByRole('main').getByText('Not sent yet')).toHaveCount(0)
    await expect(priya.locator(`a[href*="${actionId}"]`)).toBeVisible()
  })

  await test.step('every record is there once, in order', async () => {
    const logs = await logsWithNote(priya, cooler.id, note)
    expect(logs.map(({ value }) => value.text)).toEqual(['36.1', '36.2', '60'])
    const { body: action } = await ask(priya, 'GET', `/corrective-actions/${actionId}`)
    expect(action.state).toBe('closed')
    expect(action.history.map(({ step }: { step: string }) => step)).toEqual([
      'opened',
      'response',
      'recheck',
      'closure',
    ])
    const { body: done } = await ask(priya, 'GET', `/tasks/${task.id}`)
    expect(done).toMatchObject({ status: 'completed', completedBy: { name: expect.stringContaining('Luis') } })
  })
})

test('two tabs of one device are one device: each sees what the other recorded, and it is sent once', async ({
  browser,
}) => {
  const first = await personAt(browser, people.member, keepsApp)
  const second = await first.context().newPage()
  await second.goto('/dashboard')
  const note = `Tabs ${Date.now()}`
  const cooler = await coolerOf(first)
  await Promise.all([isWhole(first), isWhole(second)])
  await Promise.all([beenEverywhere(first), beenEverywhere(second)])
  await goOffline(first)
  await logReading(first, cooler.name, '37.1', `${note} 1`)
  await expect(unsentChip(second)).toContainText('1 unsent')
  await logReading(second, cooler.name, '37.2', `${note} 2`)
  await expect(unsentChip(first)).toContainText('2 unsent')
  await first.context().setOffline(false)
  await Promise.all([isWhole(first), isWhole(second)])
  const logs = await logsWithNote(first, cooler.id, note)
  expect(logs.map(({ value }) => value.text)).toEqual(['37.1', '37.2'])
})

test('what the server refuses comes back with its reason, is mended in its form, and leaves the list', async ({
  browser,
}) => {
  test.slow()
  const luis = await personAt(browser, people.member, keepsApp)
  const priya = await personAt(browser, people.manager)
  const unit = await unitOf(priya, luis)
  await isWhole(luis)
  await beenEverywhere(luis)
  await goOffline(luis)
  await logReading(luis, unit.name, '36.5', 'In a unit that was retired meanwhile')
  await ask(priya, 'PATCH', `/units/${unit.id}`, { retired: true })
  await luis.context().setOffline(false)

  const chip = luis.getByRole('button', { name: /needs attention/ })
  await expect(chip).toBeVisible()
  await chip.click()
  await luis.getByRole('link', { name: '1 record needs attention' }).click()
  const card = luis.getByRole('article')
  await expect(card).toContainText(`${unit.name}: 36.5 °F`)
  await expect(card).toContainText('This unit is no longer in use.')

  await ask(priya, 'PATCH', `/units/${unit.id}`, { retired: false })
  await card.getByRole('link', { name: 'Mend it' }).click()
  await expect(luis.getByText('Mend it and save it again.')).toBeVisible()
  await expect(luis.getByLabel('Note')).toHaveValue('In a unit that was retired meanwhile')
  await luis.getByRole('button', { name: 'Save', exact: true }).click()
  await isWhole(luis)
  const { body } = await ask(luis, 'GET', `/temperature-logs?unitId=${unit.id}&limit=10`)
  expect(body.items.map((log: { value: { text: string } }) => log.value.text)).toEqual(['36.5'])
})

/** A page's code is fetched when one first goes there; an installed app holds all of it. */
async function beenEverywhere(page: Page) {
  for (const name of ['Temperature', 'Tasks', 'Corrective actions']) await goTo(page, name)
  await goTo(page, 'Temperature')
  await page.getByRole('link', { name: 'Log a temperature' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Log a temperature' })).toBeVisible()
}

async function taskToDo(page: Page): Promise<{ id: string; title: string }> {
  const { body } = await ask(page, 'GET', '/tasks?status=todo&limit=100')
  const task = body.items.find(({ taskType }: { taskType: string }) => taskType !== 'corrective')
  if (!task) throw new Error('The demo has nothing to do.')
  return task
}

/** A unit of this test’s own, where Luis works. */
async function unitOf(manager: Page, cook: Page): Promise<{ id: string; name: string }> {
  const { body: session } = await ask(cook, 'GET', '/session')
  const name = `Prep cooler ${Date.now() % 100_000}`
  const { body } = await ask(manager, 'POST', '/units', { locationId: session.locations[0].id, name, kind: 'reach_in' })
  return body
}
