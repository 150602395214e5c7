import type { TemplateContent } from './template.ts'

type Content = Pick<TemplateContent, 'sections'>

/** The same text as a new template: every id anew, and conditions follow. `mint` answers an id that is nowhere yet. */
export function withFreshIds<C extends Content>(content: C, mint: () => string): C {
  const fresh = new Map<string, string>()
  const idOf = (id: string) => {
    const known = fresh.get(id)
    if (known) return known
    const made = mint()
    fresh.set(id, made)
    return made
  }
  const showIf = (one: C['sections'][number]['showIf']) =>
    one && {
      ...one,
      of: one.of.map((condition) => ({
        ...condition,
        itemId: idOf(condition.itemId),
        value: fresh.get(condition.value) ?? condition.value,
      })),
    }
  const sections = content.sections.map((section) => ({
    ...section,
    id: idOf(section.id),
    showIf: showIf(section.showIf),
    items: section.items.map((item) => ({
      ...item,
      id: idOf(item.id),
      showIf: showIf(item.showIf),
      ...(item.kind === 'choice' && { options: item.options.map((option) => ({ ...option, id: idOf(option.id) })) }),
    })),
  }))
  return { ...content, sections }
}
