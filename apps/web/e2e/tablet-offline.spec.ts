import type { Browser, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { answer, goOffline } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'
import { productWith } from './start-product.ts'
import { check, choosePin, cook, coolerAt, enter, lock, open, press, tabletAt } from './tablet.ts'

const MINUTE = 60_000
const PINS = { Ana: '402957', Ben: '583204' }

type Product = Awaited<ReturnType<typeof productWith>>
type Log = {
  id: string
  value: { text: string }
  recordedBy: { name: string }
  kiosk: { name: string }
}
type Action = { temperatureLogId: string; history: Step[] }

test.use({ actionTimeout: 20_000 })

test('a tablet without a server: two cooks prove themselves, work and hand over; everything arrives once and in order', async ({
  browser,
}) => {
  test.setTimeout(12 * MINUTE)
  const product = await productWith({}, 'tablet')
  const before = process.env.PRODUCT_URL
  process.env.PRODUCT_URL = product.url
  try {
    await shift(product, browser)
  } finally {
    process.env.PRODUCT_URL = before
    await product.stop()
  }
})

async function shift(product: Product, browser: Browser) {
  const admin = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager)
  const store = (await ask(priya, 'GET', '/session')).body.locations[0].id as string
  const cooler = await coolerAt(priya, store)
  const { body: task } = await taskAt(priya, store)
  const { kioskId, tablet } = await tabletAt(browser, priya, store)

  const crew = await test.step('two cooks choose their PINs on the tablet, once, with a network', async () => {
    const ids: Record<string, string> = {}
    for (const [name, pin] of Object.entries(PINS)) {
      ids[name] = await cook(admin, name, store)
      await choosePin(tablet, name, (await ask(priya, 'POST', `/members/${ids[name]}/temporary-pin`)).body.pin, pin)
      await lock(tablet)
    }
    ids.Cy = await cook(admin, 'Cy', store)
    await tablet.reload()
    await expect(tablet.getByRole('button', { name: 'Cy' })).toBeVisible()
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
    await tablet.evaluate(async () => void (await navigator.serviceWorker.ready))
    return ids
  })

  await test.step('the server is gone and the tablet was started anew: name and PIN, and at work', async () => {
    await product.halt()
    await tablet.reload()
    await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
    await expect(tablet.getByText('No connection.')).toBeVisible()
    await look(tablet, 'lobby')
    const began = Date.now()
    await enter(tablet, 'Ana', PINS.Ana)
    await expect(tablet.getByRole('heading', { name: /^Check now/ })).toBeVisible()
    const seconds = (Date.now() - began) / 1000
    console.log(`without a server, from the name to the work: ${seconds.toFixed(1)} s`)
    expect(seconds).toBeLessThan(10)
    await look(tablet, 'work')
  })

  await test.step('a value out of its limit, corrected to the end and signed by PIN', async () => {
    await check(tablet, cooler.name, '60')
    await answer(tablet, 'Why did it happen?', 'Door left open')
    await answer(tablet, 'What did you do?', 'Closed the door')
    await answer(tablet, 'What becomes of the food?', 'Discarded')
    await look(tablet, 'corrective-action')
    await tablet.getByRole('button', { name: 'Save and go on' }).tap()
    await press(tablet, '36')
    await tablet.getByRole('button', { name: 'Save the re-check' }).tap()
    await tablet.getByRole('button', { name: 'Close it' }).tap()
    await press(tablet, '402958')
    await expect(tablet.getByText('This PIN is not right.')).toBeVisible()
    await press(tablet, PINS.Ana)
    await expect(tablet.getByText(/verifies it now\.$/)).toBeVisible()
    await look(tablet, 'closed')
  })

  await test.step('a task, then the tablet locks itself on what she was typing', async () => {
    await tablet.getByRole('button', { name: 'My work' }).tap()
    const button = tablet.getByRole('button', { name: /^(Start|Done)$/ })
    const row = tablet.getByRole('main').locator('div').filter({ hasText: task.title, has: button }).last()
    await row.getByRole('button', { name: 'Start' }).tap()
    await row.getByRole('button', { name: 'Done' }).tap()
    await expect(tablet.getByText(task.title)).toHaveCount(0)
    await open(tablet, cooler.name)
    await press(tablet, '39')
    await lock(tablet)
    await expect(chip(tablet)).toContainText('6 unsent')
    await look(tablet, 'handover')
  })

  await test.step('someone who never signed in here is told why not; someone else takes over', async () => {
    await tablet.getByRole('button', { name: 'Cy' }).tap()
    await press(tablet, '111222')
    await expect(tablet.getByText('You have not signed in on this tablet before.')).toBeVisible()
    await look(tablet, 'never-here')
    await tablet.getByRole('button', { name: 'Someone else' }).tap()
    await enter(tablet, 'Ben', PINS.Ben)
    await check(tablet, cooler.name, '37')
    await lock(tablet)
    await enter(tablet, 'Ana', PINS.Ana)
    await expect(tablet.getByRole('textbox', { name: /Temperature/ })).toHaveValue('39')
    await chip(tablet).tap()
    const list = tablet.getByRole('dialog', { name: 'What is not sent yet' })
    await expect(list.getByRole('listitem')).toHaveCount(7)
    await expect(list.getByRole('listitem').first()).toContainText('Ana')
    await expect(list.getByRole('listitem').last()).toContainText('Ben')
    await look(tablet, 'unsent')
    await tablet.keyboard.press('Escape')
  })

  await test.step('the server is there again: everything once, of the right person, on the tablet, in order', async () => {
    await product.resume()
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible({ timeout: 2 * MINUTE })
    await expect(tablet.getByRole('textbox', { name: /Temperature/ }), 'she is still at it').toHaveValue('39')
    const { body } = await ask(priya, 'GET', `/temperature-logs?unitId=${cooler.id}&source=typed&limit=20`)
    const mine = (body.items as Log[]).filter(({ kiosk }) => kiosk?.name === 'Line tablet').reverse()
    expect(mine.map(({ value, recordedBy }) => `${value.text} ${recordedBy.name}`)).toEqual([
      '60 Ana',
      '36 Ana',
      '37 Ben',
    ])
    const { body: actions } = await ask(priya, 'GET', '/corrective-actions?limit=100')
    const action = (actions.items as Action[]).find(({ temperatureLogId }) => temperatureLogId === mine[0]?.id)
    expect(action?.history.map(({ step, by }: Step) => `${step} ${by?.name ?? ''}`.trim())).toEqual([
      'opened Ana',
      'response Ana',
      'recheck Ana',
      'closure Ana',
    ])
    const { body: done } = await ask(priya, 'GET', `/tasks/${task.id}`)
    expect(done).toMatchObject({ status: 'completed', completedBy: { id: crew.Ana } })
    await lock(tablet)
  })

  await test.step('wiped while it was away: what it held is delivered, and only then everything is forgotten', async () => {
    await goOffline(tablet)
    await enter(tablet, 'Ben', PINS.Ben)
    await check(tablet, cooler.name, '38')
    await lock(tablet)
    expect((await ask(priya, 'POST', `/kiosks/${kioskId}/wipe`)).body.state).toBe('wiping')
    await tablet.context().setOffline(false)
    await expect(tablet.getByText('This tablet was wiped')).toBeVisible({ timeout: MINUTE })
    await expect(tablet.getByLabel('Code')).toBeVisible({ timeout: MINUTE })
    await look(tablet, 'wiped')
    expect(await tablet.evaluate(() => Object.keys(localStorage))).toEqual([])
    const left = await tablet.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(left).toEqual([])
    const { body } = await ask(priya, 'GET', `/kiosks?limit=50`)
    expect(body.items.find(({ id }: { id: string }) => id === kioskId).state).toBe('wiped')
    const logs = await ask(priya, 'GET', `/temperature-logs?unitId=${cooler.id}&source=typed&limit=5`)
    expect(logs.body.items[0].value.text, 'set aside for a manager, not done').not.toBe('38')
  })
}

type Step = { step: string; by: { name: string } | null }

async function taskAt(priya: Page, store: string) {
  const { body } = await ask(priya, 'GET', `/tasks?status=todo&limit=50&locationId=${store}`)
  const task = body.items.find(({ taskType }: { taskType: string }) => taskType !== 'corrective')
  return { body: task as { id: string; title: string } }
}

const chip = (tablet: Page) => tablet.getByRole('button', { name: /^What is not sent yet:/ })

/** A screen of the tablet without a network: kept as a picture, and free of barriers. */
async function look(tablet: Page, name: string) {
  await tablet.screenshot({ path: `test-results/tablet-offline/${name}.png` })
  expect.soft(await barriersIn(tablet), name).toEqual([])
}
