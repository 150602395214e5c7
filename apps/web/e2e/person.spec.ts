import { keepNotice } from './notices.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('someone suspended loses their screen at once, and has it back when that is undone', async ({ browser }) => {
  const dana = await personAt(browser, people.admin, { viewport: { width: 1440, height: 900 } })
  const renata = await personAt(browser, people.district)
  await expect(renata.getByRole('heading', { name: /Renata/ })).toBeVisible()
  await openPerson(dana, 'Renata Okonjo')
  await dana.getByRole('button', { name: 'Suspend' }).click()
  await keepNotice(dana)
  await expect(dana.getByRole('button', { name: 'Let back in' })).toBeVisible()
  await expect(renata.getByRole('heading', { name: 'You are not in this organization' })).toBeVisible()
  await expect(renata.getByRole('heading', { name: /Renata/ })).toHaveCount(0)

  await dana.getByRole('button', { name: 'Undo' }).click()
  await expect(dana.getByRole('button', { name: 'Suspend' })).toBeVisible()
  await renata.goto('/dashboard')
  await expect(renata.getByRole('heading', { name: /Renata/ })).toBeVisible()
})

test('a role that was taken is given back by undoing it', async ({ browser }) => {
  const dana = await personAt(browser, people.admin, { viewport: { width: 1440, height: 900 } })
  await openPerson(dana, 'Renata Okonjo')
  const roles = dana.getByRole('listitem').filter({ has: dana.getByRole('button', { name: /^Take Manager/ }) })
  await expect(roles).toHaveCount(1)
  await roles.getByRole('button', { name: /^Take/ }).click()
  await keepNotice(dana)
  await expect(dana.getByText('No role anywhere')).toBeVisible()
  await dana.getByRole('button', { name: 'Undo' }).click()
  await expect(roles).toHaveCount(1)
})

async function openPerson(page: Awaited<ReturnType<typeof personAt>>, name: string) {
  await page.goto('/settings/people')
  await page.getByLabel('Name or email').fill(name)
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
}
