import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

/** JavaScript a phone must fetch before anyone has touched anything, socket included; as gzip, whatever is sent. */
const BUDGET_BYTES = 220_000

const PAGES = ['/dashboard', '/temperature', '/alarms', '/tasks', '/corrective-actions', '/temperature/log']

test('no page fetches more than 220 kB of JavaScript before interaction', async ({ browser }) => {
  const first = await personAt(browser, people.admin)
  const storageState = await first.context().storageState()
  const weights: [string, number][] = []
  for (const path of ['/sign-in', ...PAGES]) {
    const context = await browser.newContext({ baseURL: process.env.PRODUCT_URL ?? '', storageState, locale: 'en-US' })
    weights.push([path, await weightOf(await context.newPage(), path)])
    await context.close()
  }
  test.info().annotations.push(...weights.map(([path, bytes]) => ({ type: path, description: `${bytes} bytes` })))
  expect(weights.filter(([, bytes]) => bytes > BUDGET_BYTES)).toEqual([])
  expect(Math.min(...weights.map(([, bytes]) => bytes))).toBeGreaterThan(50_000) // it looked at something
})

async function weightOf(page: Page, path: string): Promise<number> {
  const scripts: Promise<number>[] = []
  const weigh = async (response: Response) => gzipSync(await response.body(), { level: 9 }).length
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(weigh(response))
  })
  await page.goto(path)
  await page.getByRole('main').first().waitFor()
  await page.waitForLoadState('networkidle')
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0)
}
