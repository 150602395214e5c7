import type { Page } from '@playwright/test'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

/** What a page that was broken into would try: code, pictures and calls of somebody else, and to be framed. */
const PLANTS: Record<string, (page: Page) => Promise<unknown>> = {
  'a script in the page': (page) =>
    page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.name = "planted"'
      document.body.append(script)
    }),
  'a handler in the markup': (page) =>
    page.evaluate(() => {
      const plant = document.createElement('div')
      plant.innerHTML = `<button onclick="window.name = 'planted'">x</button>`
      document.body.append(plant)
      plant.querySelector('button')?.click()
    }),
  'a script of another site': (page) =>
    page.evaluate(() => {
      const script = document.createElement('script')
      script.src = 'https://elsewhere.example/planted.js'
      document.body.append(script)
    }),
  'a picture of another site': (page) =>
    page.evaluate(() => {
      const picture = document.createElement('img')
      picture.src = 'https://elsewhere.example/planted.png'
      document.body.append(picture)
    }),
  'a call to another site': (page) =>
    page.evaluate(() => fetch('https://elsewhere.example/planted').catch(() => undefined)),
  'text run as code': (page) =>
    page.evaluate(() => {
      const run = document.createElement('a')
      run.href = 'javascript:void(window.name = "planted")'
      document.body.append(run)
      run.click()
    }),
}

test('whatever is planted in a page is kept from acting, and every walk would fail for it', async ({
  browser,
  forbidden,
}) => {
  const page = await personAt(browser, people.member)
  await expect(page.getByRole('main')).toBeVisible()
  expect(forbidden).toEqual([])
  for (const [what, plant] of Object.entries(PLANTS)) {
    await plant(page)
    await expect.poll(() => forbidden.length, what).toBeGreaterThan(0)
    expect(await page.evaluate(() => window.name), what).not.toBe('planted')
    forbidden.length = 0
  }
})
