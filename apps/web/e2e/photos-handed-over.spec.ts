import type { Page } from '@playwright/test'
import { drawing, keptPhotos, take } from './camera.ts'
import { answer, goOffline, unsentChip } from './kitchen.ts'
import { letterTo } from './letters.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'
import { check, choosePin, cook, coolerAt, enter, lock, tabletAt } from './tablet.ts'

const MINUTE = 60_000
const PIN = '402957'
const PASSWORD = 'copper kettle ninety two'
const GIVEN = ['Door left open', 'Closed the door', 'Discarded']

test.use({ actionTimeout: 20_000 })

test('a tablet wiped while it was away hands over the record and its photo, and only then forgets both', async ({
  browser,
}) => {
  test.setTimeout(8 * MINUTE)
  const admin = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager)
  const store = (await ask(priya, 'GET', '/session')).body.locations[0].id as string
  const cooler = await coolerAt(priya, store)
  const { kioskId, tablet } = await tabletAt(browser, priya, store)
  const name = `Ana ${Date.now() % 100_000}`

  await test.step('a cook at a tablet with a network, once', async () => {
    const id = await cook(admin, name, store)
    await choosePin(tablet, name, (await ask(priya, 'POST', `/members/${id}/temporary-pin`)).body.pin, PIN)
    await lock(tablet)
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
  })

  const [photo] = await test.step('without one: a value out of its limit, answered with a photo', async () => {
    await goOffline(tablet)
    await enter(tablet, name, PIN)
    await check(tablet, cooler.name, '60')
    await answer(tablet, 'Why did it happen?', 'Door left open')
    await answer(tablet, 'What did you do?', 'Closed the door')
    await answer(tablet, 'What becomes of the food?', 'Discarded')
    await take(tablet, await drawing(tablet, 'label'))
    await expect(tablet.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
    await tablet.getByRole('button', { name: 'Save and go on' }).tap()
    await expect.poll(async () => (await keptPhotos(tablet)).map(({ draft }) => draft)).toEqual([null])
    return keptPhotos(tablet)
  })

  await test.step('wiped meanwhile, with a server that takes no photo yet: nothing is forgotten', async () => {
    await tablet.route('**/api/v1/files/**', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }))
    expect((await ask(priya, 'POST', `/kiosks/${kioskId}/wipe`)).body.state).toBe('wiping')
    await tablet.context().setOffline(false)
    await expect(tablet.getByText('What was not sent yet waits for the network. Leave this tablet on.')).toBeVisible({
      timeout: MINUTE,
    })
    expect((await keptPhotos(tablet)).map(({ sha256 }) => sha256)).toEqual([photo?.sha256])
    await tablet.screenshot({ path: test.info().outputPath('waits.png') })
  })

  await test.step('then it takes it: delivered whole, and everything here is gone', async () => {
    await tablet.unroute('**/api/v1/files/**')
    await expect(tablet.getByText('This tablet was wiped')).toBeVisible({ timeout: MINUTE })
    await expect(tablet.getByLabel('Code')).toBeVisible({ timeout: MINUTE })
    expect(await tablet.evaluate(async () => (await indexedDB.databases()).map(({ name: one }) => one))).toEqual([])
    expect(await tablet.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  await test.step('the reading waits for the manager of its place', async () => {
    expect((await setAsideBy(priya, name)).map((item) => item.name)).toEqual(['temperature.record'])
  })
})

test('someone suspended while they were offline hands over the photo with the record', async ({ browser }) => {
  test.setTimeout(6 * MINUTE)
  const admin = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager)
  const store = (await ask(priya, 'GET', '/session')).body.locations[0].id as string
  const unit = { locationId: store, name: `Walk-in ${Date.now()}`, kind: 'walk_in_cooler' }
  const { body: made } = await ask(priya, 'POST', '/units', unit)
  const { body: log } = await ask(priya, 'POST', '/temperature-logs', { unitId: made.id, value: '52', unit: 'F' })
  const action = log.correctiveActionId as string

  const email = `rosa.${Date.now()}@example.com`
  const context = await browser.newContext({ ...keepsApp, baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })
  const rosa = await context.newPage()
  const rosaId = await test.step('someone new works at the store', async () => {
    const grant = { role: 'org:member', locationId: store }
    expect((await ask(admin, 'POST', '/invitations', { email, grant })).status).toBe(201)
    await rosa.goto((await letterTo(email, /invites you/)).link)
    await rosa.getByLabel('Your name').fill('Rosa Marsh')
    await rosa.getByLabel('Choose a password').fill(PASSWORD)
    await rosa.getByRole('button', { name: 'Create account and join' }).click()
    await rosa.waitForURL('**/o/*/dashboard')
    return (await ask(rosa, 'GET', '/session')).body.member.id as string
  })

  const [photo] = await test.step('she answers a corrective action without a network, with a photo', async () => {
    await rosa.goto(`/corrective-actions/one?id=${action}`)
    for (const choice of GIVEN) {
      await rosa.getByRole('main').locator('label').filter({ hasText: choice }).first().click()
    }
    await goOffline(rosa)
    await take(rosa, await drawing(rosa, 'label'))
    await expect(rosa.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
    await rosa.getByRole('button', { name: 'Save and go on' }).click()
    await expect(unsentChip(rosa)).toContainText('1 unsent')
    await expect.poll(async () => (await keptPhotos(rosa)).map(({ draft }) => draft)).toEqual([null])
    return keptPhotos(rosa)
  })

  await test.step('suspended meanwhile: back online both are handed over, and her browser keeps neither', async () => {
    expect((await ask(admin, 'PATCH', `/members/${rosaId}`, { status: 'suspended' })).status).toBe(200)
    await context.setOffline(false)
    await expect(rosa.getByText('One record with a photo was handed over to a manager')).toBeVisible({
      timeout: MINUTE,
    })
    const names = await rosa.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
    expect(names.filter((name) => name.includes(rosaId))).toEqual([])
    await rosa.screenshot({ path: test.info().outputPath('handed-over.png') })
  })

  await test.step('a manager takes it over with its photo', async () => {
    const [waiting] = await setAsideBy(priya, 'Rosa Marsh', photo?.id)
    expect((await ask(priya, 'POST', `/sync/quarantine/${waiting?.id}/acceptance`, {})).status).toBe(200)
    await arrived(priya, action, photo?.id ?? '')
  })
})

type SetAside = { id: string; name: string; args: Record<string, unknown>; doer?: { name: string } | null }

/** In the order it was done. */
async function setAsideBy(manager: Page, name: string, photoId = ''): Promise<SetAside[]> {
  const { body } = await ask(manager, 'GET', '/sync/quarantine')
  const items = body.items as SetAside[]
  return items.filter((item) => {
    const text = JSON.stringify(item)
    return text.includes(name) && text.includes(photoId)
  })
}

/** The record has its photo, and the server gives it out. */
async function arrived(manager: Page, ownerId: string, fileId: string) {
  const asked = await ask(manager, 'GET', `/evidence?ownerKind=corrective_action&ownerId=${ownerId}`)
  const items = asked.body.items as { fileId: string; arrivedAt: string | null }[]
  expect(items.find((item) => item.fileId === fileId)?.arrivedAt).toEqual(expect.any(String))
  const size = await manager.evaluate(async (id) => {
    const [, , organization = ''] = location.pathname.split('/')
    const file = await fetch(`/api/v1/files/${id}`, { headers: { 'x-organization-id': organization } })
    return (await file.blob()).size
  }, fileId)
  expect(size).toBeGreaterThan(10_000)
}
