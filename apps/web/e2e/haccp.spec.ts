import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO

test('a small HACCP plan is written step by step, signed, and told to be partly monitored', async ({ browser }) => {
  test.setTimeout(400_000)
  const mark = Date.now() % 10_000_000
  const chief = await personAt(browser, people.admin)
  const unit = await hotUnit(chief)
  const seen = async (step: string) => {
    if (LOOKS) await chief.screenshot({ path: `${LOOKS}/haccp-${step}.png`, fullPage: true })
    expect(await barriersIn(chief), step).toEqual([])
  }
  const next = () => chief.getByRole('button', { name: 'Next step' }).click()
  const heading = (name: string | RegExp) => expect(chief.getByRole('heading', { level: 2, name })).toBeVisible()
  const fill = (label: string, text: string) => chief.getByLabel(label, { exact: true }).fill(text)

  await test.step('it begins with a blank sheet, from the tab beside audits', async () => {
    await open(chief, '/audits')
    await chief.getByRole('tab', { name: 'HACCP plans' }).click()
    await chief.getByRole('button', { name: 'New plan' }).click()
    const dialog = chief.getByRole('dialog')
    await dialog.getByLabel('Location').selectOption(unit.locationId)
    await dialog.getByLabel('Name').fill(`Soup ${mark}`)
    await dialog.getByText(/^A blank sheet/).click()
    await chief.getByRole('button', { name: 'Begin', exact: true }).click()
    await heading('1. Team')
    await expect(chief.getByText('Name at least one person of the team.')).toBeVisible()
    await seen('empty')
  })

  await test.step('team, product and use', async () => {
    await chief.getByRole('button', { name: 'Add a person' }).click()
    await fill('Name', 'Mona')
    await next()
    await chief.getByRole('button', { name: 'Add a product' }).click()
    await fill('Name', 'Soup')
    await fill('Description', 'Cooked and held hot')
    await next()
    await fill('How it is eaten', 'At once')
    await next()
  })

  await test.step('two steps, an arrow between them, confirmed on site', async () => {
    for (const name of ['Cooking', 'Hot holding']) {
      await chief.getByRole('button', { name: 'Add a step' }).click()
      await chief.getByLabel('Name', { exact: true }).last().fill(name)
    }
    await expect(chief.getByRole('img', { name: 'Cooking leads to Hot holding' })).toBeVisible()
    await seen('flow')
    await next()
    await fill('Who looked on site', 'Mona')
    await next()
  })

  await test.step('one hazard is significant, and the questions make it a critical control point', async () => {
    const cooking = chief.getByRole('region', { name: 'Cooking' })
    await cooking.getByLabel('Why none is to be expected here').fill('It boils for an hour')
    await chief.getByRole('button', { name: 'Add a hazard at Hot holding' }).click()
    await fill('What', 'Bacillus cereus grows')
    await chief.getByLabel('Likelihood').selectOption('3')
    await chief.getByLabel('Severity').selectOption('4')
    await expect(chief.getByText('Significant', { exact: true })).toBeVisible()
    await fill('What keeps it away', 'Kept hot')
    await next()
    for (const [question, yes] of [
      [/good hygiene practice enough/, 'No'],
      [/a control measure for this hazard/, 'Yes'],
      [/Does a later step prevent it/, 'No'],
      [/Can this very step prevent it/, 'Yes'],
    ] as const) {
      await chief.getByRole('group', { name: question }).getByText(yes, { exact: true }).click()
      await chief.getByLabel('Because').last().fill('It has to be measured')
    }
    await expect(chief.getByText('Critical control point', { exact: true })).toBeVisible()
    await seen('decision')
    await next()
  })

  await test.step('its limit, who watches it by which unit, and what is done', async () => {
    await chief.getByRole('button', { name: 'Write how Hot holding is controlled' }).click()
    await chief.getByRole('button', { name: 'Add a limit of the rules' }).click()
    await chief.getByLabel('Limit', { exact: true }).selectOption('us.hot_hold')
    await expect(chief.getByText('≥ 135 °F / 57 °C', { exact: true })).toBeVisible()
    await next()
    await fill('What is monitored', 'The well')
    await fill('Who', 'The cook')
    await fill('When', 'Each day')
    await fill('How', 'With a probe')
    // Nobody thaws anything in the demo: so it is planned, and never done.
    await chief.getByRole('button', { name: 'Add a food process' }).click()
    await chief.getByLabel('Process', { exact: true }).selectOption('thawing')
    await chief.getByLabel('How many a day').selectOption('1')
    await seen('monitoring')
    await next()
    await fill('So that the process is under control again', 'Turn it up')
    await fill('What becomes of the food meanwhile', 'Throw it away')
    await next()
  })

  await test.step('verification, records, and the signature', async () => {
    await chief.getByRole('button', { name: 'Add a verification' }).click()
    await fill('What', 'Calibrate the probe')
    await fill('How often', 'Each week')
    await fill('Who', 'Mona')
    await next()
    await chief.getByRole('button', { name: 'Add a record' }).click()
    await fill('What', 'Temperatures')
    await next()
    await expect(chief.getByText('CCP 1', { exact: true })).toBeVisible()
    await expect(chief.getByText('Saved', { exact: true })).toBeVisible()
    await seen('sign')
    await chief.getByRole('button', { name: 'Sign the plan' }).click()
  })

  const point = chief.getByRole('region', { name: 'CCP 1 Hot holding' })
  await test.step('nothing of it was done: it is not monitored, and no deviation proves nothing', async () => {
    await expect(point.getByText('Not monitored', { exact: true }).first()).toBeVisible()
    await expect(point.getByText(/^0 of \d+ · \d+ missing$/).first()).toBeVisible()
    await expect(point.getByText(/Nothing was measured, so this says nothing about the food/)).toBeVisible()
    await seen('not-monitored')
  })

  await test.step('with a unit that is read as well it is partly monitored', async () => {
    await chief.getByRole('link', { name: 'Write', exact: true }).click()
    await chief.getByRole('button', { name: /9. Monitoring/ }).click()
    await chief.getByRole('button', { name: 'Add a unit' }).click()
    await chief.getByLabel('Unit', { exact: true }).selectOption(unit.id)
    await chief.getByRole('button', { name: /^Sign/ }).click()
    await expect(chief.getByText('Saved', { exact: true })).toBeVisible()
    await chief.getByRole('button', { name: 'Sign the plan' }).click()
    await expect(point.getByText('Partly monitored', { exact: true }).first()).toBeVisible()
    await expect(point.getByRole('link', { name: unit.name }).first()).toBeVisible()
    await seen('partly')
  })

  await test.step('the revision is read as it was signed, with what it says otherwise', async () => {
    await chief.getByRole('link', { name: 'Revision 2', exact: true }).click()
    await expect(chief.getByText('approved it')).toBeVisible()
    const changed = chief.getByRole('listitem').filter({ hasText: 'Control points' })
    await expect(changed.getByText('records', { exact: true })).toBeVisible()
    await expect(chief.getByRole('heading', { name: 'CCP 1 · Hot holding' })).toBeVisible()
    await seen('revision')
  })
})

/** A unit of the demo that its sensor reads day and night. */
async function hotUnit(page: Page) {
  const [{ id: locationId }] = (await ask(page, 'GET', '/locations')).body.items
  const units = (await ask(page, 'GET', `/units?locationId=${locationId}`)).body.items as {
    id: string
    name: string
    kind: string
  }[]
  const hot = units.find(({ kind }) => kind === 'hot_hold')
  if (!hot) throw new Error('the first location keeps nothing hot')
  return { ...hot, locationId: locationId as string }
}

async function open(page: Page, path: string) {
  const [, , organization = ''] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}${path}`)
}
