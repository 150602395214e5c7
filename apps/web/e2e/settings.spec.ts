import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing } from './camera.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const colourOf = (page: Page, token: string) =>
  page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), token)

/** What a page says at the moment its first paint may happen: when its body begins. */
async function atFirstPaint(page: Page, path: string) {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return
      observer.disconnect()
      const style = getComputedStyle(document.documentElement)
      Object.assign(window, {
        first: {
          theme: document.documentElement.dataset.theme,
          density: document.documentElement.dataset.density,
          language: document.documentElement.lang,
          accent: style.getPropertyValue('--accent').trim(),
        },
      })
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto(path)
  return page.evaluate(() => (window as unknown as { first: Record<string, string> }).first)
}

test('what someone chooses goes along to another device, and is there before the first paint of the next visit', async ({
  browser,
}) => {
  const here = await personAt(browser, people.member, { viewport: { width: 820, height: 900 } })
  const back = { language: null, theme: null, density: null, temperatureUnit: null }
  expect((await ask(here, 'PATCH', '/preferences', back)).status).toBe(200)
  await here.goto('/settings/preferences')
  await here.getByRole('radio', { name: 'Dark' }).click({ force: true })
  await here.getByRole('radio', { name: /Kitchen/ }).click({ force: true })
  await here.getByRole('radio', { name: 'Español' }).click({ force: true })
  await expect(here.getByRole('heading', { level: 1, name: 'Sus ajustes' })).toBeVisible()
  await expect
    .poll(async () => (await ask(here, 'GET', '/preferences')).body)
    .toEqual({
      language: 'es',
      theme: 'dark',
      density: 'kitchen',
      temperatureUnit: null,
    })

  const there = await personAt(browser, people.member)
  await expect(there.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(there.locator('html')).toHaveAttribute('lang', 'es')
  expect(await atFirstPaint(there, '/settings/preferences')).toMatchObject({
    theme: 'dark',
    density: 'kitchen',
    language: 'es',
  })

  expect((await ask(there, 'PATCH', '/preferences', back)).status).toBe(200)
  await Promise.all([here.context().close(), there.context().close()])
})

test('someone who thinks in Celsius sees Celsius, and what is judged and typed stays as it is', async ({ browser }) => {
  const page = await personAt(browser, people.manager)
  const before = (await ask(page, 'GET', '/units?limit=1')).body.items[0]
  await page.goto('/temperature')
  const values = page.getByRole('main').locator('bdi')
  await expect(values.first()).toContainText('°F')
  await page.goto('/settings/preferences')
  await page.getByRole('radio', { name: /Celsius/ }).click({ force: true })
  await expect(page.getByRole('radio', { name: /Celsius/ })).toBeChecked()
  await expect.poll(async () => (await ask(page, 'GET', '/preferences')).body.temperatureUnit).toBe('C')
  await page.goto('/temperature')
  await expect(values.first()).toContainText('°C')
  await page.goto(`/temperature/log?unit=${before.id}`)
  await expect(page.getByRole('textbox', { name: /°F/ })).toBeVisible()
  expect((await ask(page, 'PATCH', '/preferences', { temperatureUnit: null })).status).toBe(200)
  await page.context().close()
})

test('an admin gives the organization its colour: seen at once, by others too, kept for the next first paint', async ({
  browser,
}) => {
  const admin = await personAt(browser, people.admin)
  const said: string[] = []
  admin.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  const own = await colourOf(admin, '--accent')
  await admin.goto('/settings/brand')
  const code = admin.getByLabel('Colour code')
  await code.fill('reddish')
  await expect(admin.getByText('This is no colour code.')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Save colour' })).toBeDisabled()
  await code.fill('#ffd100')
  await expect(admin.getByText('On light ground this colour would be hard to read.')).toBeVisible()
  await admin.getByRole('button', { name: 'Save colour' }).click()
  await expect(admin.getByRole('region', { name: 'Notices' })).toContainText('Your colour is saved')
  await expect.poll(() => colourOf(admin, '--accent')).not.toBe(own)
  const branded = await colourOf(admin, '--accent')
  expect(await atFirstPaint(admin, '/settings/brand')).toMatchObject({ accent: branded })

  const colleague = await personAt(browser, people.manager)
  await expect.poll(() => colourOf(colleague, '--accent')).toBe(branded)
  await colleague.goto('/settings/brand')
  await expect(colleague.getByText('You do not have access to this')).toBeVisible()
  const { body } = await ask(colleague, 'GET', '/session')
  const refused = await ask(colleague, 'PATCH', `/organizations/${body.organization.id}`, { brand: '#000000' })
  expect(refused.status).toBe(403)

  await admin.getByRole('button', { name: 'Remove colour' }).click()
  await expect.poll(() => colourOf(admin, '--accent')).toBe(own)
  expect(said).toEqual([])
  await Promise.all([admin.context().close(), colleague.context().close()])
})

test('an admin chooses a logo, sees it on light and on dark, takes it away and has it back', async ({ browser }) => {
  const admin = await personAt(browser, people.admin)
  await admin.goto('/settings/brand')
  const choose = admin.getByLabel('Choose a logo')
  await choose.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="…"/>') })
  await expect(admin.getByText(/Only PNG, JPEG and WebP are taken/)).toBeVisible()
  await choose.setInputFiles({ name: 'logo.jpg', mimeType: 'image/jpeg', buffer: await drawing(admin, 'label') })
  const shown = (where: string) => admin.getByRole('region', { name: where }).getByRole('img', { name: 'Your logo' })
  const isDrawn = (where: string) => shown(where).evaluate((image) => (image as HTMLImageElement).naturalWidth > 0)
  for (const where of ['On light', 'On dark']) await expect.poll(() => isDrawn(where)).toBe(true)
  expect(await barriersIn(admin)).toEqual([])

  const remove = admin.getByRole('button', { name: 'Take it away' })
  const notices = admin.getByRole('region', { name: 'Notices' })
  await remove.click()
  await expect(shown('On light')).toHaveCount(0)
  await notices.getByRole('button', { name: 'Undo' }).click()
  await expect(shown('On light')).toBeVisible()
  await remove.click()
  await expect(shown('On light')).toHaveCount(0)
  await admin.context().close()
})
