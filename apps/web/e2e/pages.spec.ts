import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
const MENU = [
  '/dashboard',
  '/temperature',
  '/temperature/log',
  '/alarms',
  '/tasks',
  '/checklists',
  '/checklists/look',
  '/overview',
  '/corrective-actions',
  '/inbox',
  '/needs-attention',
  '/settings/checklists',
  '/settings/checklists/library',
  '/settings/schedules',
  '/settings/schedules/new',
  '/settings/places',
  '/settings/places/files',
  '/settings/units',
  '/settings/people',
  '/settings/roles',
  '/settings/activity',
  '/settings/account',
  '/settings/devices',
  '/settings/api-keys',
  '/settings/brand',
  '/settings/preferences',
  '/settings/alerts',
  '/settings/tablets',
  '/settings/codes',
  '/settings/pin',
  '/import',
]
const DOOR = [
  '/sign-in',
  '/at?code=0123456789ABCDEFGHJK',
  '/first-run',
  '/reset-password',
  '/reset-password/new',
  '/verify-email',
  '/invitation',
  '/sign-up',
  '/sign-up/organization',
  '/kiosk',
  '/no-such-page',
]
/** Forty pages, each judged twice. */
const LONG_MS = 600_000
const WIDTHS = [390, 820, 1440]
const THEMES = ['light', 'dark'] as const

for (const width of WIDTHS) {
  test(`every page at ${width} px: nothing in the console, no sideways scrolling, no barrier in light or dark`, async ({
    browser,
  }) => {
    test.setTimeout(LONG_MS)
    const page = await personAt(browser, people.admin, { viewport: { width, height: 900 } })
    const paths = [...MENU, ...(await pagesOfOneThing(page)), ...DOOR]
    for (const path of paths) await test.step(path, () => stands(page, path))
  })
}

test('a member’s and a manager’s dashboard stand on a phone and on a tablet', async ({ browser }) => {
  test.slow()
  for (const email of [people.member, people.manager]) {
    for (const width of [390, 820]) await test.step(`${email} at ${width} px`, () => dashboardOf(browser, email, width))
  }
})

async function dashboardOf(browser: Browser, email: string, width: number) {
  const page = await personAt(browser, email, { viewport: { width, height: 900 } })
  await stands(page, '/dashboard')
  await page.context().close()
}

async function pagesOfOneThing(page: Page): Promise<string[]> {
  const [units, tasks, actions, members] = await Promise.all([
    ask(page, 'GET', '/units?limit=1'),
    ask(page, 'GET', '/tasks?limit=1&causeKind=by_hand'),
    ask(page, 'GET', '/corrective-actions?limit=1'),
    ask(page, 'GET', '/members?limit=1'),
  ])
  return [
    `/temperature/unit?id=${units.body.items[0].id}`,
    `/temperature/log?unit=${units.body.items[0].id}`,
    `/tasks/one?id=${tasks.body.items[0].id}`,
    `/tasks/at?code=0123456789ABCDEFGHJK`,
    `/corrective-actions/one?id=${actions.body.items[0].id}`,
    `/settings/people/one?id=${members.body.items[0].id}`,
  ]
}

/** Everything is gathered before it is judged, so that one run tells all that is wrong with a page. */
async function stands(page: Page, path: string) {
  const said: string[] = []
  const listen = (message: { type: () => string; text: () => string }) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  }
  const fail = (error: Error) => said.push(String(error))
  page.on('console', listen)
  page.on('pageerror', fail)
  await page.goto(path)
  await page.getByRole('main').first().waitFor()
  await expect(page.locator('[class*=breathe]'), 'placeholders').toHaveCount(0)
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const barriers: string[] = []
  for (const theme of THEMES) barriers.push(...(await barriersIn(page, theme)))
  page.off('console', listen)
  page.off('pageerror', fail)

  expect.soft(barriers, `${path}: barriers`).toEqual([])
  expect.soft(tooWide, `${path}: pixels too wide`).toBeLessThanOrEqual(0)
  expect.soft(expected(path, said), `${path}: console`).toEqual([])
}

async function barriersIn(page: Page, theme: (typeof THEMES)[number]): Promise<string[]> {
  // Colours are judged where they come to rest.
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' · ')}`)
}

/** A page that does not exist is answered with 404, and the browser says so. */
const expected = (path: string, said: string[]) =>
  path === '/no-such-page' ? said.filter((text) => !text.includes('404')) : said
