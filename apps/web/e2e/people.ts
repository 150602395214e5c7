import type { Browser, BrowserContextOptions, Page } from '@playwright/test'

const PASSWORD = 'opsflow-demo'

/** People of the demo chain. Both managers are in charge of the same store; the member works there. */
export const people = {
  admin: 'admin@harborvine.example',
  manager: 'manager@harborvine.example',
  districtManager: 'district.burgers@harborvine.example',
  /** Holds the eastern region by one grant on its group. */
  district: 'district@harborvine.example',
  member: 'team@harborvine.example',
}

/** For who goes offline: this browser keeps the app on its device, which the others do without (playwright.config.ts). */
export const keepsApp = { serviceWorkers: 'allow' } as const

/** Someone at a browser of their own. */
export async function personAt(browser: Browser, email: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US', ...options })
  const page = await context.newPage()
  await signIn(page, email)
  return page
}

export async function signIn(page: Page, email: string, password = PASSWORD) {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/o/*/dashboard')
}

/** A request the page itself makes: with its cookie, from its origin, in the organization of its address. */
export async function ask(page: Page, method: string, path: string, body?: unknown): Promise<Answer> {
  return page.evaluate(
    async ([verb, address, content]) => {
      const [, , organization = ''] = location.pathname.split('/')
      const response = await fetch(`/api/v1${address}`, {
        method: verb,
        headers: {
          'content-type': 'application/json',
          'x-organization-id': organization,
        },
        ...(content === undefined ? {} : { body: content }),
      })
      return { status: response.status, body: await response.json() }
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  )
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
type Answer = { status: number; body: any }
