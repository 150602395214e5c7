import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
/** What a person can do in five minutes who reads before each tap: the walk is held to what is asked of them. */
const MOST_TAPS = 30

test('whoever opens it for the first time makes, schedules and does a checklist on a phone, in a few taps', async ({
  browser,
}) => {
  const page = await personAt(browser, people.admin, { viewport: { width: 390, height: 844 }, hasTouch: true })
  const name = `Patio ${Date.now() % 1_000_000}`
  let taps = 0
  const tap = async (...[role, options]: Parameters<Page['getByRole']>) => {
    await page.getByRole(role, options).filter({ visible: true }).first().click()
    taps += 1
  }
  const type = async (label: string, text: string) => {
    await page.getByLabel(label, { exact: true }).fill(text)
    taps += 1
  }
  const seen = async (step: string) => {
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/first-checklist-${step}.png` })
    expect(await barriersIn(page), step).toEqual([])
  }

  await test.step('makes it: two questions, published', async () => {
    await page.goto(page.url().replace('/dashboard', '/settings/checklists'))
    await tap('button', { name: 'New checklist' })
    await type('Name', name)
    await tap('button', { name: 'Begin' })
    for (const [kind, question] of [
      [/^Good or problem/, 'Tables are wiped'],
      [/^Yes or no/, 'Is the patio dry?'],
    ] as const) {
      await tap('button', { name: 'Add a question' })
      await tap('button', { name: kind })
      await page.getByRole('textbox', { name: 'Question' }).fill(question)
      await tap('button', { name: 'Done' })
    }
    await seen('written')
    await tap('button', { name: 'Publish' })
    await tap('button', { name: 'Publish now' })
    await expect(page.getByText('In use, version 1')).toBeVisible()
  })

  await test.step('schedules it from where they are', async () => {
    await tap('link', { name: /Put it on a schedule/ })
    await expect(page.getByLabel('Name of the schedule')).toHaveValue(name)
    const [soon, preview] = [inAnHour(await zoneShown(page)), page.getByRole('heading', { name: 'What will happen' })]
    await type('Time 1', soon)
    await expect(preview).toBeVisible()
    await seen('scheduled')
    await tap('button', { name: 'Schedule it' })
    await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Every day')
  })

  await test.step('does it where it has come up by itself', async () => {
    await page.goto(page.url().replace('/settings/schedules', '/checklists'))
    const open = page.getByRole('button', { name: new RegExp(`^${name}`) }).first()
    await expect(open).toBeVisible({ timeout: 60_000 })
    await seen('open')
    await open.click()
    taps += 1
    await tap('button', { name: 'Pass' })
    await tap('button', { name: 'Yes', exact: true })
    await seen('answered')
    await tap('button', { name: 'Complete', exact: true })
    await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible()
    await seen('done')
  })
  expect(taps).toBeLessThan(MOST_TAPS)
})

const zoneShown = async (page: Page) =>
  ((await page.getByText(/Times of the location/).textContent())?.match(/\((.+)\)/)?.[1] ?? '').replaceAll(' ', '_')

const inAnHour = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(Date.now() + 50 * 60_000)
