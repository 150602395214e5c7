import type { Page } from '@playwright/test'
import { ask, people, personAt } from './people.ts'
import { test } from './product.ts'
import { LOOKS, stands } from './stands.ts'

const MENU = [
  '/dashboard',
  '/temperature',
  '/temperature/log',
  '/alarms',
  '/tasks',
  '/checklists',
  '/checklists/look',
  '/overview',
  '/audits',
  '/processes',
  '/processes/begin',
  '/processes/probes',
  '/findings',
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
  '/inspector',
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
  '/inspection#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '/verify#AAAAAAAAAAAAAAAAAAAAAA',
  '/no-such-page',
]
/** Some twenty pages in one test, each at three sizes. */
const LONG_MS = 600_000
test.describe.configure({ mode: 'parallel' })

const STANDS = 'nothing in the console, no sideways scrolling, no barrier in light or dark'
const HALF = MENU.indexOf('/settings/checklists')
const KINDS = {
  'every page of the menu': async () => MENU.slice(0, HALF),
  'every page of the settings': async () => MENU.slice(HALF),
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
