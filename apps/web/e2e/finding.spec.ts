import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing, take } from './camera.ts'
import { answer, goOffline, isWhole, press } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
/** Of this walk alone: what an earlier one found is on the board too. */
const questions = (mark: number) =>
  ['Floor drains', 'Soap at the sink', 'Dates on tubs', 'Doors'].map((of) => `${of} ${mark}`) as Four
type Four = [string, string, string, string]

test('an audit without a network finds three things, which the store puts right, she confirms, and the next visit knows', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const mark = Date.now() % 10_000_000
  const labels = questions(mark)
  const [drains, sink, dates, doors] = labels
  const chief = await personAt(browser, people.admin)
  const dana = await personAt(browser, people.districtManager, { ...keepsApp, ...tablet })
  const priya = await personAt(browser, people.manager, phone)
  const [store] = (await ask(priya, 'GET', '/locations')).body.items
  const templateId = await template(chief, labels)
  const seen = async (page: Page, step: string) => {
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/finding-${step}.png`, fullPage: true })
    expect(await barriersIn(page), step).toEqual([])
  }

  await test.step('offline, on a tablet, she audits: three findings stand at once', async () => {
    await begin(dana, templateId, store.id, drains)
    await isWhole(dana)
    await goOffline(dana)
    await fails(dana, drains, 'Grease around the drain', true)
    await fails(dana, sink, 'Empty since morning')
    await fails(dana, dates, 'Two tubs without a date')
    await expect(dana.getByRole('heading', { name: doors })).toBeVisible()
    await dana.getByRole('button', { name: 'Pass', exact: true }).click()
    await measures(dana, '51')
    await dana.getByRole('button', { name: 'Go on' }).click()
    await dana.getByRole('button', { name: 'Complete', exact: true }).click()
    await expect(dana.getByText('3 to be put right')).toBeVisible()
    await expect(found(dana)).toHaveCount(3)
    await seen(dana, 'done-offline')
    await dana.context().setOffline(false)
    await isWhole(dana)
  })

  await test.step('the store sees them with their time, and puts one right with a photo', async () => {
    await open(priya, '/findings')
    const rows = priya.getByRole('region', { name: store.name })
    for (const label of [drains, sink, dates]) await expect(rows.getByRole('link', { name: label })).toBeVisible()
    await seen(priya, 'board')
    await rows.getByRole('link', { name: drains }).click()
    await expect(priya.getByText('Grease around the drain')).toBeVisible()
    await expect(priya.getByRole('button', { name: /open it large/ })).toBeVisible()
    await seen(priya, 'one')
    await priya.getByRole('button', { name: 'I have put it right' }).click()
    await priya.getByLabel('What was done?').fill('Drain scrubbed and rinsed')
    await take(priya, await drawing(priya, 'label'))
    await expect(priya.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
    await answer(priya, 'Why could it come to that?', 'It was not done')
    await priya.getByLabel('What it cost').fill('12.50')
    await seen(priya, 'fix')
    await priya.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(priya.getByText('Someone else confirms what you have put right.')).toBeVisible()
    await expect(priya.getByText('Cost $12.50')).toBeVisible()
    await seen(priya, 'fixed')
    await putRight(priya, sink, 'Soap filled')
    await isWhole(priya)
  })

  await test.step('she confirms one and sends one back, with a reason', async () => {
    await open(dana, '/findings')
    await dana.getByRole('tab', { name: /To be confirmed/ }).click()
    await dana.getByRole('link', { name: drains }).click()
    await expect(dana.getByText('Drain scrubbed and rinsed')).toBeVisible()
    await expect(dana.getByText(/^Waiting for/)).toHaveCount(0)
    await seen(dana, 'to-confirm')
    await dana.getByRole('button', { name: 'Confirm: it is in order' }).click()
    await expect(dana.getByText('Confirmed. Nothing is owed any more.')).toBeVisible()
    await dana.getByRole('link', { name: 'Findings', exact: true }).first().click()
    await dana.getByRole('tab', { name: /To be confirmed/ }).click()
    await dana.getByRole('link', { name: sink }).click()
    await dana.getByRole('button', { name: 'Send it back' }).click()
    await dana.getByLabel('What still has to be done?').fill('There are no towels either')
    await dana.getByRole('button', { name: 'Send it back' }).click()
    await expect(dana.getByText('There are no towels either')).toBeVisible()
    await expect(dana.getByText('To be put right', { exact: true })).toBeVisible()
    await isWhole(dana)
  })

  await test.step('the next visit says what became of it; one is in order, one is found again', async () => {
    await putRight(priya, sink, 'Soap and towels')
    await isWhole(priya)
    const id = await begin(dana, templateId, store.id, drains)
    await expect(dana.getByText(/Last time it failed\. Put right on .* and confirmed\./)).toBeVisible()
    await seen(dana, 'last-time')
    await dana.getByRole('button', { name: 'Pass', exact: true }).click()
    await expect(dana.getByText(/Last time it failed\. Put right on .* and not confirmed yet\./)).toBeVisible()
    await fails(dana, sink, 'Empty again')
    await expect(dana.getByText('Last time it failed, and nobody has put it right.')).toBeVisible()
    for (const label of [dates, doors]) {
      await expect(dana.getByRole('heading', { name: label })).toBeVisible()
      await dana.getByRole('button', { name: 'Pass', exact: true }).click()
    }
    await expect(dana.getByText(/^It was out of its limit on .* and nobody has put it right\./)).toBeVisible()
    await seen(dana, 'last-out')
    await measures(dana, '38')
    await dana.getByRole('button', { name: 'Complete', exact: true }).click()
    await expect(found(dana)).toHaveCount(1)
    await expect(found(dana)).toContainText('2nd time')
    await isWhole(dana)
    await open(dana, `/checklists/record?id=${id}`)
    await expect(found(dana)).toContainText('2nd time')
    await seen(dana, 'record')
    const [resolved] = (await foundBy(dana, templateId)).filter(({ label }) => label === drains)
    expect(resolved).toMatchObject({ state: 'verified', resolvedAt: expect.any(String) })
    await open(priya, `/findings/one?id=${resolved?.id}`)
    await expect(priya.getByText('Found in order')).toBeVisible()
    await seen(priya, 'resolved')
  })
})

/** The findings on the page of an audit. */
const found = (page: Page) =>
  page
    .getByRole('listitem')
    .filter({ has: page.locator('a[href*="/findings/one"]') })
    .filter({ visible: true })

async function template(chief: Page, [drains, sink, dates, doors]: Four): Promise<string> {
  const question = (label: string, more: object = {}) => ({
    ...{ kind: 'pass_fail', id: randomUUID(), label, onFail: { leadsTo: 'nothing' }, ...more },
  })
  const items = [question(drains, { isCritical: true }), question(sink), question(dates), question(doors)]
  const cold = { kind: 'temperature', id: randomUUID(), label: 'How cold is it?', subject: { kind: 'unit' } }
  const made = await ask(chief, 'POST', '/checklist-templates', {
    ...{ name: `Visit ${Date.now() % 1_000_000}`, category: 'audit' },
    draft: {
      sections: [
        { id: randomUUID(), title: 'Kitchen', items },
        { id: randomUUID(), title: 'Cold', repeat: { per: 'unit', unitKinds: ['walk_in_cooler'] }, items: [cold] },
      ],
      scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 80 },
    },
  })
  const { id, revision } = made.body
  expect((await ask(chief, 'POST', `/checklist-templates/${id}/publications`, { revision })).status).toBeLessThan(300)
  return id
}

async function begin(page: Page, templateId: string, locationId: string, first: string): Promise<string> {
  const id = randomUUID()
  expect((await ask(page, 'POST', '/checklists', { id, templateId, locationId })).status).toBe(201)
  await open(page, `/checklists/do?id=${id}`)
  await expect(page.getByRole('heading', { name: first })).toBeVisible()
  return id
}

async function fails(page: Page, label: string, note: string, withPhoto = false) {
  await expect(page.getByRole('heading', { name: label })).toBeVisible()
  await page.getByRole('button', { name: 'Fail', exact: true }).click()
  await page.getByLabel('What was wrong?').fill(note)
  if (withPhoto) {
    await take(page, await drawing(page, 'label'))
    await expect(page.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Go on' }).click()
}

/** The only walk-in cooler there is. */
async function measures(page: Page, degrees: string) {
  await expect(page.getByRole('heading', { name: 'How cold is it?' })).toBeVisible()
  await press(page, degrees)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
}

/** From the board, as someone does who has it before their eyes. */
async function putRight(page: Page, label: string, note: string) {
  await open(page, '/findings')
  await page.getByRole('link', { name: label }).click()
  await page.getByRole('button', { name: 'I have put it right' }).click()
  await page.getByLabel('What was done?').fill(note)
  await answer(page, 'Why could it come to that?', 'Something was missing')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Someone else confirms what you have put right.')).toBeVisible()
}

async function foundBy(page: Page, templateId: string) {
  const { body } = await ask(page, 'GET', `/findings?templateId=${templateId}&sort=newest`)
  return body.items as { id: string; label: string; state: string; resolvedAt: string | null }[]
}

async function open(page: Page, path: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}${path}`)
}
