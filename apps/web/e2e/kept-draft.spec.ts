import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt, signIn } from './people.ts'
import { expect, test } from './product.ts'

const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 60_000 })
const isWaiting = (page: Page) =>
  expect(page.getByText('Your work is kept on this device and saved when the network is back.')).toBeVisible()
const putBack = (page: Page) => page.getByText('It was kept on this device, and stands here again.')

test('what is written of a checklist without a network is there after the tab was closed, and leaves with its person', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const page = await personAt(browser, people.admin, { ...keepsApp, viewport: { width: 390, height: 844 } })
  const context = page.context()
  const name = `Ice machine ${Date.now() % 1_000_000}`
  const made = await ask(page, 'POST', '/checklist-templates', {
    name,
    category: 'opening',
    draft: asks('Is it clean?'),
  })
  const home = page.url().replace('/dashboard', '')
  const builder = `${home}/settings/checklists/one?id=${made.body.id}`

  await test.step('written without a network, it is there after a reload', async () => {
    await page.goto(builder)
    await saved(page)
    await cutOff(page)
    await rename(page, 'Is it clean?', 'Is it clean inside?')
    await isWaiting(page)
    await page.reload()
    await expect(question(page, 'Is it clean inside?')).toBeVisible()
    await expect(putBack(page)).toBeVisible()
    await isWaiting(page)
    expect(await barriersIn(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('put-back.png') })
  })

  const later =
    await test.step('and after the tab was closed: it is found in the list, and goes out with the network', async () => {
      await page.close()
      const next = await context.newPage()
      await next.goto(`${home}/settings/checklists`)
      await expect(next.getByText('Written on this device; the server does not have it.')).toBeVisible()
      expect(await barriersIn(next)).toEqual([])
      await next.screenshot({ path: test.info().outputPath('list.png') })
      await next.getByRole('link', { name: new RegExp(name) }).click()
      await expect(question(next, 'Is it clean inside?')).toBeVisible()
      await context.setOffline(false)
      await saved(next)
      await expect.poll(() => asked(next, made.body.id)).toBe('Is it clean inside?')
      await next.goto(`${home}/settings/checklists`)
      await expect(next.getByRole('link', { name: new RegExp(name) })).toHaveCount(1)
      await expect(next.getByText('Not saved yet')).toHaveCount(0)
      return next
    })

  await test.step('what another saved meanwhile is not written over unasked', async () => {
    await later.goto(builder)
    await saved(later)
    await cutOff(later)
    await rename(later, 'Is it clean inside?', 'Is it clean and cold?')
    await isWaiting(later)
    const other = await personAt(browser, people.admin)
    const { revision } = (await ask(other, 'GET', `/checklist-templates/${made.body.id}`)).body
    const theirs = { revision, draft: asks('Is the filter new?') }
    expect((await ask(other, 'PATCH', `/checklist-templates/${made.body.id}`, theirs)).status).toBe(200)
    await later.reload()
    await expect(putBack(later)).toBeVisible()
    await context.setOffline(false)
    await expect(later.getByText('Someone else saved this checklist meanwhile.')).toBeVisible({ timeout: 60_000 })
    await expect(question(later, 'Is it clean and cold?')).toBeVisible()
    expect(await asked(other, made.body.id)).toBe('Is the filter new?')
    await later.screenshot({ path: test.info().outputPath('conflict.png') })
    await later.getByRole('button', { name: 'Show theirs' }).click()
    await expect(question(later, 'Is the filter new?')).toBeVisible()
    await later.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => asked(other, made.body.id)).toBe('Is it clean and cold?')
    await saved(later)
  })

  await test.step('whoever signs out is told of it, and nobody finds it afterwards', async () => {
    await cutOff(later)
    await rename(later, 'Is it clean and cold?', 'Is it mine?')
    await isWaiting(later)
    await later.getByRole('button', { name: 'account and appearance' }).click()
    await later.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(later.getByText('1 checklist that you are writing is not saved yet.')).toBeVisible()
    await later.screenshot({ path: test.info().outputPath('leave.png') })
    await later.getByRole('button', { name: 'Sign out', exact: true }).click()
    await later.waitForURL('**/sign-in')
    await context.setOffline(false)
    await signIn(later, people.admin)
    await later.goto(builder)
    await expect(question(later, 'Is it clean and cold?')).toBeVisible()
    await expect(putBack(later)).toHaveCount(0)
  })
})

/** And the page has noticed. */
async function cutOff(page: Page) {
  await goOffline(page)
  await expect(page.getByText('Offline.', { exact: true })).toBeVisible({ timeout: 60_000 })
}

const question = (page: Page, text: string) =>
  page.getByRole('button', { name: new RegExp(`^${text.replace('?', '\\?')}`) })

async function rename(page: Page, from: string, to: string) {
  await question(page, from).click()
  await page.getByRole('textbox', { name: 'Question' }).fill(to)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(question(page, to)).toBeVisible()
}

const asked = async (page: Page, id: string) =>
  (await ask(page, 'GET', `/checklist-templates/${id}`)).body.draft.sections[0].items[0].label

const asks = (label: string) => ({
  sections: [{ id: crypto.randomUUID(), title: '', items: [{ kind: 'yes_no', id: crypto.randomUUID(), label }] }],
})
