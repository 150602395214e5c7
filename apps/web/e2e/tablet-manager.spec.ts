import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { isKept } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'
import { choosePin, coolerAt, lock, press, tabletAt } from './tablet.ts'

const PINS = { Ana: '402957', Mo: '583204' }
const stamp = Date.now() % 1_000_000
const HOOD = `Call about the hood ${stamp}`
const FLOOR = `Floor check ${stamp}`

test.use({ actionTimeout: 20_000 })

test('on a shared tablet a cook signs a checklist with her PIN; the manager verifies it there, and has what nobody has', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const admin = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager)
  const store = (await ask(priya, 'GET', '/session')).body.locations[0].id as string
  const elsewhere = (await ask(admin, 'GET', '/locations?limit=50')).body.items.find(
    ({ id }: { id: string }) => id !== store,
  ).id as string
  const ana = await hired(admin, 'Ana', [at('org:member', store), at('org:manager', elsewhere)])
  const mo = await hired(admin, 'Mo', [at('org:manager', store)])
  await overdueForManagers(priya, store)
  const list = await beginOne(admin, store)
  const { tablet } = await tabletAt(browser, priya, store)
  const section = (title: string) =>
    tablet
      .getByRole('main')
      .locator('section')
      .filter({ has: tablet.getByRole('heading', { name: title }) })

  await test.step('a manager of another store is a cook here: the managers’ task is others’ work', async () => {
    await choosePin(tablet, ana.name, await temporaryPin(admin, ana.id), PINS.Ana)
    await expect(section('Others’ work here')).toContainText(HOOD)
    await expect(section('Tasks')).not.toContainText(HOOD)
  })

  await test.step('she answers, and signs with her PIN', async () => {
    await section('Checklists').getByRole('button').filter({ hasText: FLOOR }).tap()
    await tablet.getByRole('button', { name: 'Pass', exact: true }).tap()
    await tablet.getByRole('button', { name: 'Sign and complete' }).tap()
    await look(tablet, 'sign-checklist')
    await press(tablet, '402958')
    await expect(tablet.getByText('This PIN is not right.')).toBeVisible()
    await press(tablet, PINS.Ana)
    await expect(tablet.getByRole('heading', { name: 'Done' })).toBeVisible()
    await expect(tablet.getByText('A second person has still to verify this.')).toBeVisible()
    await lock(tablet)
  })

  await test.step('the manager on duty says at the tablet that they have what is past its time', async () => {
    await choosePin(tablet, mo.name, await temporaryPin(admin, mo.id), PINS.Mo)
    await expect(section('Tasks')).toContainText(HOOD)
    const all = section('Someone has to look after this').getByRole('button', { name: /^Show all/ })
    const card = tablet.locator('li[data-matter]').filter({ hasText: HOOD })
    await expect(card.or(all).first()).toBeVisible({ timeout: 60_000 })
    if (await all.isVisible()) await all.tap()
    await expect(card).toContainText('Nobody has it yet', { timeout: 60_000 })
    await look(tablet, 'matters')
    await card.getByRole('button', { name: 'I have it' }).tap()
    await expect(card).toContainText(`${mo.name} has it`)
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
    const matters = (await ask(priya, 'GET', `/matters?locationId=${store}&kind=task&limit=200`)).body.items
    const { events } = matters.find(({ name }: { name: string }) => name === HOOD)
    expect(events.at(-1)).toMatchObject({
      event: 'acknowledged',
      by: { name: mo.name },
      kiosk: { name: 'Line tablet' },
    })
  })

  await test.step('a failed check of a unit stands in one place, as a matter, and leads to what is to be done', async () => {
    const cooler = await coolerAt(priya, store)
    const reading = { unitId: cooler.id, value: '58', unit: 'F', measuredAt: new Date().toISOString() }
    const logged = await ask(priya, 'POST', '/temperature-logs', reading)
    expect(logged.body.correctiveActionId).not.toBeNull()
    const card = tablet.locator('li[data-matter]').filter({ hasText: `${cooler.name} reads 58` })
    const all = section('Someone has to look after this').getByRole('button', { name: /^Show all/ })
    await expect(card.or(all).first()).toBeVisible({ timeout: 60_000 })
    await expect(async () => {
      if (await all.isVisible()) await all.tap()
      await expect(card).toHaveCount(1, { timeout: 1000 })
    }).toPass({ timeout: 60_000 })
    await expect(section('Corrective actions').getByRole('button').filter({ hasText: cooler.name })).toHaveCount(0)
    await card.scrollIntoViewIfNeeded()
    await look(tablet, 'failed-once')
    await card.getByRole('link').tap()
    await expect(tablet.getByRole('heading', { level: 1 }).filter({ hasText: cooler.name })).toBeVisible()
    await tablet.getByRole('button', { name: 'My work' }).tap()
  })

  await test.step('takes the duty there with the PIN, and ends it', async () => {
    const duty = tablet.getByRole('list', { name: 'Manager on duty' })
    await duty.getByRole('button', { name: /I am on duty|Take over/ }).tap()
    const dialog = tablet.getByRole('dialog')
    await expect(dialog.getByRole('combobox', { name: 'Who' })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'I am on duty' }).tap()
    await look(tablet, 'sign-duty')
    await press(tablet, '583205')
    await expect(tablet.getByText('This PIN is not right.')).toBeVisible()
    await press(tablet, PINS.Mo)
    await expect(duty).toContainText('You, until')
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
    const latest = async () => (await ask(priya, 'GET', `/duties?locationId=${store}`)).body.items[0]
    expect(await latest()).toMatchObject({ member: { name: mo.name }, kiosk: { name: 'Line tablet' }, endedAt: null })
    await duty.getByRole('button', { name: 'End duty' }).tap()
    await dialog.getByRole('button', { name: 'End duty' }).tap()
    await press(tablet, PINS.Mo)
    await expect(duty).toContainText('Nobody: all managers of this place are told.')
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
    expect(await latest()).toMatchObject({ member: { name: mo.name }, endedBy: { name: mo.name } })
  })

  await test.step('and verifies what the cook did, with a PIN of their own', async () => {
    await section('Done lately').getByRole('link').filter({ hasText: FLOOR }).tap()
    await tablet.getByRole('button', { name: 'Verify and sign' }).tap()
    await press(tablet, PINS.Mo)
    await expect(tablet.getByText('Verified', { exact: true }).first()).toBeVisible()
    await expect(tablet.getByText('What stands now is what was signed.')).toHaveCount(2)
    await look(tablet, 'verified')
    await expect(tablet.getByRole('button', { name: 'Everything is sent' })).toBeVisible()
    const { signOffs } = (await ask(priya, 'GET', `/checklists/${list}`)).body.checklist
    const by = (name: string, meaning: string) => ({
      ...{ by: { name }, meaning, kiosk: { name: 'Line tablet' }, signature: 'pin' },
    })
    expect(signOffs).toMatchObject([by(ana.name, 'performed'), by(mo.name, 'verified')])
  })

  await test.step('without a network a task is given to anybody the tablet last heard of', async () => {
    await tablet.getByRole('button', { name: 'My work' }).tap()
    await isKept(tablet)
    await tablet.context().setOffline(true)
    await expect(tablet.getByText('Offline.').first()).toBeVisible({ timeout: 60_000 })
    await section('Tasks').getByRole('button', { name: 'New task' }).tap()
    const known = tablet.getByRole('dialog').locator('optgroup[label^="People, as of"] option')
    await expect(known.filter({ hasText: ana.name })).toHaveCount(1)
    await look(tablet, 'given-offline')
    await tablet.getByRole('dialog').getByRole('button', { name: 'Cancel' }).tap()
    await tablet.context().setOffline(false)
  })
})

