import type { Browser, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const ANA = `Ana Flores ${Date.now() % 100_000}`
const TABLET = `Line tablet ${Date.now() % 100_000}`
const PIN = '402957'
const MANAGERS_PIN = '583204'

test.use({ actionTimeout: 20_000 })

test('a cook without an email signs a check on a shared tablet', async ({ browser }) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager)
  const { id: store } = await storeOf(priya)
  const added = await ask(admin, 'POST', '/members', {
    name: ANA,
    grants: [{ role: 'org:member', locationId: store }],
  })
  expect(added.status).toBe(201)

  const { code, pin } = await test.step('a manager sets a tablet up, and gives the cook a PIN', () =>
    setUp(priya, store))
  const tablet = await test.step('the tablet is enrolled with the code, and shows names alone', () =>
    enrol(browser, code))
  await test.step('the cook enters the PIN she was given and chooses her own', () => choosePin(tablet, pin))

  await test.step('from her name to a signed check', async () => {
    await lock(tablet)
    const { taps, seconds } = await signACheck(tablet)
    console.log(`from the name to the signed check: ${taps} taps, ${seconds.toFixed(1)} s`)
    expect(taps).toBeLessThanOrEqual(12)
  })

  await test.step('the record says who typed it, and on which tablet', async () => {
    const { body } = await ask(priya, 'GET', `/temperature-logs?locationId=${store}&source=typed&limit=1`)
    expect(body.items[0]).toMatchObject({ recordedBy: { name: ANA }, kiosk: { name: TABLET } })
    await priya.goto(`/temperature/unit?id=${body.items[0].unitId}`)
    await expect(priya.getByText(`on ${TABLET}`).first()).toBeVisible()
  })

  await test.step('locked by idleness, what she was typing waits for her, and for nobody else', async () => {
    await unit(tablet).first().tap()
    await press(tablet, '3')
    await tablet.clock.fastForward(100_000)
    await expect(tablet.getByRole('timer')).toContainText('Locks in')
    await tablet.clock.fastForward(25_000)
    await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
    await ownPin(priya)
    await enter(tablet, 'Priya Raman', MANAGERS_PIN)
    await expect(tablet.getByRole('heading', { name: 'Check now' })).toBeVisible()
    await expect(tablet.getByRole('textbox', { name: /Temperature/ })).toHaveCount(0)
    await lock(tablet)
    await enter(tablet, ANA, PIN)
    await expect(tablet.getByRole('textbox', { name: /Temperature/ })).toHaveValue('3')
    await look(tablet, 'resumed')
  })

  await test.step('out of its limit: answered, re-checked, and closed with her PIN', async () => {
    await press(tablet, '99')
    await tablet.getByRole('button', { name: 'Sign the check' }).tap()
    await tablet.getByRole('group', { name: 'Why did it happen?' }).waitFor()
    for (const choice of ['Door left open', 'Closed the door', 'Discarded']) {
      await tablet.getByRole('main').locator('label').filter({ hasText: choice }).first().tap()
    }
    await tablet.getByRole('button', { name: 'Save and go on' }).tap()
    await press(tablet, '-5')
    await tablet.getByRole('button', { name: 'Save the re-check' }).tap()
    await tablet.getByRole('button', { name: 'Close it' }).tap()
    await look(tablet, 'sign-with-pin')
    await press(tablet, '402958')
    await expect(tablet.getByText('This PIN is not right.')).toBeVisible()
    await press(tablet, PIN)
    await expect(tablet.getByText(/verifies it now\.$/)).toBeVisible()
  })

  await test.step('in her own language', async () => {
    await tablet.getByRole('button', { name: 'Español' }).tap()
    await tablet.getByRole('button', { name: 'Mi trabajo' }).tap()
    await expect(tablet.getByRole('heading', { name: /Comprobar ahora/ })).toBeVisible()
    await look(tablet, 'work-es')
    await tablet.getByRole('button', { name: new RegExp(`Bloquear, ${ANA}`) }).tap()
    await expect(tablet.getByRole('heading', { name: 'Who is working?' }), 'the tablet keeps its own').toBeVisible()
    await enter(tablet, ANA, PIN)
    await expect(tablet.getByRole('heading', { name: /Comprobar ahora/ })).toBeVisible()
    await tablet.getByRole('button', { name: 'English' }).tap()
  })

  await test.step('locked, opened and wiped from the manager’s desk', async () => {
    await priya.goto('/settings/tablets')
    await chooseFor(priya, 'Lock')
    const lockedAt = Date.now()
    await expect(tablet.getByText('This tablet is locked')).toBeVisible()
    console.log(`from the manager's touch to the locked tablet: ${((Date.now() - lockedAt) / 1000).toFixed(1)} s`)
    await look(tablet, 'locked')
    await chooseFor(priya, 'Open')
    await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
    await chooseFor(priya, 'Wipe')
    await priya.getByRole('button', { name: 'Wipe', exact: true }).click()
    await expect(tablet.getByText('This tablet was wiped')).toBeVisible()
    await expect(tablet.getByLabel('Code'), 'it holds nothing any more').toBeVisible()
    expect(await tablet.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect((await tablet.context().cookies()).filter(({ name }) => name.includes('kiosk'))).toEqual([])
    await look(tablet, 'wiped')
  })
})

async function storeOf(priya: Page): Promise<{ id: string }> {
  const { body } = await ask(priya, 'GET', '/session')
  return body.locations[0]
}

