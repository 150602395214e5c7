import type { Page } from '@playwright/test'
import { coolerOf, goOffline, isWhole, logReading, logsWithNote, unsentChip } from './kitchen.ts'
import { letterTo } from './letters.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const PASSWORD = 'copper kettle ninety two'

test('someone suspended while they were offline: their device hands over what it had not sent, then forgets it', async ({
  browser,
}) => {
  test.slow()
  const admin = await personAt(browser, people.admin)
  const email = `rosa.${Date.now()}@example.com`
  const note = `Before the end ${Date.now()}`
  const { locationId } = await coolerOf(admin)

  const context = await browser.newContext({ ...keepsApp, baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })
  const rosa = await context.newPage()
  const member = await test.step('someone new works at a store', async () => {
    const grant = { role: 'org:member', locationId }
    expect((await ask(admin, 'POST', '/invitations', { email, grant })).status).toBe(201)
    await rosa.goto((await letterTo(email, /invites you/)).link)
    await rosa.getByLabel('Your name').fill('Rosa Marsh')
    await rosa.getByLabel('Choose a password').fill(PASSWORD)
    await rosa.getByRole('button', { name: 'Create account and join' }).click()
    await rosa.waitForURL('**/o/*/dashboard')
    await isWhole(rosa)
    return (await ask(rosa, 'GET', '/session')).body.member as { id: string }
  })
  const cooler = await coolerOf(rosa)

  await test.step('she records without a network, and is suspended meanwhile', async () => {
    await logReading(rosa, cooler.name, '36', `${note} 0`)
    await isWhole(rosa)
    await goOffline(rosa)
    await logReading(rosa, cooler.name, '36.5', note)
    await expect(unsentChip(rosa)).toContainText('1 unsent')
    expect((await ask(admin, 'PATCH', `/members/${member.id}`, { status: 'suspended' })).status).toBe(200)
  })

  await test.step('back online her device hands it over, and keeps nothing of hers', async () => {
    await context.setOffline(false)
    await expect(rosa.getByText('One record was handed over to a manager')).toBeVisible({ timeout: 60_000 })
    expect(await storesOf(rosa, member.id)).toEqual([])
    await rosa.screenshot({ path: test.info().outputPath('handed-over.png') })
  })

  await test.step('it waits for a manager, who takes it over', async () => {
    expect(await logsWithNote(admin, cooler.id, note)).toHaveLength(1)
    const { body } = await ask(admin, 'GET', '/sync/quarantine')
    const items = body.items as { id: string; args: { note?: string } }[]
    const waiting = items.filter(({ args }) => args.note === note)
    expect(waiting).toHaveLength(1)
    const accepted = await ask(admin, 'POST', `/sync/quarantine/${waiting[0]?.id}/acceptance`, {})
    expect(accepted.status).toBe(200)
    expect((await logsWithNote(admin, cooler.id, note)).map(({ value }) => value.text).sort()).toEqual(['36', '36.5'])
  })
})

const storesOf = (page: Page, memberId: string) =>
  page.evaluate(
    async (id) => (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(`member.${id}`) ? [name] : [])),
    memberId,
  )
