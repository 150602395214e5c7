import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a manager says why a task is late; it stands beside it, in the file, and is taken back', async ({ browser }) => {
  const priya = await personAt(browser, people.manager)
  const title = `Order gaskets ${Date.now()}`
  const { body: task } = await ask(priya, 'POST', '/tasks', {
    ...{ locationId: (await storeOf(priya)).id, title },
    dueAt: new Date(Date.now() - 60_000).toISOString(),
  })
  await priya.goto(addressOf(priya, '/overview?view=late'))
  const row = priya.getByRole('listitem').filter({ hasText: title })
  await row.getByRole('button', { name: 'Say why' }).click()
  const dialog = priya.getByRole('dialog')
  await dialog.getByLabel('Why could it not be done?').fill('The supplier is closed until Monday')
  expect(await barriersIn(priya)).toEqual([])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(row).toContainText('The supplier is closed until Monday · Priya')
  const [file] = await Promise.all([
    priya.waitForEvent('download'),
    priya.locator('a[href*="tasks.csv"][href*="status=overdue"]').click(),
  ])
  expect(file.suggestedFilename()).toBe('tasks.csv')
  await row.getByRole('button', { name: 'Change reason' }).click()
  await dialog.getByRole('button', { name: 'Take it back' }).click()
  await expect(row.getByRole('button', { name: 'Say why' })).toBeVisible()
  await expect(row).not.toContainText('The supplier')
  await ask(priya, 'PATCH', `/tasks/${task.id}`, { status: 'completed' })
  await expect(row).toHaveCount(0)
})

test('what the server counts follows a checklist that changes, and without a network says as of when it is', async ({
  browser,
}) => {
  const priya = await personAt(browser, people.manager, keepsApp)
  const chief = await personAt(browser, people.admin)
  const store = await storeOf(priya)
  const name = `Stock-take ${Date.now() % 1_000_000}`
  const itemId = randomUUID()
  const items = [{ kind: 'pass_fail', id: itemId, label: 'The shelf is counted' }]
  const draft = { sections: [{ id: randomUUID(), title: '', items }] }
  const made = await ask(chief, 'POST', '/checklist-templates', { name, category: 'other', draft })
  await ask(chief, 'POST', `/checklist-templates/${made.body.id}/publications`, { revision: made.body.revision })
  const id = randomUUID()
  const begun = await ask(priya, 'POST', '/checklists', { id, templateId: made.body.id, locationId: store.id })
  expect(begun.status).toBe(201)

  await priya.goto(addressOf(priya, `/overview?view=week&location=${store.id}`))
  const row = priya.getByRole('row', { name: new RegExp(name) })
  await expect(row.getByRole('link', { name: 'Open' })).toBeVisible()
  await expect(priya.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
  const answer = { id: randomUUID(), itemId, entryId: null, note: '', photos: [] }
  const value = { kind: 'pass_fail', passes: true }
  await ask(chief, 'POST', `/checklists/${id}/answers`, { ...answer, value })
  await ask(chief, 'POST', `/checklists/${id}/completion`, {})
  await expect(row.getByRole('link', { name: 'Done' })).toBeVisible({ timeout: 60_000 })

  await goOffline(priya)
  await expect(priya.getByText(/^As of .*: there is no network\.$/)).toBeVisible({ timeout: 60_000 })
  await expect(row.getByRole('link', { name: 'Done' })).toBeVisible()
  await priya.context().setOffline(false)
  await expect(priya.getByText(/there is no network/)).toHaveCount(0, { timeout: 60_000 })
})

const storeOf = async (page: Page) => (await ask(page, 'GET', '/locations')).body.items[0] as { id: string }

/** The same organization as the page is in. */
const addressOf = (page: Page, path: string) => new URL(page.url()).pathname.replace(/(\/o\/[^/]+).*/, `$1${path}`)
