import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { drawing, keptPhotos, take } from './camera.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO

test('a photo taken without a network survives a reload and arrives once, with its hash; then its bytes are freed', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const page = await personAt(browser, people.manager, {
    ...keepsApp,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  const action = await test.step('a walk-in is too warm, and its corrective action is opened', () => tooWarm(page))

  await test.step('the answer gets two photos, and a dark one is noticed', async () => {
    await page.goto(`/corrective-actions/one?id=${action}`)
    for (const choice of ['Door left open', 'Closed the door', 'Discarded']) {
      await page.getByRole('main').locator('label').filter({ hasText: choice }).first().click()
    }
    await look(page, 'photo-field')
    await take(page, await drawing(page, 'dark'))
    await expect(page.getByText('This photo is very dark.')).toBeVisible()
    await look(page, 'photo-dark')
    await page.getByRole('button', { name: 'Leave it out' }).click()
    await take(page, await drawing(page, 'label'))
    await expect(page.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
  })

  await test.step('the network goes: another photo is kept all the same, and both are there after a reload', async () => {
    await goOffline(page)
    await take(page, await drawing(page, 'label'))
    await expect(page.getByRole('button', { name: 'Remove photo 2' })).toBeVisible()
    await look(page, 'photos-taken')
    const kept = await keptPhotos(page)
    expect(kept.map(({ draft }) => draft?.startsWith(`response ${action}`))).toEqual([true, true])
    for (const photo of kept) {
      expect(Math.max(photo.width, photo.height), 'made small').toBeLessThanOrEqual(2048)
      expect(createHash('sha256').update(Buffer.from(photo.bytes, 'base64')).digest('hex')).toBe(photo.sha256)
      expect(Buffer.from(photo.bytes, 'base64').includes('Exif')).toBe(false)
    }
    await page.context().setOffline(false)
    await page.reload()
    for (const choice of ['Door left open', 'Closed the door', 'Discarded']) {
      await page.getByRole('main').locator('label').filter({ hasText: choice }).first().click()
    }
    await expect(page.getByRole('button', { name: /^Remove photo/ })).toHaveCount(2)
  })

  const kept = await keptPhotos(page)
  await test.step('the record goes first; its photos are named and awaited', async () => {
    await page.route('**/api/v1/files/uploads**', (route) => route.abort())
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await expect(page.getByText('Waiting for 2 photos')).toBeVisible()
    await look(page, 'photos-awaited')
    await axe(page)
    expect(await keptPhotos(page)).toHaveLength(2)
    await expect
      .poll(async () => (await evidenceOf(page, action)).map(({ sha256 }) => sha256).sort())
      .toEqual(kept.map(({ sha256 }) => sha256).sort())
  })

  await test.step('the tab is closed and opened again: they are sent, once, and freed', async () => {
    await page.unroute('**/api/v1/files/uploads**')
    const created: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/files/uploads')) created.push(request.url())
    })
    await page.goto('about:blank')
    await page.goto(`/corrective-actions/one?id=${action}`)
    await expect.poll(() => keptPhotos(page), { timeout: 60_000 }).toEqual([])
    expect(created).toHaveLength(2)
    await expect(page.getByText('Waiting for 2 photos')).toBeHidden()
    for (const { arrivedAt, capturedQuality } of await evidenceOf(page, action)) {
      expect([arrivedAt, capturedQuality]).toEqual([expect.any(String), expect.stringMatching(/exact|corrected/)])
    }
  })

  await test.step('they stand in the history, and open large', async () => {
    const thumbnails = page.getByRole('button', { name: /open it large/ })
    await expect(thumbnails).toHaveCount(2)
    await expect.poll(() => thumbnails.first().locator('img').evaluate(isDrawn)).toBe(true)
    await look(page, 'photos-in-history')
    await thumbnails.first().click()
    await expect(page.getByRole('dialog').getByText('Photo 1 of 2')).toBeVisible()
    await expect.poll(() => page.getByRole('dialog').locator('img').evaluate(isDrawn)).toBe(true)
    await look(page, 'photo-large')
    await axe(page)
    await page.keyboard.press('Escape')
  })
})

test('a reading has a photo, and what will not come is done without, with a reason', async ({ browser }) => {
  test.setTimeout(400_000)
  const page = await personAt(browser, people.manager, { viewport: { width: 1440, height: 900 } })
  const action = await tooWarm(page)
  const missing = [{ id: crypto.randomUUID(), sha256: 'a'.repeat(64) }]
  const answer = { cause: 'defrost', action: 'closed_door', disposition: 'kept_safe', photos: missing }
  expect((await ask(page, 'POST', `/corrective-actions/${action}/response`, answer)).status).toBe(200)
  await page.goto(`/corrective-actions/one?id=${action}`)
  await expect(page.getByText('Waiting for 1 photo', { exact: true })).toBeVisible()
  await look(page, 'waive-asked')
  await page.getByRole('button', { name: 'Do without' }).click()
  await page.getByLabel('Why will it not come?').fill('The phone fell into the fryer.')
  await look(page, 'waive-dialog')
  await axe(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Do without' }).click()
  await expect(page.getByText('did without a photo: “The phone fell into the fryer.”')).toBeVisible()
  await look(page, 'waived')
})

async function tooWarm(page: Page): Promise<string> {
  const { body: session } = await ask(page, 'GET', '/session')
  const unit = { locationId: session.locations[0].id, name: `Walk-in ${Date.now()}`, kind: 'walk_in_cooler' }
  const admin = await ask(page, 'POST', '/units', unit)
  expect(admin.status).toBe(201)
  const { body } = await ask(page, 'POST', '/temperature-logs', { unitId: admin.body.id, value: '52', unit: 'F' })
  return body.correctiveActionId
}

const evidenceOf = async (
  page: Page,
  ownerId: string,
): Promise<{ sha256: string; arrivedAt: string | null; capturedQuality: string | null }[]> =>
  (await ask(page, 'GET', `/evidence?ownerKind=corrective_action&ownerId=${ownerId}`)).body.items

const isDrawn = (image: Element) => (image as HTMLImageElement).naturalWidth > 0

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

async function look(page: Page, name: string) {
  if (!LOOKS) return
  const size = page.viewportSize()
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `${LOOKS}/${name}-${width}.png` })
  }
  if (size) await page.setViewportSize(size)
}
