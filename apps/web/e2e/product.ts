import { test as base } from '@playwright/test'

/** A test against the product that start-product.ts started: `page.goto('/')` is its front page. */
export const test = base.extend({
  baseURL: async ({ browserName: _ }, use) => use(process.env.PRODUCT_URL),
})

export { expect } from '@playwright/test'
