import { AxeBuilder } from '@axe-core/playwright'
import { pushService } from '@opsflow/platform/server/push/service.for-tests'
import type { BrowserContext, Page } from '@playwright/test'
import { keepsApp, signIn } from './people.ts'
import { watchPolicy } from './policy.ts'
import { expect, test } from './product.ts'
import { productWith } from './start-product.ts'
import { inWholeBrowser } from './whole-browser.ts'

const PASSWORD = 'copper kettle ninety two'
const EMAIL = 'ada@example.com'

let service: Awaited<ReturnType<typeof pushService>>
let product: Awaited<ReturnType<typeof productWith>>
test.beforeAll(async () => {
  test.setTimeout(400_000)
  service = await pushService()
  product = await productWith({ OPSFLOW_DEMO: 'off', OPSFLOW_PUSH_HOSTS: service.origin }, 'push')
  const founding = { organizationName: 'Copper Kettle', locationName: 'Main Street', name: 'Ada Park' }
  const body = JSON.stringify({ ...founding, email: EMAIL, password: PASSWORD, timezone: 'UTC', jurisdiction: 'us' })
  const founded = await fetch(`${product.url}/api/v1/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(founded.status).toBe(201)
})
test.afterAll(async () => {
  await product?.stop()
  await service?.close()
})

test('messages are turned on by a touch, tried, shown by the worker, lead to their page, and end with the session', async ({
  playwright,
  forbidden,
}, info) => {
  test.setTimeout(400_000)
  const browser = await playwright.chromium.launch(inWholeBrowser(info.project.use.launchOptions))
  const context = await browser.newContext({ ...keepsApp, baseURL: product.url, locale: 'en-US' })
  await context.grantPermissions(['notifications'], { origin: product.url })
  await subscribesAt(context, service)
  watchPolicy(context, forbidden)
  const page = await context.newPage()
  await signIn(page, EMAIL, PASSWORD)
  await page.goto('/o/copper-kettle/settings/preferences')
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Messages on this device' }) })

  await test.step('off: it says what it is for', async () => {
    await expect(card.getByText('Off', { exact: true })).toBeVisible()
    await look(page, 'off')
  })

  await test.step('on, and a test goes out by the service', async () => {
    await card.getByRole('button', { name: 'Turn on' }).click()
    await expect(card.getByText('On', { exact: true })).toBeVisible()
    await card.getByRole('button', { name: 'Send me a test' }).click()
    await expect(page.getByText('The test is on its way.')).toBeVisible()
    await expect(card.getByText('Last message')).toBeVisible()
    await look(page, 'on')
  })

  const message = service.taken.at(-1)?.message
  await test.step('the worker shows it, once however often it comes', async () => {
    expect(message).toMatchObject({ path: '/o/copper-kettle/settings/preferences' })
    await deliver(page, JSON.stringify(message))
    await deliver(page, JSON.stringify(message))
    await expect.poll(() => shown(page)).toEqual(['Messages arrive on this device'])
  })

  await test.step('touched, it leads to its page in the window of its organization', async () => {
    await page.goto('/o/copper-kettle/tasks')
    await page.waitForTimeout(6000) // until what listens for it has been fetched
    await touch(context)
    await page.waitForURL('**/o/copper-kettle/settings/preferences')
  })

  await test.step('signed out, nothing goes there any more', async () => {
    const before = service.taken.length
    const device = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/push')
      return (await answer.json()).devices[0].id as string
    })
    await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }))
    await signIn(page, EMAIL, PASSWORD)
    const tested = await page.evaluate(async (id) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`/api/v1/push/devices/${id}/tests`, { method: 'POST', headers, body: '{}' })
      return answer.status
    }, device)
    expect(tested).toBe(404)
    expect(service.taken).toHaveLength(before)
  })
  await browser.close()
})

/** Chromium without a window has no push service of its own: what it would be given comes from ours. */
async function subscribesAt(context: BrowserContext, at: typeof service) {
  await context.exposeFunction('subscribeAtService', () => at.subscribe())
  await context.addInitScript(() => {
    let current: unknown = null
    const subscribe = async ({ applicationServerKey }: PushSubscriptionOptionsInit) => {
      const given = await (window as unknown as { subscribeAtService: () => Promise<object> }).subscribeAtService()
      const key = (applicationServerKey as Uint8Array).buffer
      current ??= {
        ...given,
        options: { applicationServerKey: key },
        toJSON: () => given,
        unsubscribe: async () => true,
      }
      return current
    }
    Object.assign(PushManager.prototype, { subscribe, getSubscription: async () => current })
  })
}

/** As the browser hands a message to the worker. */
async function deliver(page: Page, data: string) {
  const devtools = await page.context().newCDPSession(page)
  const registration = new Promise<string>((found) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => {
      if (one) found(one.registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: product.url,
    registrationId: await registration,
    data,
  })
  await devtools.detach()
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ title }) => title)
  })

/** A finger on the notification: the browser tells the worker. */
async function touch(context: BrowserContext) {
  const [worker] = context.serviceWorkers()
  await worker?.evaluate(`(async () => {
    const [notification] = await self.registration.getNotifications()
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })()`)
}

async function look(page: Page, name: string) {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      await page.getByRole('heading', { name: 'Messages on this device' }).scrollIntoViewIfNeeded()
      await page.screenshot({ path: `test-results/push/${name}-${scheme}-${width}.png` })
    }
  }
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  expect.soft(violations.map(({ id }) => id)).toEqual([])
}
