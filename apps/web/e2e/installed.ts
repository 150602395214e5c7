import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { frontOf } from './front.ts'
import { isKept } from './kitchen.ts'
import { keepsApp, signIn } from './people.ts'
import { watchPolicy } from './policy.ts'
import { test as base } from './product.ts'
import { inWholeBrowser } from './whole-browser.ts'

/** A browser that keeps what it is given, as a person's own does, and an address that can be made to go away. */
export type Device = {
  page: Page
  front: Awaited<ReturnType<typeof frontOf>>
  /** Signs in, and stays until the app is kept on this device. */
  visit: (email: string) => Promise<void>
}

type Options = {
  device: Device
  look: BrowserContextOptions
  /** See `inWholeBrowser`. */
  isWholeBrowser: boolean
}

export const test = base.extend<Options>({
  look: [{ viewport: { width: 390, height: 844 } }, { option: true }],
  isWholeBrowser: [false, { option: true }],
  device: async ({ playwright, look, isWholeBrowser, baseURL, forbidden }, use, info) => {
    const folder = mkdtempSync(join(tmpdir(), 'opsflow-profile-'))
    const front = await frontOf(baseURL ?? '')
    const { launchOptions } = info.project.use
    const context = await playwright.chromium.launchPersistentContext(folder, {
      ...(isWholeBrowser ? inWholeBrowser(launchOptions) : launchOptions),
      baseURL: front.url,
      locale: 'en-US',
      ...keepsApp,
      ...look,
    })
    watchPolicy(context, forbidden)
    const page = context.pages()[0] ?? (await context.newPage())
    try {
      await use({ page, front, visit: (email) => visit(page, email) })
    } finally {
      await context.close()
      await front.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

async function visit(page: Page, email: string) {
  await signIn(page, email)
  await isKept(page)
}

export { expect } from './product.ts'
