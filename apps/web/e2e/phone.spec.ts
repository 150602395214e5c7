import type { Page } from '@playwright/test'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('on a phone, a temperature out of its limit leads through the corrective action', async ({ browser }) => {
  const luis = await personAt(browser, people.member, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await luis.getByRole('link', { name: 'Log a temperature' }).first().tap()
  await luis.getByRole('main').getByRole('button', { name: /°F/ }).first().tap()
  await press(luis, '99.5')
  await luis.getByRole('button', { name: 'Save', exact: true }).tap()

  await expect(luis.getByRole('group', { name: 'Why did it happen?' })).toBeVisible()
  await choose(luis, 'Door left open')
  await choose(luis, 'Closed the door')
  await choose(luis, 'Discarded')
  await luis.getByRole('button', { name: 'Save and go on' }).tap()
  await press(luis, '36')
  await luis.getByRole('button', { name: 'Save the re-check' }).tap()
  await luis.getByRole('button', { name: 'Close it' }).tap()
  await expect(luis.getByText(/verifies it now\.$/)).toBeVisible()
})

async function press(page: Page, text: string) {
  for (const key of text) await page.getByRole('button', { name: key, exact: true }).tap()
}

const choose = (page: Page, choice: string) =>
  page.getByRole('main').locator('label').filter({ hasText: choice }).first().tap()
