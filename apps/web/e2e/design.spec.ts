import type { Browser, Page } from '@playwright/test'
import { barriersIn } from './barriers.ts'
import { expect, test } from './product.ts'

const WIDTHS = [390, 820, 1440]
const LOOKS = [{ theme: 'light' }, { theme: 'dark' }, { theme: 'contrast' }, { density: 'kitchen' }] as const

/** Without motion: what is looked at must not be half on its way. */
async function galleryAt(browser: Browser, width: number, preferences: object = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env.PRODUCT_URL ?? '',
    viewport: { width, height: 900 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.addInitScript((chosen) => localStorage.setItem('opsflow.preferences', JSON.stringify(chosen)), preferences)
  await page.goto('/design')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return page
}

// While a combobox is open, Base UI hides the rest of the page from screen readers, though not from Tab: Tab closes the
// list, which gives the page back (asserted with its keyboard path below).
const exceptionsOf = (overlay: string) => (overlay === 'combobox' ? ['aria-hidden-focus'] : [])

const overlays: Record<string, (page: Page) => Promise<void>> = {
  menu: async (page) => {
    await page.getByRole('button', { name: 'Menu', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: 'Assign' })).toBeVisible()
  },
  dialog: async (page) => {
    await page.getByRole('button', { name: 'Dialog', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Dialog' })).toBeVisible()
  },
  sheet: async (page) => {
    await page.getByRole('button', { name: 'Sheet', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Sheet' })).toBeVisible()
  },
  question: async (page) => {
    await page.getByRole('button', { name: 'Question', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Remove walk-in 2?' })).toBeVisible()
  },
  definition: async (page) => {
    await page.getByRole('button', { name: 'What “Within limits” means' }).click()
    await expect(page.getByRole('dialog', { name: 'Within limits' })).toBeVisible()
  },
  combobox: async (page) => {
    await page.getByRole('combobox', { name: /^Location/ }).click()
    await expect(page.getByRole('option', { name: 'Old Mill' })).toBeVisible()
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Go to or do' })).toBeVisible()
  },
  toast: async (page) => {
    await page.getByRole('button', { name: 'Notice with undo' }).click()
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
  },
}

/** Every look at one width; in the long form (LONG_TESTS) every look at each. */
const looksAt = (width: number) =>
  LOOKS.filter((_, index) => process.env.LONG_TESTS || WIDTHS[index % WIDTHS.length] === width)

for (const width of WIDTHS) {
  test(`every component and state at ${width} px: no barrier, nothing wider than the screen`, async ({ browser }) => {
    test.slow()
    for (const look of looksAt(width)) {
      await test.step(JSON.stringify(look), async () => {
        const page = await galleryAt(browser, width, look)
        expect.soft(await barriersIn(page), 'the page').toEqual([])
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect.soft(tooWide, 'pixels too wide').toBeLessThanOrEqual(0)
        await page.goto('/design/kiosk')
        await expect(page.getByRole('button', { name: 'Lock' })).toBeVisible()
        expect.soft(await barriersIn(page), 'the shared tablet').toEqual([])
        await page.context().close()
      })
    }
  })
}

for (const look of LOOKS) {
  test(`what opens over the page has no barrier either: ${JSON.stringify(look)}`, async ({ browser }) => {
    test.slow()
    const page = await galleryAt(browser, 820, look)
    for (const [name, open] of Object.entries(overlays)) {
      await open(page)
      expect.soft(await barriersIn(page, exceptionsOf(name)), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  })
}

test.describe('by keyboard alone', () => {
  let page: Page
  test.beforeEach(async ({ browser }) => {
    page = await galleryAt(browser, 1440)
  })
  test.afterEach(() => page.context().close())
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  test('a menu opens, is walked, chosen from, and gives the focus back', async () => {
    const button = page.getByRole('button', { name: 'Menu', exact: true })
    await button.focus()
    await press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Acknowledge' })).toBeFocused()
    await press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Assign' })).toBeFocused()
    await press('Enter')
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Assign')
    await expect(button).toBeFocused()
  })

  for (const name of ['Dialog', 'Sheet']) {
    test(`a ${name.toLowerCase()} keeps the focus until Escape, and gives it back`, async () => {
      const button = page.getByRole('button', { name, exact: true })
      await button.focus()
      await press('Enter')
      const dialog = page.getByRole('dialog', { name })
      await expect(dialog).toBeVisible()
      for (let tab = 0; tab < 8; tab++) {
        await press('Tab')
        await expect(dialog.locator(':focus')).toHaveCount(1)
      }
      await press('Escape')
      await expect(dialog).toBeHidden()
      await expect(button).toBeFocused()
    })
  }

  test('tabs are walked with arrows, and Tab leads on', async () => {
    await page.getByRole('tab', { name: /Open/ }).focus()
    await press('ArrowRight')
    await expect(page.getByRole('tab', { name: /Done/ })).toBeFocused()
    await expect(page.getByRole('tabpanel')).toContainText('Twelve tasks')
    await press('Home')
    await expect(page.getByRole('tab', { name: /Open/ })).toBeFocused()
  })

  test('a palette is opened, searched without accents, and left', async () => {
    await press('Control+k')
    const field = page.getByRole('combobox', { name: 'Go to or do' })
    await expect(field).toBeFocused()
    await page.keyboard.type('TABL')
    await expect(page.getByRole('option', { name: 'Tables' })).toHaveAttribute('aria-selected', 'true')
    await press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.locator('#tables')).toBeInViewport()
  })

  test('a combobox is searched and chosen from', async () => {
    await page.getByRole('combobox', { name: /^Location/ }).focus()
    await expect(page.getByRole('option', { name: 'Airport' })).toBeVisible()
    await page.keyboard.type('mill')
    await expect(page.getByRole('option')).toHaveCount(1)
    await press('Enter')
    await expect(page.getByRole('combobox', { name: /^Location/ })).toHaveValue('Old Mill')
    await press('ArrowDown')
    await expect(page.getByRole('option', { name: 'Airport' })).toBeVisible()
    await expect(page.locator('main [aria-hidden=true] button').first()).toBeAttached()
    await press('Tab')
    await expect(page.getByRole('option', { name: 'Airport' })).toHaveCount(0)
    await expect(page.locator('section[aria-hidden=true]')).toHaveCount(0)
  })

  test('a table is sorted, searched, walked and opened; of a thousand rows only some are drawn', async () => {
    const table = page.getByRole('region', { name: '1,000 units' }).first()
    // The table is drawn anew once its code has come; a key pressed before that reaches nothing.
    await expect(async () => {
      await table.getByRole('button', { name: 'Now' }).focus()
      await press('Enter')
      const header = table.getByRole('columnheader', { name: 'Now' })
      await expect(header).toHaveAttribute('aria-sort', 'ascending', { timeout: 2000 })
    }).toPass()
    const drawn = table.locator('tbody tr[data-row]')
    expect(await drawn.count()).toBeLessThan(80)
    await expect(table.getByRole('table')).toHaveAttribute('aria-rowcount', '1001')
    await drawn.first().focus()
    await press('ArrowDown', 'ArrowDown')
    await expect(table.locator('[data-row="2"]')).toBeFocused()
    await press('End')
    await expect(table.locator('[data-row="999"]')).toBeFocused()
    await press('Home')
    await expect(table.locator('[data-row="0"]')).toBeFocused()
    const name = await table.locator('[data-row="0"] td').first().innerText()
    await press('Enter')
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText(`Opened: ${name}`)
  })

  test('a table leaves out the columns one does not need', async () => {
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Units', exact: true }) }).last()
    await expect(panel.getByRole('columnheader', { name: 'Shelf' })).toHaveCount(0)
    await panel.getByRole('button', { name: 'Columns' }).focus()
    await press('Enter')
    await expect(page.getByRole('menuitemcheckbox').first()).toBeFocused()
    await press('ArrowDown')
    await expect(page.getByRole('menuitemcheckbox', { name: 'Shelf' })).toBeFocused()
    await press('Enter')
    await expect(panel.getByRole('columnheader', { name: 'Shelf' })).toBeVisible()
  })

  test('a tree opens, closes and is chosen from with the keys of WAI-ARIA', async () => {
    const node = (name: RegExp) => page.getByRole('treeitem', { name })
    await node(/^North/).focus()
    await press('ArrowRight')
    await expect(node(/Pier 4/)).toBeFocused()
    await press('ArrowLeft')
    await expect(node(/^North/)).toBeFocused()
    await press('ArrowLeft')
    await expect(node(/^North/)).toHaveAttribute('aria-expanded', 'false')
    await expect(node(/Pier 4/)).toHaveCount(0)
    await press('End', 'Enter')
    await expect(node(/^South/)).toHaveAttribute('aria-selected', 'true')
  })

  test('a notice can be undone', async () => {
    await page.getByRole('button', { name: 'Notice with undo' }).focus()
    await press('Enter')
    await page.getByRole('button', { name: 'Undo', exact: true }).focus()
    await press('Enter')
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Undone')
  })
})

test('nothing moves for those who asked their system for stillness', async ({ browser }) => {
  const page = await galleryAt(browser, 1440)
  const moving = await page.evaluate(
    () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
  )
  expect(moving).toBe(0)
})

test('targets are as large as their density promises', async ({ browser }) => {
  for (const [preferences, least] of [
    [{}, 44],
    [{ density: 'kitchen' }, 56],
  ] as const) {
    const page = await galleryAt(browser, 390, preferences)
    const small = await page.evaluate((pixels) => {
      const controls = document.querySelectorAll<HTMLElement>(
        'main button:not([role=tab]), main select, main input[type=text]',
      )
      return [...controls]
        .filter((one) => one.offsetParent !== null && !one.closest('th, [aria-hidden=true]'))
        .filter((one) => {
          const before = getComputedStyle(one, '::before')
          const grown = before.content === 'none' ? 0 : -2 * (Number.parseFloat(before.top) || 0)
          return one.getBoundingClientRect().height + grown < pixels - 0.5
        })
        .map((one) => `${one.outerHTML.slice(0, 100)} ${one.getBoundingClientRect().height}`)
    }, least)
    expect.soft(small, JSON.stringify(preferences)).toEqual([])
    await page.context().close()
  }
})
