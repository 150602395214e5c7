import { readFileSync } from 'node:fs'
import { barriersIn } from './barriers.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a place’s last day is verified in the browser, again against the head it kept, and taken out as a file', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const admin = await personAt(browser, people.admin)
  await admin.goto(new URL('settings/activity', `${admin.url().replace(/[^/]*$/, '')}`).href)
  const panel = admin.locator('section', { has: admin.getByRole('heading', { name: 'Evidence log' }) })
  await expect(panel.getByText(/changes sealed/)).toBeVisible()
  const verify = panel.getByRole('button', { name: 'Verify here' })

  await verify.click()
  await expect(panel.getByText('Everything holds')).toBeVisible({ timeout: 60_000 })
  await expect(panel.getByText(/keeps the log’s head from now on/)).toBeVisible()
  expect(await barriersIn(admin)).toEqual([])

  await verify.click()
  await expect(panel.getByText(/goes on from the head this browser kept/)).toBeVisible({ timeout: 60_000 })

  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    panel.getByRole('link', { name: 'Take out with proof' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^evidence-\d{4}-\d\d-\d\d\.jsonl\.gz$/)
  expect(readFileSync(await file.path()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
})

test('a head that is not of this log is told, as what does not hold', async ({ browser }) => {
  test.setTimeout(180_000)
  const admin = await personAt(browser, people.admin)
  await admin.goto(new URL('settings/activity', `${admin.url().replace(/[^/]*$/, '')}`).href)
  const panel = admin.locator('section', { has: admin.getByRole('heading', { name: 'Evidence log' }) })
  await panel.getByRole('button', { name: 'Verify here' }).click()
  await expect(panel.getByText('Everything holds')).toBeVisible({ timeout: 60_000 })
  // Somebody else’s history: the same head with another root.
  await admin.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.startsWith('opsflow.kept-head.')) as string
    const lines = (localStorage.getItem(name) as string).split('\n')
    lines[2] = btoa('x'.repeat(32))
    localStorage.setItem(name, lines.join('\n'))
  })
  await panel.getByRole('button', { name: 'Verify here' }).click()
  await expect(panel.getByText('Something does not hold')).toBeVisible({ timeout: 60_000 })
})
