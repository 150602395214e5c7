import type { Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { drawing, keptPhotos, take } from './camera.ts'
import { isWhole } from './kitchen.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

test('a photo that the server does not keep is taken again at the record it belongs to', async ({ browser }) => {
  test.setTimeout(400_000)
  const page = await personAt(browser, people.manager, { viewport: { width: 390, height: 844 }, hasTouch: true })
  await isWhole(page)
  const title = `Hood filter ${Date.now() % 1_000_000}`
  const refuse = '**/api/v1/files/uploads'

  await test.step('a task is made with a photo, and the photo is refused', async () => {
    await page.route(refuse, (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'Invalid', status: 422, code: 'files.image_broken' }),
      }),
    )
    await page.goto(page.url().replace('/dashboard', '/tasks'))
    await page.getByRole('button', { name: 'New task' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Title').fill(title)
    await take(page, await drawing(page, 'label'))
    await expect(form.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
    await form.getByRole('button', { name: 'Create' }).click()
    await expect(form).toBeHidden()
  })

  const task = await test.step('its page says so', async () => {
    await expect.poll(async () => (await taskNamed(page, title))?.id, { timeout: 60_000 }).toBeTruthy()
    const { id } = await taskNamed(page, title)
    await page.goto(page.url().replace(/\/tasks.*/, `/tasks/one?id=${id}`))
    await expect(page.getByText('A photo from this device was not kept.')).toBeVisible({ timeout: 60_000 })
    await page.screenshot({ path: test.info().outputPath('refused.png') })
    return id as string
  })

  await test.step('another one is taken there, and proves the task', async () => {
    await page.unroute(refuse)
    await page.getByRole('button', { name: 'Take another photo' }).click()
    const dialog = page.getByRole('dialog')
    const another = await drawing(page, 'label')
    const photo = { name: 'image.jpg', mimeType: 'image/jpeg', buffer: another }
    await dialog.locator('input[type=file][capture]').setInputFiles(photo)
    await expect(dialog.getByRole('button', { name: 'Remove photo 1' })).toBeVisible()
    expect(await barriersIn(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('retake.png') })
    await dialog.getByRole('button', { name: 'Use this photo' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('A photo from this device was not kept.')).toBeHidden()
    await expect(page.getByRole('button', { name: /open it large/ })).toHaveCount(1)
    await expect.poll(() => keptPhotos(page), { timeout: 60_000 }).toEqual([])
    const { items } = (await ask(page, 'GET', `/evidence?ownerKind=task&ownerId=${task}`)).body
    expect(items).toHaveLength(2)
    const [first, second] = items
    expect([first.arrivedAt, first.replacedBy]).toEqual([null, second.fileId])
    expect([second.arrivedAt, second.replacedBy]).toEqual([expect.any(String), null])
  })
})

const taskNamed = async (page: Page, title: string) =>
  (await ask(page, 'GET', `/tasks?q=${encodeURIComponent(title)}&limit=5`)).body.items?.find(
    (task: { title: string }) => task.title === title,
  )
