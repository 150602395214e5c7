import { storeProof } from '@opsflow/platform/client/sync/store-in-browser.for-tests'
import { expect, test } from './product.ts'

test('the storage of devices keeps to its suite in a real browser', async ({ page, baseURL }) => {
  // A page of nothing, at an origin that has a database.
  await page.route('**/nothing', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto(`${baseURL}/nothing`)
  await page.evaluate(`${await storeProof()}; globalThis.proof = proof`)
  const titles = await page.evaluate<string[]>('proof.titles')
  expect(titles.length).toBeGreaterThanOrEqual(6)
  await expect(page.evaluate('proof.expect([1]).toEqual([2])')).rejects.toThrow('[1] instead of [2]')
  for (const title of titles) {
    await test.step(title, () => page.evaluate(`proof.run(${JSON.stringify(title)})`))
  }
})
