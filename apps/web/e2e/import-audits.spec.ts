import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
/** A peer's export, with its licence beside it. */
const PEER = new URL('../../../capabilities/imports/fixtures/safetyculture-audit.json', import.meta.url)

/** As the city writes it: among the first of the list, whatever the demo did before. */
const today = new Date().toISOString().replace(/^(\d+)-(\d+)-(\d+)T.*$/, '$2/$3/$1')

/** As New York City writes them, of places that are made up: one letter is not what its points come to. */
function city(mark: string): string {
  const header =
    'CAMIS,DBA,BORO,BUILDING,STREET,INSPECTION DATE,ACTION,VIOLATION CODE,VIOLATION DESCRIPTION,CRITICAL FLAG,SCORE,GRADE,INSPECTION TYPE'
  const row = (place: number, text: string, score: string, grade: string, day = today) =>
    `${mark}${place},"MADE UP, No ${place}",Queens,${place},ELM STREET,${day},Violations were cited.,02B,"${text}",Critical,${score},${grade},Cycle ${mark}`
  return [
    header,
    row(1, 'Hot food item not held hot', '12', 'A'),
    row(1, 'Mice, ""two""\nin the cellar', '12', 'A'),
    row(2, 'Toilet', '5', 'C'),
    row(3, 'Not ours', '30', 'C'),
    row(4, 'No day', '3', 'A', 'soon'),
  ].join('\n')
}

test('inspections of a city come in: looked at, placed, imported, and marked among the audits', async ({ browser }) => {
  test.slow()
  const chief = await personAt(browser, people.admin)
  const mark = `${Date.now() % 1_000_000}`
  const seen = async (page: Page, step: string) => {
    if (LOOKS) {
      for (const [width, height] of [
        [390, 844],
        [820, 1180],
        [1440, 900],
      ] as const) {
        await page.setViewportSize({ width, height })
        await page.screenshot({ path: `${LOOKS}/import-${step}-${width}.png`, fullPage: true })
      }
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: `${LOOKS}/import-${step}-dark.png`, fullPage: true })
      await page.emulateMedia({ colorScheme: 'light' })
    }
    expect(await barriersIn(page), step).toEqual([])
  }

  await test.step('the file says what it is, which row is wrong and which letter does not agree', async () => {
    await open(chief, '/audits')
    await chief.getByRole('link', { name: 'Import and export' }).click()
    await seen(chief, 'file')
    await chief.getByLabel('File', { exact: true }).setInputFiles(csv('city.csv', city(mark)))
    await chief.getByRole('button', { name: 'Look into it' }).click()
    await expect(chief.getByText('Restaurant inspections of New York City')).toBeVisible()
    await expect(chief.getByText('1 row cannot be taken. They are listed below.')).toBeVisible()
    await expect(chief.getByRole('row').filter({ hasText: /MADE UP, No 25CA$/ })).toBeVisible()
    await seen(chief, 'look')
  })

  await test.step('a person says which place is which, and only that is imported', async () => {
    await chief.getByRole('button', { name: 'Which place is which' }).click()
    const begin = chief.getByRole('button', { name: /^Import/ })
    await expect(begin).toBeDisabled()
    for (const place of [1, 2]) {
      await chief.getByLabel(`MADE UP, No ${place} is`).selectOption({ index: 1 })
      await expect(chief.getByText(`${place} of 3 are yours`)).toBeVisible()
    }
    await seen(chief, 'places')
    await chief.getByRole('button', { name: 'Import 3 rows' }).click()
    await expect(chief.getByText('Imported', { exact: true })).toBeVisible()
    await expect(figure(chief, 'Taken')).toHaveText('3')
    await expect(figure(chief, 'Of other places')).toHaveText('1')
    await expect(figure(chief, 'Not taken')).toHaveText('1')
    await seen(chief, 'result')
  })

  await test.step('among the audits they are marked, and tell what was given beside what we compute', async () => {
    await chief.getByRole('link', { name: 'See the audits' }).click()
    const row = chief.getByRole('listitem').filter({ hasText: `Cycle ${mark}` })
    await expect(row).toHaveCount(2)
    await expect(row.filter({ hasText: 'Does not agree' })).toContainText('By our rules: Grade A')
    await seen(chief, 'list')
    await row.filter({ hasText: '2 noted' }).getByRole('link').click()
    await expect(chief.getByText('Mice, "two"')).toBeVisible()
    await expect(chief.getByText('counts in no average')).toBeVisible()
    await seen(chief, 'one')
  })

  await test.step('a peer’s export tells item by item what ours cannot say', async () => {
    await open(chief, '/audits/import')
    const file = { name: 'audit.json', mimeType: 'application/json', buffer: readFileSync(PEER) }
    await chief.getByLabel('File', { exact: true }).setInputFiles(file)
    await chief.getByRole('button', { name: 'Look into it' }).click()
    await expect(chief.getByText('An export of SafetyCulture')).toBeVisible()
    await expect(chief.getByText('is asked as the nearest of our kinds')).toBeVisible()
    await expect(chief.getByText('was never completed there')).toBeVisible()
    await seen(chief, 'peer')
  })

  await test.step('everything leaves as tables, and in a format of our own', async () => {
    await chief.getByRole('button', { name: 'Another file' }).click()
    const leaving = chief.waitForEvent('download')
    await chief.getByRole('link', { name: 'Findings, CSV' }).click()
    const path = await (await leaving).path()
    expect(readFileSync(path, 'utf8')).toContain('imported,nyc,')
  })
})

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

const figure = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')

async function open(page: Page, path: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}${path}`)
}
