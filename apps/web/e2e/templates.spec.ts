import { goOffline } from './kitchen.ts'
import { keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a manager writes a checklist on a phone, tries it out, publishes it and goes back to it', async ({ browser }) => {
  const page = await personAt(browser, people.admin, { viewport: { width: 390, height: 844 } })
  const name = `Patio ${Date.now()}`
  await page.goto(page.url().replace('/dashboard', '/settings/checklists'))
  await page.getByRole('button', { name: 'New checklist' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Begin' }).click()

  await page.getByRole('button', { name: 'Add a question' }).click()
  await page.getByRole('button', { name: /^Yes or no/ }).click()
  await page.getByRole('textbox', { name: 'Question' }).fill('Is the patio dry?')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.getByRole('tab', { name: 'Try it out' }).click()
  await page.getByRole('button', { name: 'No', exact: true }).click()
  await expect(page.getByText(/A note is needed/)).toBeVisible()

  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText('In use, version 1')).toBeVisible()

  await page.getByRole('tab', { name: 'Write' }).click()
  await page.getByRole('button', { name: /^Is the patio dry/ }).click()
  await page.getByRole('textbox', { name: 'Question' }).fill('Is the patio wet?')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Is the patio dry? → Is the patio wet?')).toBeVisible()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText('In use, version 2')).toBeVisible()

  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Go back to this' }).click()
  await page.getByRole('button', { name: 'Publish version 1 again' }).click()
  await expect(page.getByText('In use, version 3')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Is the patio dry/ })).toBeVisible()
})

test('without a network the draft waits on the page, and is saved when it is back', async ({ browser }) => {
  const page = await personAt(browser, people.admin, keepsApp)
  await page.goto(page.url().replace('/dashboard', '/settings/checklists/library'))
  await page.getByRole('button', { name: 'Use Probe check' }).click()
  // The demo has one of this name already: a refusal is told in words.
  await expect(page.getByText('Another checklist has this name. Choose another one.')).toBeVisible()
  await page.goto(page.url().replace('/library', ''))
  await page.getByRole('button', { name: 'Actions for Probe check' }).click()
  await page.getByRole('menuitem', { name: 'Make a copy' }).click()
  await page.getByLabel('Name').fill(`Probes ${Date.now()}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Make a copy' }).click()
  await page.getByRole('button', { name: 'Add a section' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await goOffline(page)
  await page.getByRole('button', { name: 'Add a section' }).click()
  await expect(page.getByText(/No connection/)).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})
