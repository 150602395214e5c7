import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

test('a manager looks through a location’s records and gives an inspector a link; the inspector fetches them, until it is revoked', async ({
  browser,
  baseURL,
}) => {
  test.slow()
  const seen = async (page: Page, step: string) => {
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/inspector-${step}.png`, fullPage: true })
    expect(await barriersIn(page), step).toEqual([])
  }
  const manager = await personAt(browser, people.manager)
  await manager.getByRole('navigation').getByRole('link', { name: 'Inspector' }).click()
  await manager.getByLabel('Location', { exact: true }).selectOption({ index: 1 })
  await expect(manager.getByRole('heading', { name: 'What is missing' })).toBeVisible()
  await expect(manager.getByText('Readings', { exact: true })).toBeVisible()
  await seen(manager, 'manager')

  const pdf = await test.step('fetched as a file', async () => {
    const [file] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('button', { name: 'Fetch the file' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d\.pdf$/)
    const path = await file.path()
    expect(readFileSync(path).subarray(0, 8).toString()).toBe('%PDF-1.7')
    return path
  })

  await test.step('fetched as a workbook', async () => {
    const [file] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('button', { name: 'As a workbook (XLSX)' }).click(),
    ])
    expect(
      readFileSync(await file.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  })

  await test.step('whoever holds the file sees by the code on it that it is the same, and that another is not', async () => {
    const holder = await (await browser.newContext({ baseURL: baseURL ?? '', ...phone })).newPage()
    const [, code] = /verify#([\w-]{22})/.exec(readFileSync(pdf, 'latin1')) ?? []
    await holder.goto(`/verify#${code}`)
    await expect(holder.getByRole('heading', { level: 1 })).toHaveText('An inspector’s pack of OpsFlow')
    await holder.getByLabel('Choose the PDF').setInputFiles(pdf)
    await expect(holder.getByText('It is the same, byte for byte.')).toBeVisible()
    await seen(holder, 'same')
    const changed = Buffer.concat([readFileSync(pdf), Buffer.from(' ')])
    await holder
      .getByLabel('Choose the PDF')
      .setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: changed })
    await expect(holder.getByText('It is not the file')).toBeVisible()
    await seen(holder, 'not-the-same')
    await holder.context().close()
  })

  const name = `Officer ${Date.now() % 1_000_000}`
  const address = await test.step('given as a link', async () => {
    await manager.getByRole('button', { name: 'Give a link' }).click()
    await manager.getByLabel('For whom').fill(name)
    await seen(manager, 'give')
    await manager.getByRole('dialog').getByRole('button', { name: 'Give a link' }).click()
    const shown = manager.getByRole('dialog').locator('code')
    await expect(shown).toContainText('/inspection#')
    await seen(manager, 'given')
    const address = await shown.innerText()
    await manager.getByRole('button', { name: 'Done' }).click()
    return address
  })

  const inspector = await (await browser.newContext({ baseURL: baseURL ?? '', ...phone })).newPage()
  await test.step('an inspector without an account sees the records on a phone, and fetches them', async () => {
    await inspector.goto(address)
    await expect(inspector.getByRole('heading', { level: 1 })).toContainText('Food-safety records of')
    await expect(inspector.getByText(`Given to ${name}`)).toBeVisible()
    await seen(inspector, 'visit')
    const [file] = await Promise.all([
      inspector.waitForEvent('download'),
      inspector.getByRole('button', { name: 'Fetch the records (PDF)' }).click(),
    ])
    expect(
      readFileSync(await file.path())
        .subarray(0, 8)
        .toString(),
    ).toBe('%PDF-1.7')
  })

  await test.step('and have each week sent to head office', async () => {
    const office = `Office ${Date.now() % 1_000_000}`
    await manager.getByRole('button', { name: 'Send regularly' }).click()
    await manager.getByLabel('For whom').fill(office)
    await manager.getByLabel('E-mail addresses').fill('qa@harborvine.example, not an address')
    await manager.getByRole('dialog').getByRole('button', { name: 'Send regularly' }).click()
    await expect(manager.getByText('No e-mail address: not, an, address')).toBeVisible()
    await seen(manager, 'mailing')
    await manager.getByLabel('E-mail addresses').fill('qa@harborvine.example')
    await manager.getByRole('dialog').getByRole('button', { name: 'Send regularly' }).click()
    const sent = manager.getByRole('listitem').filter({ hasText: office })
    await expect(sent).toContainText('Every week')
    await seen(manager, 'mailings')
    await sent.getByRole('button', { name: `${office}: Stop` }).click()
    await manager.getByRole('alertdialog').or(manager.getByRole('dialog')).getByRole('button', { name: 'Stop' }).click()
    await expect(sent).toContainText('ended on')
  })

  const row = manager.getByRole('listitem').filter({ hasText: name })
  await test.step('each visit is noted', async () => {
    await manager.reload()
    await manager.getByLabel('Location', { exact: true }).selectOption({ index: 1 })
    await row.getByRole('button', { name: 'Used 2 times' }).click()
    await expect(row.getByText('fetched the file')).toBeVisible()
    await seen(manager, 'visits')
  })

  await test.step('revoked, the link leads nowhere', async () => {
    await row.getByRole('button', { name: `${name}: Revoke` }).click()
    await manager
      .getByRole('alertdialog')
      .or(manager.getByRole('dialog'))
      .getByRole('button', { name: 'Revoke' })
      .click()
    await expect(row.getByText('Revoked')).toBeVisible()
    await inspector.reload()
    await expect(inspector.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible()
    await seen(inspector, 'nowhere')
  })
})
