import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const question = (label: string, weight: number) => ({
  ...{ kind: 'pass_fail', id: randomUUID(), label, weight, onFail: { leadsTo: 'nothing' } },
})

test('a checklist becomes an audit in its settings; its score stands offline at once, and is kept as it stood', async ({
  browser,
}) => {
  test.slow()
  const chief = await personAt(browser, people.admin)
  const auditor = await personAt(browser, people.manager, { ...keepsApp, ...phone })
  const name = `Audit ${Date.now() % 1_000_000}`
  const seen = async (page: Page, step: string) => {
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/audit-${step}.png`, fullPage: true })
    expect(await barriersIn(page), step).toEqual([])
  }
  const draft = {
    sections: [
      {
        id: randomUUID(),
        title: 'Kitchen',
        items: [question('Surfaces are clean', 1), question('Hands are washed', 3)],
      },
      { id: randomUUID(), title: 'Store', items: [question('Nothing is past its date', 4)] },
    ],
  }
  const made = await ask(chief, 'POST', '/checklist-templates', { name, category: 'audit', draft })

  await test.step('in its settings the checklist gets a score', async () => {
    await open(chief, `/settings/checklists/one?id=${made.body.id}`)
    await chief.getByRole('button', { name: `Actions for ${name}` }).click()
    await chief.getByRole('menuitem', { name: 'Settings' }).click()
    await chief.getByLabel('How it is scored').selectOption('Points and weights')
    await chief.getByLabel('Kind of audit').selectOption('Health inspection')
    await chief.getByLabel('Passes from').fill('75')
    await seen(chief, 'settings')
    await chief.getByRole('button', { name: 'Done', exact: true }).click()
    await chief
      .getByRole('button', { name: /Surfaces are clean/ })
      .first()
      .click()
    await expect(chief.getByRole('radio', { name: 'As usual' })).toBeChecked()
    await seen(chief, 'question')
    await chief.getByRole('button', { name: 'Done', exact: true }).click()
    await expect(chief.getByText('Saved', { exact: true })).toBeVisible()
    await chief.getByRole('button', { name: 'Publish', exact: true }).click()
    await chief.getByRole('button', { name: 'Publish now' }).click()
    await expect(chief.getByText('In use, version 1')).toBeVisible()
  })

  const id = randomUUID()
  await test.step('without a network the score follows every answer and stands at the end', async () => {
    const [store] = (await ask(auditor, 'GET', '/locations')).body.items
    const begun = { id, templateId: made.body.id, locationId: store.id }
    expect((await ask(auditor, 'POST', '/checklists', begun)).status).toBe(201)
    await open(auditor, `/checklists/do?id=${id}`)
    await expect(auditor.getByText('Score so far')).toBeVisible()
    await goOffline(auditor)
    await auditor.getByRole('button', { name: 'Fail' }).click()
    await auditor.getByLabel('What was wrong?').fill('Grease on the rail')
    await auditor.getByRole('button', { name: 'Go on' }).click()
    for (const label of ['Hands are washed', 'Nothing is past its date']) {
      await expect(auditor.getByRole('heading', { name: label })).toBeVisible()
      await auditor.getByRole('button', { name: 'Pass', exact: true }).click()
    }
    await expect(auditor.getByText('87.5%')).toBeVisible()
    await seen(auditor, 'live')
    await auditor.getByRole('button', { name: 'Complete', exact: true }).click()
    const panel = auditor.getByRole('region', { name: 'Score' })
    await expect(panel).toContainText('87.5%')
    await expect(panel).toContainText('By what is on this device.')
    await seen(auditor, 'done-offline')
    await auditor.context().setOffline(false)
    await expect(panel).toContainText('As it stood when it was completed.', { timeout: 60_000 })
  })

  await test.step('it is listed with its score, and its record says what cost what', async () => {
    await open(chief, '/audits')
    const row = chief.getByRole('listitem').filter({ hasText: name })
    await expect(row).toContainText('87.5%')
    await expect(row).toContainText('Passed')
    await seen(chief, 'list')
    await row.getByRole('link', { name }).click()
    const panel = chief.getByRole('region', { name: 'Score' })
    await expect(panel.getByRole('listitem').filter({ hasText: 'Surfaces are clean' })).toContainText('-1')
    await expect(panel).toContainText('7 of 8 points')
    await seen(chief, 'record')
  })
})

async function open(page: Page, path: string) {
  const [, , organization] = new URL(page.url()).pathname.split('/')
  await page.goto(`/o/${organization}${path}`)
}
