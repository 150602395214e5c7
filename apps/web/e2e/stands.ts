import type { ConsoleMessage, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { expect } from './product.ts'

type Look = { width: number; themes: ('light' | 'dark')[] }

/**
 * A page is looked at in each size, and judged in light where it is narrowest and in dark where it is widest; in the long
 * form (LONG_TESTS) in both themes at both, and on a tablet.
 */
export const LOOKS: readonly Look[] = process.env.LONG_TESTS
  ? [
      { width: 390, themes: ['light', 'dark'] },
      { width: 820, themes: ['light'] },
      { width: 1440, themes: ['light', 'dark'] },
    ]
  : [
      { width: 390, themes: ['light'] },
      { width: 820, themes: [] },
      { width: 1440, themes: ['dark'] },
    ]

/** Loaded once, at the first of the looks. One run tells all that is wrong with a page. */
export async function stands(page: Page, path: string, looks: readonly Look[]) {
  const said: string[] = []
  const listen = (message: ConsoleMessage) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${message.text()} ${message.location().url}`)
  }
  const fail = (error: Error) => said.push(String(error))
  page.on('console', listen)
  page.on('pageerror', fail)
  await show(page, looks[0])
  await page.goto(path)
  await page.getByRole('main').first().waitFor()
  await expect(page.locator('[class*=breathe]'), 'placeholders').toHaveCount(0)
  for (const look of looks) {
    await show(page, look)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect.soft(tooWide, `${path} at ${look.width} px: pixels too wide`).toBeLessThanOrEqual(0)
    for (const theme of look.themes) {
      // Colours are judged where they come to rest.
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      expect.soft(await barriersIn(page), `${path} at ${look.width} px, ${theme}`).toEqual([])
    }
  }
  page.off('console', listen)
  page.off('pageerror', fail)
  expect.soft(expected(path, said), `${path}: console`).toEqual([])
}

/** The page stays as it is loaded and follows the size of its window, as it does on a tablet that is turned. */
const show = (page: Page, look: Look | undefined) => page.setViewportSize({ width: look?.width ?? 390, height: 900 })

/** A page, a link and a code that do not exist are answered with 404, and the browser says so; so it does of no worker. */
const expected = (path: string, said: string[]) =>
  said
    .filter((text) => !text.includes('Service Worker registration blocked by Playwright'))
    .filter((text) => !/^\/(no-such-page|(inspection|verify)#)/.test(path) || !text.includes('404'))
