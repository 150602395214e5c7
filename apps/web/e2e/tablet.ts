import type { Browser, Page } from '@playwright/test'
import { ask, keepsApp } from './people.ts'
import { expect } from './product.ts'

// A shared tablet in a kitchen, and what hands do on it.

export async function coolerAt(priya: Page, store: string): Promise<{ id: string; name: string }> {
  const { body } = await ask(priya, 'GET', `/units?limit=200&locationId=${store}`)
  const units = body.items as { id: string; name: string; state: { limitText: string; status: string } }[]
  const cooler = units.find(({ state }) => state.limitText.includes('≤ 41') && state.status === 'ok')
  if (!cooler) throw new Error('The demo’s store has no cooler that is well.')
  return cooler
}

export async function tabletAt(browser: Browser, priya: Page, store: string) {
  const made = await ask(priya, 'POST', '/kiosks', { locationId: store, name: 'Line tablet' })
  const context = await browser.newContext({
    ...keepsApp,
    baseURL: process.env.PRODUCT_URL ?? '',
    locale: 'en-US',
    viewport: { width: 820, height: 1180 },
    hasTouch: true,
  })
  const tablet = await context.newPage()
  await tablet.goto(`/kiosk#${made.body.enrolment.code.replace(' ', '')}`)
  await tablet.getByRole('button', { name: 'Make this a shared tablet' }).tap()
  await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
  return { tablet, kioskId: made.body.id as string }
}

export async function cook(admin: Page, name: string, locationId: string): Promise<string> {
  return (await ask(admin, 'POST', '/members', { name, grants: [{ role: 'org:member', locationId }] })).body.id
}

export async function choosePin(tablet: Page, name: string, given: string, chosen: string) {
  await tablet.reload()
  await tablet.getByRole('button', { name }).tap()
  await press(tablet, given)
  for (const label of ['New PIN', 'Once more']) {
    await expect(tablet.getByRole('textbox', { name: label })).toBeAttached()
    await press(tablet, chosen)
  }
  await expect(tablet.getByRole('heading', { name: /^Check now/ })).toBeVisible()
}

export async function enter(tablet: Page, name: string, pin: string) {
  await tablet.getByRole('button', { name }).tap()
  await press(tablet, pin)
  await expect(tablet.getByRole('button', { name: `Lock, ${name} is done` })).toBeVisible()
}

export async function press(tablet: Page, keys: string) {
  for (const key of keys) await tablet.getByRole('button', { name: key, exact: true }).tap()
}

export const open = (tablet: Page, unit: string) =>
  tablet.getByRole('main').getByRole('button').filter({ hasText: unit }).first().tap()

export async function check(tablet: Page, unit: string, value: string) {
  await open(tablet, unit)
  await press(tablet, value)
  await tablet.getByRole('button', { name: 'Sign the check' }).tap()
  await expect(tablet.getByRole('button', { name: 'Sign the check' })).toHaveCount(0)
}

export async function lock(tablet: Page) {
  await tablet.getByRole('button', { name: /^Lock, / }).tap()
  await expect(tablet.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}
