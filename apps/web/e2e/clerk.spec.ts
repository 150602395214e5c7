import type { BrowserContext } from '@playwright/test'
import {
  type ClerkInstance,
  clerkInstance,
  membershipObject,
  messageOf,
  organizationObject,
  userObject,
} from '../../../capabilities/people/server/clerk/clerk.for-tests.ts'
import { expect, test } from './product.ts'
import { productWith } from './start-product.ts'

const HOST = 'https://clerk.ops.example.com'
const ana = { id: 'user_ana', first_name: 'Ana', last_name: 'Ruiz', email: 'ana@harbor.example' }
const organization = organizationObject('org_harbor', 'Harbor Grill', 1000)

let clerk: ClerkInstance
let product: { url: string; stop: () => Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(400_000)
  clerk = await clerkInstance()
  product = await productWith(
    {
      OPSFLOW_DEMO: 'off',
      CLERK_PUBLISHABLE_KEY: clerk.keys.publishableKey,
      CLERK_SECRET_KEY: clerk.keys.secretKey,
      CLERK_JWT_KEY: clerk.keys.jwtKey,
      CLERK_WEBHOOK_SIGNING_SECRET: clerk.keys.webhookSigningSecret,
      CLERK_API_URL: clerk.keys.apiUrl,
    },
    'clerk',
  )
})
test.afterAll(async () => {
  await product.stop()
  await clerk.close()
})

test('an organization made at Clerk: its admin signs in there, works here, and is out when Clerk says so', async ({
  browser,
}) => {
  await tell('user.created', userObject(ana, 1000))
  await tell('organizationMembership.created', membershipObject(organization, ana, 'org:admin', 1000))

  const context = await browser.newContext({ viewport: { width: 820, height: 1180 } })
  await standInForClerk(context)
  const page = await context.newPage()
  await page.goto(`${product.url}/dashboard`)
  await page.getByRole('button', { name: 'Continue with Clerk' }).click()
  await expect(page.getByText('Harbor Grill').filter({ visible: true }).first()).toBeVisible()
  await expect(page).toHaveURL(/dashboard/)
  await page.screenshot({ path: 'test-results/clerk-820.png' })

  // An hour later the token in the cookie is long over: Clerk's script brings a new one, and she stays where she was.
  const old = clerk.tokenOf(ana.id, { sid: 'sess_ana', azp: product.url, exp: Math.floor(Date.now() / 1000) - 3600 })
  await context.addCookies([{ name: '__session', value: old, url: product.url }])
  await page.goto(`${product.url}/tasks`)
  await expect(page).toHaveURL(/tasks/)
  await expect(page.getByText('Harbor Grill').filter({ visible: true }).first()).toBeVisible()

  await tell('session.revoked', { object: 'session', id: 'sess_ana', user_id: ana.id, status: 'revoked' })
  const ask = async () => (await context.request.get(`${product.url}/api/v1/session`)).status()
  await expect.poll(ask, { message: 'the session ends here too, within seconds' }).toBe(401)
  await context.close()
})

async function tell(type: string, data: object) {
  const body = messageOf(type, data)
  const answer = await fetch(`${product.url}/api/clerk/webhooks`, { method: 'POST', body, headers: clerk.signed(body) })
  expect(answer.status).toBe(204)
}

/**
 * Clerk's host cannot be reached from here. What its scripts do for a page is stood in for: a button instead of the
 * form, then the two cookies. Everything the product does with them is real.
 */
async function standInForClerk(context: BrowserContext) {
  const script = `
    const signedIn = () => /__client_uat=[1-9]/.test(document.cookie)
    const renew = async () => {
      document.cookie = '__session=' + await (await fetch('${HOST}/v1/token')).text() + '; path=/'
      document.cookie = '__client_uat=1700000000; path=/'
      clerk.session = { id: 'sess_ana' }
    }
    const heard = new Set()
    const clerk = window.Clerk = {
      session: null,
      load: async () => { if (signedIn()) await renew() },
      addListener: (listener) => (heard.add(listener), () => heard.delete(listener)),
      mountSignIn: (at) => {
        const button = document.createElement('button')
        button.textContent = 'Continue with Clerk'
        button.onclick = async () => { await renew(); for (const listener of heard) listener({ session: clerk.session }) }
        at.append(button)
      },
      unmountSignIn: (at) => at.replaceChildren(),
      signOut: async () => undefined,
    }`
  await context.route(`${HOST}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const headers = { 'access-control-allow-origin': '*' }
    if (pathname === '/v1/token') {
      return route.fulfill({ headers, body: clerk.tokenOf(ana.id, { sid: 'sess_ana', azp: product.url }) })
    }
    const body = pathname.includes('clerk-js') ? script : 'window.__internal_ClerkUICtor = class {}'
    return route.fulfill({ headers, contentType: 'text/javascript', body })
  })
}
