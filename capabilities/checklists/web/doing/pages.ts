import type { ChecklistForm } from '../../form.ts'
import { placeOf } from '../../standing-answers.ts'
import { type Step, sectionsShown } from '../../steps.ts'
import type { Section } from '../../template.ts'

/** What one goes through, one after another: each item, each place where an entry may be added, and the end. */
export type Page =
  | { key: string; kind: 'step'; step: Step }
  | { key: string; kind: 'add'; section: Section; begun: number }
  | { key: 'finish'; kind: 'finish' }

export function pagesOf(form: ChecklistForm, steps: readonly Step[]): Page[] {
  const pages = sectionsShown(form.content, steps).flatMap((section): Page[] => {
    const own = steps.filter((step) => step.section.id === section.id)
    const asked = own.map((step): Page => ({ key: keyOf(step), kind: 'step', step }))
    if (section.repeat?.per !== 'entry') return asked
    const begun = new Set(own.map(({ entry }) => entry?.id)).size
    return begun < section.repeat.atMost ? [...asked, { key: section.id, kind: 'add', section, begun }] : asked
  })
  return [...pages, { key: 'finish', kind: 'finish' }]
}

export const keyOf = ({ item, entry }: Pick<Step, 'item' | 'entry'>) =>
  placeOf({ itemId: item.id, entryId: entry?.id ?? null })

/** Where to begin, or to go on: the very first while nothing is answered, then the first that is still owed. */
export function firstOwed(pages: readonly Page[]): string {
  const isFresh = pages.every((page) => page.kind !== 'step' || page.step.answer === undefined)
  const owed = isFresh ? pages[0] : pages.find((page) => page.kind === 'step' && page.step.isMissing)
  return owed?.key ?? 'finish'
}
