import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline, goTo, isWhole, press, unsentChip } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const MINUTE = 60_000
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }

type Process = {
  id: string
  product: string
  state: string
  result: string
  disposition: string
  needsVerification: boolean
  steps: { step: string; value: { text: string } | null; heldSeconds: number | null }[]
}

test('without a network a soup is cooled through both stages; another fails the first, is reheated, cooled again and verified by someone else', async ({
  browser,
}) => {
  test.slow()
  const luis = await personAt(browser, people.member, { ...keepsApp, ...TABLET })
  const run = Date.now()
  const [soup, chili] = [`Tomato soup ${run}`, `Chili ${run}`]
  await isWhole(luis)
  await goTo(luis, 'Food processes')
  await goOffline(luis)
  await luis.clock.install({ time: Date.now() })

  await test.step('it begins at 135 °F, and says until when which temperature is asked for', async () => {
    await begin(luis, soup, '135')
    await expect(standing(luis)).toContainText('first stage')
    await expect(standing(luis)).toContainText(/2 h 0 min|1 h 5[89] min/)
    await expect(standing(luis)).toContainText('≤ 70 °F (21 °C)')
    expect(await barriersIn(luis)).toEqual([])
  })

  await test.step('70 °F after an hour saves time for the second stage', async () => {
    await luis.clock.fastForward(60 * MINUTE)
    await expect(standing(luis)).toContainText(/1 h 0 min|59 min/)
    await read(luis, '70')
    await expect(standing(luis)).toContainText('last stage')
    await expect(standing(luis)).toContainText(/5 h 0 min|4 h 5[89] min/)
  })

  await test.step('with half an hour left it is cold, and put away', async () => {
    await luis.clock.fastForward(270 * MINUTE)
    await expect(standing(luis)).toContainText(/30 min|29 min/)
    await read(luis, '41')
    await expect(standing(luis)).toContainText('Proven: it is safe')
    await luis.getByRole('button', { name: 'Put away cold' }).click()
    await expect(standing(luis)).toContainText('Passed')
  })

  await test.step('nobody looks at the other one for two hours: it has failed, and may be reheated once', async () => {
    await begin(luis, chili, '150')
    await luis.clock.fastForward(121 * MINUTE)
    await expect(standing(luis)).toContainText('Failed')
    await expect(standing(luis)).toContainText('Reheat it once and cool it again, or discard it.')
    await expect(luis.getByRole('button', { name: 'Put away cold' })).toHaveCount(0)
    expect(await barriersIn(luis)).toEqual([])
  })

  await test.step('165 °F held for fifteen seconds, and its clock begins anew', async () => {
    await luis.getByRole('button', { name: 'Start', exact: true }).click()
    await luis.clock.fastForward(16_000)
    await expect(luis.getByText('16 s', { exact: true })).toBeVisible()
    await luis.getByRole('button', { name: 'Stop', exact: true }).click()
    await read(luis, '165')
    await expect(standing(luis)).toContainText('first stage')
    await luis.clock.fastForward(100 * MINUTE)
    await read(luis, '68')
    await luis.clock.fastForward(120 * MINUTE)
    await read(luis, '40')
    await expect(standing(luis)).toContainText('Proven: it is safe')
    await luis.getByRole('button', { name: 'Put away cold' }).click()
    await expect(standing(luis)).toContainText('Passed')
    await expect(luis.getByText('You took part: someone else verifies it.')).toBeVisible()
    await expect(unsentChip(luis)).toContainText('9 unsent')
  })

  await test.step('with a network again everything arrives once, in its order', async () => {
    await luis.context().setOffline(false)
    await isWhole(luis)
    expect(await storyOf(luis, soup)).toEqual(['reading 135', 'reading 70', 'reading 41', 'finish'])
    expect(await storyOf(luis, chili)).toEqual(['reading 150', 'reheat 165', 'reading 68', 'reading 40', 'finish'])
  })

  await test.step('a manager, who took no part, verifies it', async () => {
    const priya = await personAt(browser, people.manager)
    const process = await processOf(priya, chili)
    expect(process).toMatchObject({ state: 'finished', disposition: 'stored', needsVerification: true })
    await isWhole(priya)
    await goTo(priya, 'Food processes')
    await priya.getByRole('tab', { name: 'Finished' }).click()
    await priya.getByRole('link', { name: chili }).click()
    await priya.getByRole('button', { name: 'Verify', exact: true }).click()
    await expect(priya.getByText('Verification', { exact: true })).toHaveCount(0)
    await isWhole(priya)
    expect((await processOf(priya, chili)).state).toBe('verified')
  })
})

const standing = (page: Page) => page.getByRole('region', { name: 'Where it stands' })

/** From the list to the page of a food that cools from hot. */
async function begin(page: Page, product: string, degrees: string) {
  await goTo(page, 'Food processes')
  await page.getByRole('link', { name: 'Begin', exact: true }).click()
  await page.getByRole('button', { name: /^Cooling/ }).click()
  await page.getByLabel('Food', { exact: true }).fill(product)
  await press(page, degrees)
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: product })).toBeVisible()
}

async function read(page: Page, degrees: string) {
  await press(page, degrees)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const last = page.getByRole('list', { name: 'What was done' }).getByRole('listitem').last()
  await expect(last).toContainText(`${degrees} °F`)
}

async function processOf(page: Page, product: string): Promise<Process> {
  const { body } = await ask(page, 'GET', '/processes?kind=cooling&limit=200')
  const found = (body.items as Process[]).filter((one) => one.product === product)
  expect(found, product).toHaveLength(1)
  return found[0] as Process
}

const storyOf = async (page: Page, product: string) =>
  (await processOf(page, product)).steps.map(({ step, value }) => (value ? `${step} ${value.text}` : step))
