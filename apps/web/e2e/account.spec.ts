import { createHmac } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { letterTo } from './letters.ts'
import { ask, people, personAt } from './people.ts'
import { expect, test } from './product.ts'

const PASSWORD = 'copper kettle ninety two'

test('someone invited by letter makes an account, sees her store, and makes the account hold', async ({ browser }) => {
  test.setTimeout(400_000)
  const email = `mia.${Date.now()}@example.com`
  const admin = await personAt(browser, people.admin)

  await test.step('an admin invites a manager into one store', () => inviteManager(admin, email))

  const mia = await newPerson(browser)
  await test.step('she follows the link, which leaves no trace in the address', async () => {
    const { link } = await letterTo(email, /invites you/)
    await mia.goto(link)
    await expect(mia.getByRole('heading', { name: /^Join / })).toBeVisible()
    expect(new URL(mia.url()).hash).toBe('')
    await mia.getByLabel('Your name').fill('Mia Torres')
    await mia.getByLabel('Choose a password').fill(PASSWORD)
    await mia.getByRole('button', { name: 'Create account and join' }).click()
    await mia.waitForURL('**/o/*/dashboard')
    const session = await ask(mia, 'GET', '/session')
    expect(session.body).toMatchObject({ member: { name: 'Mia Torres', role: 'org:manager' } })
    expect(session.body.locations).toHaveLength(1)
  })

  await test.step('the link is used up', async () => {
    const again = await newPerson(browser)
    await again.goto((await letterTo(email, /invites you/)).link)
    await expect(again.getByText('This invitation was accepted already. Sign in.')).toBeVisible()
    await again.context().close()
  })

  await goToAccount(mia)
  await test.step('a passkey, made by the browser’s own ceremony', async () => {
    await withAuthenticator(mia)
    await mia.getByRole('button', { name: 'Add a passkey' }).click()
    await mia.getByLabel('Name').fill('Counter tablet')
    await mia.getByRole('button', { name: 'Go on' }).click()
    await expect(mia.getByText('Counter tablet')).toBeVisible()
    await letterTo(email, /A passkey was added/)
  })

  const secret = await test.step('an authenticator app, with recovery codes shown once', async () => {
    await mia.getByRole('button', { name: 'Set up' }).click()
    const dialog = mia.getByRole('dialog')
    await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible()
    const shown = (await dialog.locator('code').innerText()).replaceAll(/\s/g, '')
    await dialog.getByRole('textbox', { name: 'Code' }).fill('000000')
    await dialog.getByRole('button', { name: 'Turn it on' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Code' }).fill(codeOf(shown, Date.now()))
    await dialog.getByRole('button', { name: 'Turn it on' }).click()
    await expect(mia.getByRole('dialog').getByRole('listitem')).toHaveCount(10)
    await mia.getByRole('button', { name: 'I have kept them' }).click()
    await expect(mia.getByText('10 recovery codes left.')).toBeVisible()
    return shown
  })

  await test.step('what is sensitive asks first who one is: a passkey answers', async () => {
    await longAgo(mia)
    await mia.getByRole('button', { name: 'New recovery codes' }).click()
    await expect(mia.getByRole('dialog', { name: 'Is it you?' })).toBeVisible()
    await mia.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(mia.getByRole('dialog').getByRole('listitem')).toHaveCount(10)
    await mia.getByRole('button', { name: 'I have kept them' }).click()
  })

  await test.step('another device is signed out from here', async () => {
    const other = await newPerson(browser)
    await other.goto('/sign-in')
    const body = { email, password: PASSWORD, code: codeOf(secret, Date.now() + 30_000) }
    expect((await ask(other, 'POST', '/session', body)).status).toBe(201)
    await other.goto('/dashboard')
    await other.waitForURL('**/o/*/dashboard')
    await mia.reload()
    await mia.getByRole('button', { name: 'Sign out all others' }).click()
    await expect(mia.getByText('This device')).toHaveCount(1)
    // Its screen leads to the sign-in by itself.
    await other.waitForURL('**/sign-in**')
    await other.context().close()
  })

  await test.step('the passkey opens the account by itself', async () => {
    const signedIn = await mia.evaluate(async () => {
      const post = async (path: string, body?: unknown) => {
        const response = await fetch(`/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return { status: response.status, body: await response.json() }
      }
      const { challengeId, options } = (await post('/session/passkey-challenges')).body
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
      return post('/session/passkey', { challengeId, credential: credential.toJSON() })
    })
    expect(signedIn.status).toBe(201)
    const { items } = (await ask(mia, 'GET', '/account/sessions')).body
    expect(items.find(({ current }: { current: boolean }) => current)).toMatchObject({ signedInWith: 'passkey' })
  })
})

async function inviteManager(admin: Page, email: string) {
  await admin.goto('/settings/people')
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Email').fill(email)
  await sheet.getByLabel('Role').selectOption('org:manager')
  await sheet.getByLabel('Place').click()
  await admin.getByRole('option').filter({ hasText: 'Location' }).first().click()
  await sheet.getByRole('button', { name: 'Invite' }).click()
  await expect(admin.getByText(`An invitation is on its way to ${email}.`)).toBeVisible()
}

async function newPerson(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })
  return context.newPage()
}

async function goToAccount(page: Page) {
  await page.getByRole('button', { name: /account and appearance/ }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
}

/** A platform authenticator inside the browser, with a finger always ready. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** The next answer is as if the last proof lay long ago; the server itself is tested on that in account.db.test.ts. */
async function longAgo(page: Page) {
  await page.route(
    '**/api/v1/account/recovery-codes',
    (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '',
          title: 'Not allowed',
          status: 403,
          code: 'people.confirmation_required',
          detail: 'Confirm first that it is you.',
          requestId: 'test',
        }),
      }),
    { times: 1 },
  )
}

/** What an authenticator app shows at a moment (RFC 6238). */
function codeOf(secret: string, ms: number): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}
