import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline, goTo, isWhole } from './kitchen.ts'
import { letterTo } from './letters.ts'
import { ask, keepsApp } from './people.ts'
import { expect, test } from './product.ts'

const PLACES = 34

test('an admin of thirty-four places holds thirty on the device; the others are chosen, or counted by the server', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const context = await browser.newContext({ ...keepsApp, baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })
  const ada = await context.newPage()
  await founded(ada)
  const last = `Store ${PLACES}`
  const before = `Store ${PLACES - 1}`

  await test.step('the chain grows to thirty-four, with something to do at the last two', async () => {
    for (let n = 2; n <= PLACES; n++) {
      const place = { name: `Store ${n}`, kind: 'cafe', timezone: 'America/New_York', temperatureUnit: 'F' }
      const made = await ask(ada, 'POST', '/locations', place)
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      if (n < PLACES - 1) continue
      const dueAt = new Date(Date.now() - 3_600_000).toISOString()
      const task = { locationId: made.body.id, title: `Sharpen the knives of ${place.name}`, dueAt }
      expect((await ask(ada, 'POST', '/tasks', task)).status).toBe(201)
    }
  })

  await test.step('the device says of how many it holds how many', async () => {
    await ada.reload()
    await isWhole(ada)
    await expect(ada.getByText(`This device holds 30 of your ${PLACES} locations`)).toBeVisible({ timeout: 60_000 })
    expect(await barriersIn(ada)).toEqual([])
    await ada.screenshot({ path: test.info().outputPath('part.png') })
    await goTo(ada, 'Tasks')
    await expect(ada.getByText('This device holds 30')).toBeVisible()
    await expect(ada.getByRole('link', { name: /Sharpen the knives/ })).toHaveCount(0)
  })

  await test.step('the overview counts all of them, on the server', async () => {
    await ada.goto(ada.url().replace(/\/tasks.*/, '/overview'))
    await ada.getByRole('tab', { name: 'Late and missed' }).click()
    for (const name of [last, before]) {
      await expect(ada.getByText(`Sharpen the knives of ${name}`)).toBeVisible({ timeout: 60_000 })
    }
  })

  await test.step('one that is not held is chosen, and comes', async () => {
    await ada.goto(ada.url().replace(/\/overview.*/, '/tasks'))
    await choose(ada, last)
    await expect(ada.getByRole('link', { name: `Sharpen the knives of ${last}` })).toBeVisible({ timeout: 60_000 })
    await expect(ada.getByText('This device holds')).toHaveCount(0)
    await isWhole(ada)
  })

  await test.step('without a network it is still there, one that was never chosen is not, and nothing is invented for it', async () => {
    await goOffline(ada)
    await expect(ada.getByRole('link', { name: `Sharpen the knives of ${last}` })).toBeVisible()
    await choose(ada, before)
    await expect(ada.getByText('Offline.', { exact: true })).toBeVisible()
    await expect(ada.getByRole('link', { name: /Sharpen the knives/ })).toHaveCount(0)
    await ada.screenshot({ path: test.info().outputPath('not-held.png') })
    await ada.context().setOffline(false)
    await expect(ada.getByRole('link', { name: `Sharpen the knives of ${before}` })).toBeVisible({ timeout: 60_000 })
  })

  await test.step('thirty stay thirty: what was chosen pushed out what nobody looked at', async () => {
    await choose(ada, `All ${PLACES} locations`)
    await expect(ada.getByText(`This device holds 30 of your ${PLACES} locations`)).toBeVisible()
    for (const name of [last, before]) {
      await expect(ada.getByRole('link', { name: `Sharpen the knives of ${name}` })).toBeVisible()
    }
  })
})

async function founded(page: Page) {
  const mark = Date.now()
  const address = `rosa.${mark}@example.com`
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Set up a new organization' }).click()
  // The page before asks for an email too.
  await expect(page.getByRole('heading', { level: 1, name: 'Set up your organization' })).toBeVisible()
  await page.getByLabel('Email').fill(address)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText('Look into your mail')).toBeVisible()
  await page.goto((await letterTo(address, /Your OpsFlow sign-up/)).link)
  await page.getByLabel('Organization').fill(`Thirty Ovens ${mark}`)
  await page.getByLabel('First location').fill('Store 1')
  await page.getByLabel('Your name').fill('Rosa Lind')
  await page.getByLabel('Password').fill('copper kettle ninety two')
  await page.getByRole('button', { name: /sign in|create/i }).click()
  await page.waitForURL('**/o/*/dashboard')
}

async function choose(page: Page, name: string) {
  await page.getByRole('button', { name: /Switch organization or location/ }).click()
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
}
