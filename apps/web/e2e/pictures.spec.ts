import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { drawing } from './camera.ts'
import { goOffline } from './kitchen.ts'
import { ask, keepsApp, people, personAt } from './people.ts'
import { expect, test } from './product.ts'
import { choosePin, cook as hireCook, tabletAt } from './tablet.ts'

test('an instruction shows its picture, also on a device without a network', async ({ browser }) => {
  test.slow()
  const chief = await personAt(browser, people.admin, { viewport: { width: 390, height: 844 } })
  const name = `Garnish ${Date.now()}`
  const template = await test.step('the chief adds it in the builder', async () => {
    const { body: made } = await ask(chief, 'POST', '/checklist-templates', {
      name,
      category: 'line_check',
      draft: draft(),
    })
    await chief.goto(chief.url().replace('/dashboard', `/settings/checklists/one?id=${made.id}`))
    await chief.getByRole('button', { name: /^Plate it like this/ }).click()
    await chief.getByLabel('Add a picture').setInputFiles({
      name: 'image.jpg',
      mimeType: 'image/jpeg',
      buffer: await drawing(chief, 'label'),
    })
    await isDrawn(chief, 'The picture of this question')
    await chief.screenshot({ path: test.info().outputPath('builder.png') })
    await chief.getByRole('button', { name: 'Done' }).click()
    await expect(chief.getByText('Saved', { exact: true })).toBeVisible()
    return (await ask(chief, 'GET', `/checklist-templates/${made.id}`)).body
  })
  await ask(chief, 'POST', `/checklist-templates/${template.id}/publications`, { revision: template.revision })

  await test.step('a cook sees it, and still does without a network, on a page opened anew', async () => {
    const cook = await personAt(browser, people.member, { ...keepsApp, viewport: { width: 390, height: 844 } })
    const [store] = (await ask(cook, 'GET', '/locations')).body.items as { id: string }[]
    const id = randomUUID()
    await ask(cook, 'POST', '/checklists', { id, templateId: template.id, locationId: store?.id })
    await cook.goto(cook.url().replace('/dashboard', `/checklists/do?id=${id}`))
    await isDrawn(cook, 'Picture for: Plate it like this')
    await cook.screenshot({ path: test.info().outputPath('runner.png') })
    await expect.poll(() => keptOn(cook)).toContain(template.draft.sections[0].items[0].picture.id)
    await goOffline(cook)
    await cook.reload()
    await isDrawn(cook, 'Picture for: Plate it like this')
    await expect.poll(() => keptOn(cook)).toContain(template.draft.sections[0].items[0].picture.id)
    await cook.getByRole('button', { name: /Picture for: Plate it like this/ }).click()
    await expect(cook.getByRole('dialog')).toBeVisible()
  })

  await test.step('a shared tablet at which nobody sat has it as soon as someone does', async () => {
    const priya = await personAt(browser, people.manager)
    const [store] = (await ask(priya, 'GET', '/locations')).body.items as { id: string }[]
    const made = await ask(chief, 'POST', '/checklists', {
      id: randomUUID(),
      templateId: template.id,
      locationId: store?.id,
    })
    expect(made.status).toBe(201)
    const { tablet } = await tabletAt(browser, priya, store?.id ?? '')
    const who = `Ana ${Date.now() % 1_000_000}`
    const id = await hireCook(chief, who, store?.id ?? '')
    const { pin } = (await ask(chief, 'POST', `/members/${id}/temporary-pin`)).body
    const picture = template.draft.sections[0].items[0].picture.id
    expect(await keptOn(tablet)).not.toContain(picture)
    await choosePin(tablet, who, pin, '402957')
    await expect.poll(() => keptOn(tablet), { timeout: 60_000 }).toContain(picture)
  })
})

const draft = () => ({
  sections: [
    {
      id: randomUUID(),
      title: 'Line',
      items: [
        { kind: 'instruction', id: randomUUID(), label: 'Plate it like this' },
        { kind: 'yes_no', id: randomUUID(), label: 'Is it plated?' },
      ],
    },
  ],
})

/** Its pixels are there, not only its place. */
const isDrawn = (page: Page, alt: string) =>
  expect
    .poll(() =>
      page
        .getByAltText(alt)
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth)
        .catch(() => 0),
    )
    .toBeGreaterThan(100)

const keptOn = (page: Page) =>
  page.evaluate(async () => (await (await caches.open('pictures')).keys()).map(({ url }) => url).join())
