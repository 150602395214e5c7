import type { ConsoleMessage, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

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
/** Twenty pages or more in one test, each at three sizes. */
const LONG_MS = 600_000
/** A page is looked at in each size, and judged in both themes where it is narrowest and where it is widest. */
const LOOKS = [
  { width: 390, themes: ['light', 'dark'] },
  { width: 820, themes: ['light'] },
  { width: 1440, themes: ['light', 'dark'] },
] as const
type Look = (typeof LOOKS)[number]

test.describe.configure({ mode: 'parallel' })

const STANDS = 'nothing in the console, no sideways scrolling, no barrier in light or dark'
const KINDS = {
  'every page of the menu': async () => MENU,
  'every page of one thing and at the door': async (page: Page) => [...(await pagesOfOneThing(page)), ...DOOR],
}

for (const [kind, pathsOf] of Object.entries(KINDS)) {
  test(`${kind}: ${STANDS}`, async ({ browser }) => {
    test.setTimeout(LONG_MS)
    const page = await personAt(browser, people.admin)
    for (const path of await pathsOf(page)) await test.step(path, () => stands(page, path, LOOKS))
  })
}

test('a member’s and a manager’s dashboard stand on a phone and on a tablet', async ({ browser }) => {
  test.slow()
  for (const email of [people.member, people.manager]) {
    const page = await personAt(browser, email)
    await stands(page, '/dashboard', LOOKS.slice(0, 2))
  }
})

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

/** Loaded once, at the first of the looks. One run tells all that is wrong with a page. */
async function stands(page: Page, path: string, looks: readonly Look[]) {
  const said: string[] = []
  const listen = (message: ConsoleMessage) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${message.text()} ${message.location().url}`)
  }
  const fail = (error: Error) => said.push(String(error))
  page.on('console', listen)
  page.on('pageerror', fail)
  await show(page, looks[0])
  await page.goto(path)
  await page.getByRole('main').first().waitFor()
  await expect(page.locator('[class*=breathe]'), 'placeholders').toHaveCount(0)
  for (const look of looks) {
    await show(page, look)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect.soft(tooWide, `${path} at ${look.width} px: pixels too wide`).toBeLessThanOrEqual(0)
    for (const theme of look.themes) {
      // Colours are judged where they come to rest.
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      expect.soft(await barriersIn(page), `${path} at ${look.width} px, ${theme}`).toEqual([])
    }
  }
  page.off('console', listen)
  page.off('pageerror', fail)
  expect.soft(expected(path, said), `${path}: console`).toEqual([])
}

/** The page stays as it is loaded and follows the size of its window, as it does on a tablet that is turned. */
const show = (page: Page, look: Look | undefined) => page.setViewportSize({ width: look?.width ?? 390, height: 900 })

/** A page that does not exist is answered with 404, and the browser says so. */
const expected = (path: string, said: string[]) =>
  path === '/no-such-page' ? said.filter((text) => !text.includes('404')) : said
