import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What keeps someone from using the page as it is now: each rule that is broken, and the elements that break it; `except`
 * names rules that cannot hold there. Axe looks at the page alone: its usual way opens a second page each time, to put
 * together what it found in frames, of which there are none.
 */
export async function barriersIn(page: Page, except: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .disableRules(except)
    .setLegacyMode(true)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' · ')}`)
}
