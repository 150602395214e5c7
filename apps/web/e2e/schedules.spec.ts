import type { Page } from '@playwright/test'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

/** Of the location that is previewed, minutes from now as its clock shows them. */
function clockAt(timezone: string, minutesAhead: number) {
  const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + minutesAhead * 60_000)
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })
  return { typed: parts.format(at), at }
}

const shown = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone }).format(at).replace(/\s/g, ' ')

const to = (page: Page, path: string) => page.goto(page.url().replace('/dashboard', path))

test('a manager puts a checklist on a schedule on a phone, and the crew has it within seconds, due when it said', async ({
  browser,
}) => {
  const page = await personAt(browser, people.admin, { viewport: { width: 390, height: 844 } })
  const name = `Hand wash sweep ${Date.now()}`
  await to(page, '/settings/schedules')
  await page.getByRole('link', { name: 'New schedule' }).first().click()
  await page.getByLabel('Checklist', { exact: true }).selectOption({ label: 'Probe check' })
  await page.getByLabel('Name of the schedule').fill(name)

  const preview = page.getByRole('heading', { name: 'What will happen' }).locator('../..')
  await expect(preview.getByText(/Applies to \d+ locations/)).toBeVisible()
  await page.getByText('Certain groups and locations').click()
  const first = page.getByRole('checkbox', { name: /› New Jersey/ }).first()
  await first.check()
  await expect(preview.getByText(/Applies to 1 location$/)).toBeVisible()
  const zone = (await preview.getByText(/Times of the location/).textContent())?.match(/\((.+)\)/)?.[1] ?? ''
  const due = clockAt(zone.replaceAll(' ', '_'), 30)
  await page.getByLabel('Time 1', { exact: true }).fill(due.typed)
  await expect(preview.getByRole('listitem').first()).toContainText(shown(due.at, zone.replaceAll(' ', '_')))
  await expect(preview.getByRole('listitem')).toHaveCount(5)
  await page.getByRole('button', { name: 'Schedule it' }).click()

  const row = page.getByRole('listitem').filter({ hasText: name })
  await expect(row).toContainText('Every day')
  await expect(row).toContainText('1 location')
  await page.goto(page.url().replace('/settings/schedules', '/checklists'))
  const open = page.getByRole('button', { name: /^Probe check/ }).filter({
    has: page.locator(`time[datetime="${due.at.toISOString()}"]`),
  })
  await expect(open).toHaveCount(1, { timeout: 60_000 })

  await page.goto(page.url().replace('/checklists', '/settings/schedules'))
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'End' }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expect(row).toContainText('Paused')
  await page.goto(page.url().replace('/settings/schedules', '/checklists'))
  await expect(page.getByRole('heading', { name: 'Begin a checklist' })).toBeVisible()
  await expect(open).toHaveCount(0, { timeout: 60_000 })
  await page.context().close()
})
