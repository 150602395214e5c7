import { barriersIn } from './barriers.ts'
import { expect, test } from './product.ts'
import { productWith } from './start-product.ts'

let product: { url: string; stop: () => Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(400_000)
  product = await productWith({ OPSFLOW_DEMO: 'off' }, 'first-run')
})
test.afterAll(() => product.stop())

test('an empty product is founded on its first page, says what to do first, and is founded once', async ({
  browser,
}) => {
  const context = await browser.newContext({
    baseURL: product.url,
    locale: 'en-US',
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  await page.goto('/')
  await page.waitForURL('**/first-run')
  await page.getByLabel('Organization').fill('Copper Kettle')
  await page.getByLabel('First location').fill('Main Street')
  await page.getByLabel('Your name').fill('Ada Park')
  await page.getByLabel('Email').fill('ada@example.com')
  await page.getByLabel('Password').fill('password1234')
  await page.getByRole('button', { name: 'Create and sign in' }).click()
  await expect(page.getByText('lists that attackers try first')).toBeVisible()
  await page.getByLabel('Password').fill('copper kettle ninety two')
  await page.getByRole('button', { name: 'Create and sign in' }).click()
  await page.waitForURL('**/o/copper-kettle/dashboard')

  await expect(page.getByRole('heading', { name: 'Get started' })).toBeVisible()
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    expect.soft(await barriersIn(page), `${width} px`).toEqual([])
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `test-results/first-run-${width}.png` })
  }
  await page.getByRole('link', { name: 'Add a unit' }).click()
  await page.waitForURL('**/settings/units')

  const second = await (await browser.newContext({ baseURL: product.url, locale: 'en-US' })).newPage()
  await second.goto('/first-run')
  await expect(second.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await context.close()
})
