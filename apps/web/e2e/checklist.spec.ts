import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const [clean, ppm] = [randomUUID(), randomUUID()]
const draft = {
  needsVerification: true,
  sections: [
    {
      id: randomUUID(),
      title: 'Before opening',
      items: [
        { kind: 'pass_fail', id: clean, label: 'The line is clean', onFail: { fix: 'Wipe it down.' } },
        { kind: 'number', id: ppm, label: 'Sanitiser strength', unit: 'ppm', min: 200, max: 400 },
      ],
    },
  ],
}

test('a cook begins it on a phone, loses the network, hands it on, and a manager verifies what was done', async ({
  browser,
}) => {
  const cook = await personAt(browser, people.member, { ...keepsApp, ...phone })
  const priya = await personAt(browser, people.manager)
  const id = await beginOne(browser, cook)

  await test.step('the cook answers without a network; nothing asks to be saved', async () => {
    await open(cook, 'do', id)
    await expect(cook.getByRole('heading', { name: 'The line is clean' })).toBeVisible()
    await goOffline(cook)
    await cook.getByRole('button', { name: 'Fail' }).click()
    await cook.getByLabel('What was wrong?').fill('Grease on the rail')
    expect(await violations(cook)).toEqual([])
    await cook.getByRole('button', { name: 'It is put right: check again' }).click()
    await expect(cook.getByRole('region', { name: 'Answer' })).toContainText('Grease on the rail')
    await cook.getByRole('button', { name: 'Pass' }).click()
    await expect(cook.getByRole('heading', { name: 'Sanitiser strength' })).toBeVisible()
    expect(await violations(cook)).toEqual([])
  })

  await test.step('when it is back, someone else goes on where the cook left off, and completes it', async () => {
    await cook.context().setOffline(false)
    const arrived = async () => (await ask(priya, 'GET', `/checklists/${id}`)).body.answers.length
    await expect.poll(arrived, { timeout: 60_000 }).toBe(3)
    await open(priya, 'do', id)
    await expect(priya.getByRole('heading', { name: 'Sanitiser strength' })).toBeVisible()
    for (const key of '300') await priya.getByRole('button', { name: key, exact: true }).click()
    await priya.getByRole('button', { name: 'Next', exact: true }).click()
    await priya.getByRole('button', { name: 'Complete', exact: true }).click()
    await expect(priya.getByText('You took part. Someone else verifies it.')).toBeVisible()
    await expect(cook.getByRole('heading', { name: 'Done' })).toBeVisible()
  })

  await test.step('a manager who took no part verifies it; the record says who did what, and the signature holds', async () => {
    const marcus = await personAt(browser, people.districtManager)
    await open(marcus, 'do', id)
    await marcus.getByRole('button', { name: 'Verify and sign' }).click()
    await marcus.getByRole('link', { name: 'Open the record' }).click()
    await expect(marcus.getByText('What stands now is what was signed.')).toBeVisible()
    await marcus.getByText('2 earlier answers').click()
    await expect(marcus.getByRole('listitem').filter({ hasText: 'The line is clean' }).first()).toContainText(
      'Grease on the rail',
    )
    expect(await violations(marcus)).toEqual([])
  })
})

/** A list of a new template at the cook’s own store. */
async function beginOne(browser: Browser, cook: Page): Promise<string> {
  const [store] = (await ask(cook, 'GET', '/locations')).body.items
  const chief = await personAt(browser, people.admin)
  const made = await ask(chief, 'POST', '/checklist-templates', {
    name: `Line check ${Date.now() % 1_000_000}`,
    category: 'line_check',
    draft,
  })
  const { id: templateId, revision } = made.body
  await ask(chief, 'POST', `/checklist-templates/${templateId}/publications`, { revision, note: '' })
  await chief.context().close()
  const id = randomUUID()
  const begun = await ask(cook, 'POST', '/checklists', { id, templateId, locationId: store.id })
  expect(begun.status).toBe(201)
  return id
}

async function open(page: Page, what: 'do' | 'record', id: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}/checklists/${what}?id=${id}`)
}

async function violations(page: Page) {
  return barriersIn(page)
}