async function setUp(priya: Page, store: string): Promise<{ code: string; pin: string }> {
  await priya.goto('/settings/tablets')
  await priya.getByRole('button', { name: 'Set up a tablet' }).click()
  await priya.getByLabel('Name').fill(TABLET)
  await priya.getByRole('dialog').getByRole('button', { name: 'Set up a tablet' }).click()
  const shown = priya.getByRole('dialog').getByText(/^[2-9A-Z]{4} [2-9A-Z]{4}$/)
  const code = (await shown.textContent()) ?? ''
  await expect(priya.getByRole('img', { name: 'Link to set up the tablet' })).toBeVisible()
  await shot(priya, 'code')
  await priya.getByRole('button', { name: 'Done' }).click()
  await priya.getByRole('combobox', { name: 'Location' }).selectOption(store)
  await priya.getByRole('button', { name: `${ANA}: Give a PIN` }).click()
  const pin =
    (await priya
      .getByRole('dialog')
      .getByText(/^\d{6}$/)
      .textContent()) ?? ''
  await priya.getByRole('button', { name: 'Done' }).click()
  await shot(priya, 'tablets')
  return { code, pin }
}

async function enrol(browser: Browser, code: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env.PRODUCT_URL ?? '',
    locale: 'en-US',
    viewport: { width: 820, height: 1180 },
    hasTouch: true,
  })
  const tablet = await context.newPage()
  await tablet.clock.install()
  await tablet.goto(`/kiosk#${code.replace(' ', '')}`)
  await expect(tablet.getByLabel('Code')).toHaveValue(code.replace(' ', ''))
  await look(tablet, 'enrol')
  await tablet.getByRole('button', { name: 'Make this a shared tablet' }).tap()
  await expect(tablet.getByRole('button', { name: ANA })).toBeVisible()
  await look(tablet, 'lobby')
  return tablet
}

async function choosePin(tablet: Page, given: string) {
  await tablet.getByRole('button', { name: ANA }).tap()
  await look(tablet, 'pin')
  await press(tablet, '111111')
  await expect(tablet.getByText('This PIN is not right.')).toBeVisible()
  await press(tablet, given)
  await expect(tablet.getByRole('heading', { name: 'Choose your own PIN' })).toBeVisible()
  await press(tablet, '123456')
  await press(tablet, '123456')
  await expect(tablet.getByText('Too easy to guess')).toBeVisible()
  await press(tablet, PIN)
  await expect(tablet.getByRole('textbox', { name: 'Once more' })).toBeAttached()
  await press(tablet, PIN)
  await expect(tablet.getByRole('heading', { name: 'Check now' })).toBeVisible()
  await look(tablet, 'work')
}

/** Every touch of hers is counted. */
async function signACheck(tablet: Page) {
  const started = Date.now()
  let taps = 0
  const tap = async (locator: ReturnType<Page['getByRole']>) => {
    taps++
    await locator.tap()
  }
  await tap(tablet.getByRole('button', { name: ANA }))
  for (const digit of PIN) await tap(tablet.getByRole('button', { name: digit, exact: true }))
  const first = unit(tablet).first()
  await first.waitFor()
  const limit = (await first.textContent())?.match(/≤ (-?\d+)/)?.[1] ?? '0'
  await tap(first)
  await look(tablet, 'check')
  const right = String(Math.abs(Number(limit)))
  if (limit.startsWith('-')) await tap(tablet.getByRole('button', { name: 'Plus or minus' }))
  for (const digit of right) await tap(tablet.getByRole('button', { name: digit, exact: true }))
  await tap(tablet.getByRole('button', { name: 'Sign the check' }))
  await expect(tablet.getByText('Signed').first()).toBeVisible()
  const seconds = (Date.now() - started) / 1000
  await look(tablet, 'signed')
  return { taps, seconds }
}

/** Units whose limit is a greatest temperature: a value at it passes. */
const unit = (tablet: Page) =>
  tablet
    .getByRole('main')
    .getByRole('button')
    .filter({ hasText: /≤ -?\d+ °F/ })

async function enter(tablet: Page, name: string, pin: string) {
  await tablet.getByRole('button', { name }).tap()
  await press(tablet, pin)
  await expect(tablet.getByRole('button', { name: new RegExp(`^(Lock|Bloquear), ${name}`) })).toBeVisible()
}

async function press(tablet: Page, keys: string) {
  for (const key of keys) {
    const name = key === '-' ? 'Plus or minus' : key
    await tablet.getByRole('button', { name, exact: true }).tap()
  }
}

const lock = async (tablet: Page) => {
  await tablet.getByRole('button', { name: /^Lock, / }).tap()
  await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}

async function ownPin(priya: Page) {
  await priya.goto('/settings/pin')
  await priya.getByLabel('New PIN').fill(MANAGERS_PIN)
  await priya.getByLabel('Once more').fill(MANAGERS_PIN)
  await shot(priya, 'own-pin')
  await priya.getByRole('button', { name: 'Save the PIN' }).click()
  await expect(priya.getByText('Your PIN is set')).toBeVisible()
}

async function chooseFor(priya: Page, what: string) {
  await priya.getByRole('button', { name: `${TABLET}: What to do` }).click()
  await priya.getByRole('menuitem', { name: what }).click()
}

const shot = (page: Page, name: string) => page.screenshot({ path: `test-results/kiosk/${name}.png` })

/** A screen of the tablet: kept as a picture, free of barriers, every target big enough for a wet thumb. */
async function look(tablet: Page, name: string) {
  await shot(tablet, name)
  expect.soft(await barriersIn(tablet), name).toEqual([])
  const small = await tablet.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input:not([type=radio]), select')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[class*=sr-only]'))
      .map((one) => ({ text: one.innerText || one.ariaLabel, height: Math.round(one.getBoundingClientRect().height) }))
      .filter(({ height }) => height > 0 && height < 56)
      .map(({ text, height }) => `${text}: ${height}`),
  )
  expect.soft(small, `${name}: targets under 56 px`).toEqual([])
}
