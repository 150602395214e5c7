import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { goOffline, isWhole, press } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

test('an answer the server refused is opened where it was asked, with what was typed, and recorded anew', async ({
  browser,
}) => {
  test.slow()
  const cook = await personAt(browser, people.member, { ...keepsApp, ...phone })
  const priya = await personAt(browser, people.manager)
  const chief = await personAt(browser, people.admin)
  const [store] = (await ask(cook, 'GET', '/locations')).body.items
  const [gone, other, third] = await chillers(priya, store.id)
  const list = await beginOne(chief, cook, store.id)
  await isWhole(cook)
  await openList(cook, list)

  await goOffline(cook)
  await cook.getByRole('button', { name: gone.name }).click()
  await press(cook, '34')
  await cook.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(cook.getByRole('heading', { name: 'At least two of the pass' })).toBeVisible()
  await expect(cook.getByRole('heading', { name: 'At least 2 photos' })).toBeVisible()
  await ask(priya, 'PATCH', `/units/${gone.id}`, { retired: true })
  await cook.context().setOffline(false)

  await cook.getByRole('button', { name: /needs attention/ }).click()
  await cook.getByRole('link', { name: '1 record needs attention' }).click()
  await cook.getByRole('article').getByRole('link', { name: 'Mend it' }).click()
  await expect(cook.getByText('Mend it and save it again.')).toBeVisible()
  await expect(cook.getByRole('heading', { name: 'Blast chiller' })).toBeVisible()
  await expect(cook.getByRole('region', { name: 'Not recorded. You had answered:' })).toContainText('34 °F')
  if (process.env.LOOK_INTO) await cook.screenshot({ path: `${process.env.LOOK_INTO}/mend-answer.png` })
  await cook.getByRole('button', { name: other.name }).click()
  await cook.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(cook.getByRole('heading', { name: 'At least two of the pass' })).toBeVisible()
  await expect(cook.getByText('Mend it and save it again.')).toHaveCount(0)

  await isWhole(cook)
  const { body } = await ask(cook, 'GET', `/checklists/${list}`)
  const values = body.answers.map(({ value }: { value: { text: string; unitId: string } }) => [
    value.text,
    value.unitId,
  ])
  expect(values).toEqual([['34', other.id]])
  for (const { id } of [other, third]) await ask(priya, 'PATCH', `/units/${id}`, { retired: true })
})

async function openList(page: Page, id: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}/checklists/do?id=${id}`)
  await expect(page.getByRole('heading', { name: 'Blast chiller' })).toBeVisible()
}

type Named = { id: string; name: string }

/** Units of this test’s own: one is retired, and of two the right one has to be chosen. */
async function chillers(manager: Page, locationId: string): Promise<[Named, Named, Named]> {
  const made = async () => {
    const name = `Chiller ${randomUUID().slice(0, 6)}`
    return (await ask(manager, 'POST', '/units', { locationId, name, kind: 'other' })).body as Named
  }
  return [await made(), await made(), await made()]
}

async function beginOne(chief: Page, cook: Page, locationId: string): Promise<string> {
  const item = (kind: string, label: string, more: object) => ({ kind, id: randomUUID(), label, ...more })
  const items = [
    item('temperature', 'Blast chiller', { subject: { kind: 'unit', unitKinds: ['other'] } }),
    item('photo', 'At least two of the pass', { atLeast: 2 }),
  ]
  const made = await ask(chief, 'POST', '/checklist-templates', {
    name: `Chillers ${Date.now() % 1_000_000}`,
    draft: { sections: [{ id: randomUUID(), title: 'Chillers', items }] },
  })
  const { id: templateId, revision } = made.body
  await ask(chief, 'POST', `/checklist-templates/${templateId}/publications`, { revision, note: '' })
  const id = randomUUID()
  expect((await ask(cook, 'POST', '/checklists', { id, templateId, locationId })).status).toBe(201)
  return id
}
