import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing, take } from './camera.ts'
import { isWhole } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const seen = async (page: Page, step: string) => {
  if (LOOKS) await page.screenshot({ path: `${LOOKS}/visits-${step}.png`, fullPage: true })
  expect(await barriersIn(page), step).toEqual([])
}

test('two audits are laid side by side, and stand in the month', async ({ browser }) => {
  test.slow()
  const chief = await personAt(browser, people.admin)
  const priya = await personAt(browser, people.manager, phone)
  const [store] = (await ask(priya, 'GET', '/locations')).body.items
  const audit = await template(chief, ['Floor drains', 'Soap at the sink'])
  await audited(priya, audit, store.id, [false, true])
  const last = await audited(priya, audit, store.id, [true, false])

  await test.step('two are picked from the list', async () => {
    await open(chief, '/audits')
    await chief.getByRole('button', { name: 'Compare two' }).click()
    const mine = chief.getByRole('checkbox', { name: audit.name })
    await mine.nth(0).check()
    await mine.nth(1).check()
    await seen(chief, 'picked')
    await chief.getByRole('link', { name: 'Lay them side by side' }).click()
    await expect(chief.getByText('Worse · 1')).toBeVisible()
    await expect(chief.getByText('Better · 1')).toBeVisible()
    await expect(chief.getByRole('row', { name: /Floor drains/ })).toContainText('Better')
    await seen(chief, 'side-by-side')
  })

  await test.step('the same from a record, on a phone', async () => {
    await open(priya, `/checklists/record?id=${last}`)
    await priya.getByRole('link', { name: 'Compare with it' }).click()
    await expect(priya.getByRole('row', { name: /Soap at the sink/ })).toContainText('Worse')
    await seen(priya, 'side-by-side-phone')
  })

  await test.step('the month shows them under their day, by keyboard too', async () => {
    await open(chief, '/audits')
    await chief.getByRole('tab', { name: 'Calendar' }).click()
    const today = chief.locator('td[aria-current=date]').getByRole('button')
    await today.focus()
    await chief.keyboard.press('Enter')
    await expect(chief.getByRole('link', { name: audit.name }).first()).toBeVisible()
    await seen(chief, 'calendar')
    await open(priya, '/audits')
    await priya.getByRole('tab', { name: 'Calendar' }).click()
    await expect(priya.getByRole('heading', { level: 3 }).first()).toBeVisible()
    await seen(priya, 'calendar-phone')
  })
})