const at = (role: string, locationId: string) => ({ role, locationId })

/** Of this test alone; taken off the tablets’ lists by nobody, so that the name is its own. */
async function hired(admin: Page, first: string, grants: object[]): Promise<{ id: string; name: string }> {
  const name = `${first} ${stamp}`
  const made = await ask(admin, 'POST', '/members', { name, grants })
  expect(made.status).toBe(201)
  return { id: made.body.id, name }
}

const temporaryPin = async (admin: Page, id: string): Promise<string> =>
  (await ask(admin, 'POST', `/members/${id}/temporary-pin`)).body.pin

async function overdueForManagers(manager: Page, locationId: string) {
  const dueAt = new Date(Date.now() - 60_000).toISOString()
  const task = { locationId, title: HOOD, priority: 'urgent', assignee: { role: 'org:manager' }, dueAt }
  expect((await ask(manager, 'POST', '/tasks', task)).status).toBe(201)
}

/** Signed by whoever did it, verified by someone else. */
async function beginOne(admin: Page, locationId: string): Promise<string> {
  const items = [{ kind: 'pass_fail', id: randomUUID(), label: 'The floor is dry' }]
  const sections = [{ id: randomUUID(), title: 'Closing', items }]
  const draft = { needsSignature: true, needsVerification: true, sections }
  const made = await ask(admin, 'POST', '/checklist-templates', { name: FLOOR, draft })
  const { id: templateId, revision } = made.body
  await ask(admin, 'POST', `/checklist-templates/${templateId}/publications`, { revision, note: '' })
  const id = randomUUID()
  expect((await ask(admin, 'POST', '/checklists', { id, templateId, locationId })).status).toBe(201)
  return id
}

async function look(tablet: Page, name: string) {
  await tablet.screenshot({ path: `test-results/kiosk/${name}.png` })
  expect.soft(await barriersIn(tablet), name).toEqual([])
}
