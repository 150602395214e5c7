import { type BrowserContext, test as base, expect } from '@playwright/test'
import { watchPolicy } from './policy.ts'
import { type Product, productOf } from './products.ts'

/**
 * A test against the product of its worker: `page.goto('/')` is its front page. What a test opened is closed after it:
 * a page left open goes on listening and drawing, and slows whoever comes next. What the content security policy had to
 * forbid on any page fails it.
 */
export const test = base.extend<{ closing: undefined; forbidden: string[] }, { product: Product }>({
  product: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const product = productOf(parallelIndex)
      // For helpers that are not handed fixtures: personAt, letterTo.
      process.env.PRODUCT_URL = product.url
      process.env.LETTERS_FILE = product.letters
      await use(product)
    },
    { scope: 'worker', auto: true },
  ],
  baseURL: ({ product }, use) => use(product.url),
  forbidden: [
    async ({ browser }, use) => {
      const forbidden: string[] = []
      const watch = (context: BrowserContext) => watchPolicy(context, forbidden)
      browser.on('context', watch)
      await use(forbidden)
      browser.off('context', watch)
      expect(forbidden, 'kept from acting by the content security policy').toEqual([])
    },
    { auto: true },
  ],
  closing: [
    async ({ browser }, use) => {
      await use(undefined)
      for (const context of browser.contexts()) await context.close()
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