test('a photo is drawn on and stays as it was; where two auditors differ, one answer is chosen', async ({
  browser,
}) => {
  test.slow()
  const chief = await personAt(browser, people.admin)
  const dana = await personAt(browser, people.districtManager, tablet)
  const [store] = (await ask(dana, 'GET', '/locations')).body.items
  const { templateId, items } = await template(chief, ['Floor drains', 'Soap at the sink'])
  const id = randomUUID()
  expect((await ask(dana, 'POST', '/checklists', { id, templateId, locationId: store.id })).status).toBe(201)

  await test.step('she draws on what she photographed', async () => {
    await open(dana, `/checklists/do?id=${id}`)
    await dana.getByRole('button', { name: 'Fail', exact: true }).click()
    await dana.getByLabel('What was wrong?').fill('Grease around the drain')
    await take(dana, await drawing(dana, 'label'))
    await dana.getByRole('button', { name: 'Draw on photo 1' }).click()
    const sheet = dana.getByRole('img', { name: /^The photo/ })
    await expect(sheet).toHaveAttribute('width', '2048')
    await draw(dana, 0.2, 0.3, 0.7, 0.6)
    await dana.getByRole('button', { name: 'Circle' }).click()
    await draw(dana, 0.6, 0.5, 0.85, 0.8)
    await expect(dana.getByRole('img', { name: 'The photo with 2 marks' })).toBeVisible()
    await dana.getByRole('button', { name: 'Undo' }).click()
    await expect(dana.getByRole('img', { name: 'The photo with one mark' })).toBeVisible()
    await seen(dana, 'draw')
    await dana.getByRole('button', { name: 'Keep the drawing' }).click()
    await expect(dana.getByRole('img', { name: 'Photo 1, drawn on' })).toBeVisible()
    await dana.getByRole('button', { name: 'Go on' }).click()
    await expect(dana.getByRole('heading', { name: 'Soap at the sink' })).toBeVisible()
    await dana.getByRole('button', { name: 'Pass', exact: true }).click()
    await isWhole(dana)
    const { body } = await ask(dana, 'GET', `/checklists/${id}`)
    const failing = body.answers.findLast(({ photos }: { photos: number }) => photos === 1)
    const { items: named } = (await ask(dana, 'GET', `/evidence?ownerKind=checklist_answer&ownerId=${failing.id}`)).body
    const original = named.find(({ annotates }: { annotates: string | null }) => annotates === null)
    expect(named.map(({ annotates }: { annotates: string | null }) => annotates)).toContain(original.fileId)
    expect(failing.photoHashes).toHaveLength(2)
  })

  await test.step('somebody else had said otherwise without having seen hers', async () => {
    const given = {
      id: randomUUID(),
      itemId: items[1],
      value: { kind: 'pass_fail', passes: false },
      note: 'Empty',
      knew: [],
    }
    expect((await ask(chief, 'POST', `/checklists/${id}/answers`, given)).status).toBe(201)
    await expect(dana.getByRole('heading', { name: '1 item is still owed' })).toBeVisible()
    await dana.getByRole('button', { name: /Soap at the sink/ }).click()
    const both = dana.getByRole('region', { name: 'Answered in two ways' })
    await expect(both.getByText('Empty')).toBeVisible()
    await seen(dana, 'disputed')
    await both.getByRole('button', { name: 'This one holds' }).last().click()
    await expect(both).toHaveCount(0)
    await isWhole(dana)
    const { body } = await ask(dana, 'GET', `/checklists/${id}`)
    expect(body.answers.at(-1)).toMatchObject({ note: 'Empty', outcome: 'fail', knew: [expect.any(String), given.id] })
  })
})

/** With the finger or the mouse, from one part of the photo to another. */
async function draw(page: Page, fromX: number, fromY: number, toX: number, toY: number) {
  const box = await page.getByRole('img', { name: /^The photo/ }).boundingBox()
  if (!box) throw new Error('The photo is not there.')
  await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 6 })
  await page.mouse.up()
}

async function template(chief: Page, labels: readonly string[]) {
  const name = `Side by side ${Date.now() % 1_000_000}`
  const items = labels.map((label) => ({ kind: 'pass_fail', id: randomUUID(), label, onFail: { leadsTo: 'nothing' } }))
  const made = await ask(chief, 'POST', '/checklist-templates', {
    ...{ name, category: 'audit' },
    draft: {
      sections: [{ id: randomUUID(), title: 'Kitchen', items }],
      scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 80 },
    },
  })
  const { id, revision } = made.body
  expect((await ask(chief, 'POST', `/checklist-templates/${id}/publications`, { revision })).status).toBeLessThan(300)
  return { name, templateId: id as string, items: items.map((item) => item.id) }
}

async function audited(
  page: Page,
  audit: { templateId: string; items: string[] },
  locationId: string,
  passes: boolean[],
) {
  const id = randomUUID()
  const begun = { id, templateId: audit.templateId, locationId }
  expect((await ask(page, 'POST', '/checklists', begun)).status).toBe(201)
  for (const [at, itemId] of audit.items.entries()) {
    const value = { kind: 'pass_fail', passes: passes[at] }
    const given = { id: randomUUID(), itemId, value, note: passes[at] ? '' : 'Seen' }
    expect((await ask(page, 'POST', `/checklists/${id}/answers`, given)).status).toBe(201)
  }
  expect((await ask(page, 'POST', `/checklists/${id}/completion`, {})).status).toBe(200)
  return id
}

const open = async (page: Page, path: string) => {
  const org = /^\/o\/[^/]+/.exec(new URL(page.url()).pathname)?.[0] ?? ''
  await page.goto(org + path)
}
