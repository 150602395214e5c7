'use client'
import { brandKey } from './preferences-script.ts'

/**
 * Wears the colour of an organization, or the product's own again. Its rules stand in a style sheet made by script, which
 * the page's content security policy allows, and are kept, so that the next page is painted with them at once.
 */
export async function wearBrand(hex: string | null) {
  const worn = localStorage.getItem(brandKey)
  if (!hex) {
    if (!worn) return
    localStorage.removeItem(brandKey)
    document.adoptedStyleSheets = []
    return
  }
  const { brandCss } = await import('./tokens-brand.ts')
  const css = brandCss(hex)
  if (css === worn) return
  localStorage.setItem(brandKey, css)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet]
}
