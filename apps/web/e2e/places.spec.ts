import { expect, test } from './installed.ts'
import { keepNotice } from './notices.ts'
import { ask, people, personAt } from './people.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('a district manager on a phone sees only her stores', async ({ browser }) => {
  const renata = await personAt(browser, people.district, phone)
  await renata.goto('/settings/places')
  const places = renata.getByRole('main')
  await expect(places.getByText('3 locations · 3 groups')).toBeVisible()
  await places.getByRole('button', { name: /^East/ }).tap()
  await places.getByRole('button', { name: /^New Jersey/ }).tap()
  await expect(places.getByRole('button', { name: /^(Lantern Row|Mill Square)/ })).toHaveCount(2)
  await expect(places.getByText('Midwest')).toHaveCount(0)

  await renata.getByRole('button', { name: /^Brass Bell Burgers/ }).tap()
  await expect(renata.getByRole('menuitemcheckbox')).toHaveText([
    'All 3 locations',
    'Lantern Row',
    'Mill Square',
    'Station Plaza',
  ])
  const [groups, locations] = await Promise.all([
    ask(renata, 'GET', '/location-groups'),
    ask(renata, 'GET', '/locations'),
  ])
  expect(groups.body.items.map(({ name }: { name: string }) => name)).toEqual(['East', 'New Jersey', 'New York'])
  expect(locations.body.items.map(({ name }: { name: string }) => name)).toEqual([
    'Lantern Row',
    'Mill Square',
    'Station Plaza',
  ])
})

test('the tree is walked by keyboard, a location moved, and the move undone', async ({ browser }) => {
  const dana = await personAt(browser, people.admin, { viewport: { width: 1440, height: 900 } })
  await dana.goto('/settings/places')
  const row = (name: string) => dana.getByRole('treeitem', { name, exact: true })
  await row('East').focus()
  await dana.keyboard.press('ArrowLeft')
  await expect(row('New Jersey')).toHaveCount(0)
  await dana.keyboard.press('ArrowRight')
  await dana.keyboard.press('ArrowRight')
  await expect(row('New Jersey')).toBeFocused()
  await dana.keyboard.press('End')
  await expect(row('Prairie Junction')).toBeFocused()
  await dana.keyboard.press('Enter')
  await expect(dana.getByRole('dialog', { name: 'Prairie Junction' })).toBeVisible()
  await expect(dana.getByLabel('Opens, Monday')).toHaveValue('06:00')
  await dana.keyboard.press('Escape')

  await row('Prairie Junction').getByRole('button', { name: 'Actions for Prairie Junction' }).click()
  await dana.getByRole('menuitem', { name: 'Move to…' }).click()
  await dana.getByRole('radio', { name: 'East > New York' }).check()
  await expect(dana.getByText('Will reach it: Renata Okonjo')).toBeVisible()
  await dana.getByRole('button', { name: 'Move', exact: true }).click()
  await keepNotice(dana)
  await expect(row('New York')).toContainText('2 locations')
  await dana.getByRole('button', { name: 'Undo' }).click()
  await expect(row('New York')).toContainText('1 location')
})

test('a location that closes is gone from another person’s screen, and back when it is undone', async ({ browser }) => {
  const dana = await personAt(browser, people.admin, { viewport: { width: 1440, height: 900 } })
  const renata = await personAt(browser, people.district, phone)
  await dana.goto('/settings/places')
  await dana.getByRole('button', { name: 'Actions for Station Plaza' }).locator('visible=true').click()
  await dana.getByRole('menuitem', { name: 'Close' }).click()
  await keepNotice(dana)
  await expect(
    renata.getByRole('button', { name: /^Brass Bell Burgers: All 2 locations|All 2 locations/ }),
  ).toBeVisible()
  await dana.getByRole('button', { name: 'Undo' }).click()
  await expect(renata.getByRole('button', { name: /All 3 locations/ })).toBeVisible()
})

test.describe('with no server for a while', () => {
  test.use({ look: phone })
  test('a location that closed meanwhile is gone when it is there again', async ({ device, browser }) => {
    const { page: renata, front, visit } = device
    const dana = await personAt(browser, people.admin)
    const { body } = await ask(dana, 'GET', '/locations?limit=200')
    const { id } = body.items.find(({ name }: { name: string }) => name === 'Station Plaza')
    await visit(people.district)
    await expect(renata.getByRole('button', { name: /All 3 locations/ })).toBeVisible()
    await front.stop()
    await expect(renata.getByRole('status').filter({ hasText: 'Offline' }).first()).toBeVisible()
    expect((await ask(dana, 'PATCH', `/locations/${id}`, { closed: true })).status).toBe(200)
    await front.comeBack()
    await expect(renata.getByRole('button', { name: /All 2 locations/ })).toBeVisible()
    expect((await ask(dana, 'PATCH', `/locations/${id}`, { closed: false })).status).toBe(200)
    await expect(renata.getByRole('button', { name: /All 3 locations/ })).toBeVisible()
  })
})
