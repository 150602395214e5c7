import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { test } from './installed.ts'
import { goOffline, isWhole } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect } from './product.ts'

const LOOKS = process.env.LOOK_INTO
const id = () => randomUUID() as string
const [fails, other] = [id(), id()]
const item = (kind: string, label: string, more: object = {}) => ({ kind, id: id(), label, ...more })
const draft = {
  sections: [
    {
      id: id(),
      title: 'Before service',
      items: [
        item('instruction', 'Wash your hands', { help: 'Twenty seconds, with soap.' }),
        item('yes_no', 'Is the hood on?'),
        item('choice', 'How does the line look?', {
          options: [
            { id: other, label: 'Clean' },
            { id: fails, label: 'Dirty', fails: true },
          ],
        }),
        item('text', 'Anything to pass on?'),
        item('moment', 'Delivery at', { asks: 'time' }),
        item('scan', 'Code at the door', { expects: 'DOOR-7' }),
        item('timer', 'Sanitiser stays on', { seconds: 5 }),
        item('photo', 'The pass as you leave it'),
        item('signature', 'Shift lead'),
      ],
    },
    {
      id: id(),
      title: 'Each batch',
      repeat: { per: 'entry', noun: 'batch', atLeast: 1 },
      items: [item('temperature', 'In the middle', { subject: { kind: 'food', limitId: 'us.hot_hold' } })],
    },
  ],
}

test('every kind of question is answered on a phone without a network, and stands in the record', async ({
  browser,
  device,
}) => {
  test.setTimeout(400_000)
  await device.visit(people.member)
  const cook = device.page
  const list = await beginOne(cook, await personAt(browser, people.admin))
  await isWhole(cook)
  const [, , organization] = new URL(cook.url()).pathname.split('/')
  await cook.goto(`/o/${organization}/checklists/do?id=${list}`)
  const title = async (text: string) => {
    await expect(cook.getByRole('heading', { name: text })).toBeVisible()
    if (LOOKS) await cook.screenshot({ path: `${LOOKS}/kind-${text.replaceAll(/\W+/g, '-')}.png` })
  }
  const next = () => cook.getByRole('button', { name: 'Next', exact: true }).click()
  await title('Wash your hands')
  await goOffline(cook)

  await next()
  await title('Is the hood on?')
  await cook.getByRole('button', { name: 'Yes', exact: true }).click()
  await title('How does the line look?')
  await cook.getByText('Clean', { exact: true }).click()
  await title('Anything to pass on?')
  await cook.getByRole('main').getByRole('textbox').first().fill('The mixer is loud')
  await next()
  await title('Delivery at')
  await cook.getByRole('main').locator('input[type=time]').fill('10:40')
  await next()
  await title('Code at the door')
  await cook.getByLabel('Code').fill('DOOR-7')
  await cook.keyboard.press('Enter')
  await title('Sanitiser stays on')

  await test.step('a timer goes on while the app is closed', async () => {
    await cook.getByRole('button', { name: 'Start the timer' }).click()
    await expect(cook.getByRole('button', { name: 'Start the timer' })).toHaveCount(0)
    await cook.reload()
    await title('Sanitiser stays on')
    await cook.getByRole('button', { name: 'Done', exact: true }).click({ timeout: 60_000 })
    await next()
  })

  await title('The pass as you leave it')
  await cook
    .locator('input[type=file]')
    .first()
    .setInputFiles(await aPhoto(cook))
  await cook.getByRole('button', { name: 'Use this photo' }).click()
  await next()

  await test.step('a name is written with the finger', async () => {
    await title('Shift lead')
    const pad = await cook.getByRole('img', { name: 'Sign here with your finger' }).boundingBox()
    if (!pad) throw new Error('no pad')
    await cook.mouse.move(pad.x + 30, pad.y + 60)
    await cook.mouse.down()
    for (let n = 1; n < 20; n++) await cook.mouse.move(pad.x + 30 + n * 12, pad.y + 60 + Math.sin(n) * 30)
    await cook.mouse.up()
    await cook.getByLabel('Your name').fill('Luis Ortega')
    await cook.getByRole('button', { name: 'Sign', exact: true }).click()
    await next()
  })

  await test.step('each batch is added and answered', async () => {
    await cook.getByRole('button', { name: 'Add batch' }).click()
    await title('In the middle')
    for (const key of '150') await cook.getByRole('button', { name: key, exact: true }).click()
    await next()
    await expect(cook.getByRole('heading', { name: 'Another batch?' })).toBeVisible()
    await next()
  })
  await cook.context().setOffline(false)
  await cook.getByRole('button', { name: 'Complete', exact: true }).click()
  await expect(cook.getByRole('heading', { name: 'Done' })).toBeVisible()

  await isWhole(cook)
  const { body } = await ask(cook, 'GET', `/checklists/${list}`)
  const said = body.answers.map(
    ({ value, outcome }: { value: { kind: string }; outcome: string }) => `${value.kind} ${outcome}`,
  )
  expect(said).toEqual([
    'yes_no pass',
    'choice pass',
    'text recorded',
    'moment recorded',
    'scan pass',
    'timer recorded',
    'timer pass',
    'photo recorded',
    'signature recorded',
    'entry recorded',
    'temperature pass',
  ])
})

async function beginOne(cook: Page, chief: Page): Promise<string> {
  const [store] = (await ask(cook, 'GET', '/locations')).body.items
  const made = await ask(chief, 'POST', '/checklist-templates', { name: `Everything ${Date.now() % 1_000_000}`, draft })
  const { id: templateId, revision } = made.body
  await ask(chief, 'POST', `/checklist-templates/${templateId}/publications`, { revision, note: '' })
  const list = id()
  const begun = await ask(cook, 'POST', '/checklists', { id: list, templateId, locationId: store.id })
  expect(begun.status).toBe(201)
  return list
}

/** As a camera would give it: sharp and light enough to pass. */
async function aPhoto(page: Page) {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 800, height: 600 })
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    for (let n = 0; n < 400; n++) {
      pen.fillStyle = `hsl(${n * 37} 60% ${40 + (n % 40)}%)`
      pen.fillRect((n * 97) % 800, (n * 61) % 600, 60, 40)
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
  })
  return { name: 'pass.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}
