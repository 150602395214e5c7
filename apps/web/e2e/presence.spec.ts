import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline, isWhole } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const STORE = { latitude: 40.7033, longitude: -74.017 }
const beside = { latitude: 40.7035, longitude: -74.017, accuracy: 12 }
const acrossTown = { latitude: 40.75, longitude: -73.98, accuracy: 12 }

test('an auditor shows that she is at the place: by her phone’s position, and without a network by its code; both are signed', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const chief = await personAt(browser, people.admin)
  const dana = await personAt(browser, people.districtManager, {
    ...keepsApp,
    ...phone,
    ...{ geolocation: acrossTown, permissions: ['geolocation'] },
  })
  const [store] = (await ask(dana, 'GET', '/locations')).body.items
  expect((await ask(chief, 'PATCH', `/locations/${store.id}`, { ...STORE, radiusMetres: 150 })).status).toBe(200)
  const code = (await ask(chief, 'POST', '/place-codes', { locationId: store.id, label: 'Back door' })).body
  const question = `Floor is clean ${Date.now() % 1_000_000}`
  const templateId = await template(chief, question)
  const seen = async (step: string) => {
    if (LOOKS) await dana.screenshot({ path: `${LOOKS}/presence-${step}.png`, fullPage: true })
    expect(await barriersIn(dana), step).toEqual([])
  }
  const line = dana.getByRole('region', { name: 'Presence at the place' })
  const id = randomUUID()

  await test.step('across town her position says so; at the place it says that', async () => {
    expect((await ask(dana, 'POST', '/checklists', { id, templateId, locationId: store.id })).status).toBe(201)
    await open(dana, `/checklists/do?id=${id}`)
    await expect(line.getByText('Presence: not shown')).toBeVisible()
    await show(dana)
    await expect(dana.getByText(/never followed/)).toBeVisible()
    await seen('dialog')
    await dana.getByRole('button', { name: 'Measure how far I am' }).click()
    await expect(line.getByText('Not at the place')).toBeVisible()
    await dana.context().setGeolocation(beside)
    await show(dana)
    await dana.getByRole('button', { name: 'Measure how far I am' }).click()
    await expect(line.getByText('At the place', { exact: true })).toBeVisible()
    await expect(line.getByText('20 m away, exact to 15 m')).toBeVisible()
    await seen('measured')
    await isWhole(dana)
  })

  await test.step('the code on the wall leads to the audit, and shows it without a network', async () => {
    await open(dana, `/tasks/at?code=${code.code}`)
    await dana.getByRole('button', { name: new RegExp(`^${LIST} ${question}`) }).click()
    await expect(dana.getByRole('heading', { name: question, exact: true })).toBeVisible()
    await goOffline(dana)
    await show(dana)
    await seen('scanned')
    await dana.getByRole('button', { name: 'Use the code you scanned' }).click()
    await expect(line.getByText('QR code “Back door”')).toBeVisible()
    await show(dana)
    await dana.getByLabel('Code', { exact: true }).fill('no code at all')
    await dana.getByLabel('Code', { exact: true }).press('Enter')
    await expect(dana.getByText('This is no code of a place. It has 20 letters and digits.')).toBeVisible()
    await dana.getByRole('button', { name: 'Close' }).click()
    await dana.getByRole('button', { name: 'Pass', exact: true }).click()
    await dana.getByRole('button', { name: 'Sign and complete' }).click()
    await expect(dana.getByRole('link', { name: 'Open the record' })).toBeVisible()
    await dana.context().setOffline(false)
    await isWhole(dana)
  })

  await test.step('the record says how and when, and her signature is of it', async () => {
    await open(dana, `/checklists/record?id=${id}`)
    await expect(dana.getByText(/Not at the place, .* m away, exact to 15 m/)).toBeVisible()
    await expect(dana.getByText(/At the place, 20 m away, exact to 15 m/)).toBeVisible()
    await expect(dana.getByText(/At the place, QR code “Back door”/)).toBeVisible()
    await expect(dana.getByText('What stands now is what was signed.')).toBeVisible()
    await seen('record')
    const { checklist } = (await ask(dana, 'GET', `/checklists/${id}`)).body
    expect(checklist.presences.map((one: { verdict: string }) => one.verdict)).toEqual(['elsewhere', 'here', 'here'])
    expect(checklist.signOffs[0].presences).toHaveLength(3)
    expect(JSON.stringify(checklist)).not.toContain('40.70')
  })

  await ask(chief, 'DELETE', `/place-codes/${code.id}`)
  await ask(chief, 'PATCH', `/locations/${store.id}`, { latitude: store.latitude, longitude: store.longitude })
})

test('what asks for it reminds whoever signs, and is completed without', async ({ browser }) => {
  const chief = await personAt(browser, people.admin, phone)
  const [store] = (await ask(chief, 'GET', '/locations')).body.items
  const question = `Doors close ${Date.now() % 1_000_000}`
  const templateId = await template(chief, question)
  const id = randomUUID()
  expect((await ask(chief, 'POST', '/checklists', { id, templateId, locationId: store.id })).status).toBe(201)
  await open(chief, `/checklists/do?id=${id}`)
  await expect(chief.getByRole('heading', { name: question, exact: true })).toBeVisible()
  await chief.getByRole('button', { name: 'Pass', exact: true }).click()
  await expect(chief.getByText(/You are asked to show that you are at the place/)).toBeVisible()
  expect(await barriersIn(chief)).toEqual([])
  await chief.getByRole('button', { name: 'Sign and complete' }).click()
  await chief.getByRole('link', { name: 'Open the record' }).click()
  await expect(chief.getByText('Not shown', { exact: true })).toBeVisible()
})

const LIST = `Presence ${Date.now() % 1_000_000}`

async function template(chief: Page, label: string): Promise<string> {
  const made = await ask(chief, 'POST', '/checklist-templates', {
    ...{ name: `${LIST} ${label}`.slice(0, 100), category: 'audit' },
    draft: {
      sections: [
        {
          ...{ id: randomUUID(), title: 'Kitchen' },
          items: [{ kind: 'pass_fail', id: randomUUID(), label, onFail: { leadsTo: 'nothing' } }],
        },
      ],
      scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 80 },
      needsSignature: true,
      asksPresence: true,
    },
  })
  const { id, revision } = made.body
  expect((await ask(chief, 'POST', `/checklist-templates/${id}/publications`, { revision })).status).toBeLessThan(300)
  return id
}

/** The dialog is open by itself where a code led there and nothing was shown yet. */
async function show(page: Page) {
  await page.getByRole('button', { name: 'Show that you are here' }).click()
  await expect(page.getByRole('dialog', { name: 'Show that you are here' })).toBeVisible()
}

async function open(page: Page, path: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}${path}`)
}
