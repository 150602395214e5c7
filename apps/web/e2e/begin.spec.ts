import { barriersIn } from './barriers.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a checklist is begun from the list of those that are published, and is among what is open', async ({
  browser,
}) => {
  const page = await personAt(browser, people.manager, { viewport: { width: 390, height: 844 } })
  await page.goto('/checklists')
  await expect(page.getByRole('heading', { level: 1, name: 'Checklists' })).toBeVisible()
  const first = page
    .getByRole('region', { name: 'Begin a checklist' })
    .getByRole('listitem')
    .getByRole('button')
    .first()
  const name = (await first.textContent()) ?? ''
  await first.click()
  await expect(page).toHaveURL(/\/checklists\/do\?id=/)
  await expect(page.getByText('This checklist is not on this device')).toHaveCount(0)
  await expect(page.getByRole('heading', { name }).first()).toBeVisible()
  await page.goto('/checklists')
  await expect(
    page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(name) })
      .first(),
  ).toBeVisible()
  expect(await barriersIn(page)).toEqual([])
})
