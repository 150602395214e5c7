import type { Item, ItemKind } from './item.ts'
import type { DraftContent, Section } from './template.ts'

/** A section without anything in it. */
export const newSection = (id: string, title = ''): Section => ({ id, title, repeat: null, showIf: null, items: [] })

const onFail = {
  needsNote: true,
  needsPhoto: false,
  fix: '',
  leadsTo: 'recheck',
  task: { title: '', priority: 'high', dueMinutes: 240, role: null },
} as const

/** What a failing answer asks for unless someone says otherwise: a note, put it right, check again. */
export const usualOnFail = (): NonNullable<Item['onFail']> => ({ ...onFail, task: { ...onFail.task } })

/** A question as it usually is, so that its words are all that must be said. */
export function newItem(kind: ItemKind, label: string, mint: () => string): Item {
  const common = {
    id: mint(),
    label,
    help: '',
    picture: null,
    required: true,
    mayBeNotApplicable: false,
    showIf: null,
    onFail: null,
    weight: 1,
    isCritical: false,
    scored: null,
    local: [],
  }
  switch (kind) {
    case 'pass_fail':
      return { kind, ...common, onFail: usualOnFail() }
    case 'yes_no':
      return { kind, ...common, failsOn: 'no', onFail: usualOnFail() }
    case 'number':
      return { kind, ...common, unit: '', min: null, max: null }
    case 'temperature':
      return { kind, ...common, subject: { kind: 'unit', unitKinds: [] }, isCritical: true, onFail: usualOnFail() }
    case 'photo':
      return { kind, ...common, atLeast: 1 }
    case 'text':
      return { kind, ...common, long: false }
    case 'choice':
      return { kind, ...common, options: [1, 2].map((n) => newOption(`${n}`, mint)), several: false }
    case 'moment':
      return { kind, ...common, asks: 'date' }
    case 'scan':
      return { kind, ...common, expects: null }
    case 'timer':
      return { kind, ...common, seconds: 60 }
    case 'instruction':
      return { kind, ...common, required: false }
    case 'signature':
      return { kind, ...common }
  }
}

export const newOption = (label: string, mint: () => string) => ({ id: mint(), label, fails: false, points: null })

type Content = DraftContent
const inSections = (content: Content, change: (section: Section) => Section): Content => ({
  ...content,
  sections: content.sections.map(change),
})

export const addItem = (content: Content, sectionId: string, item: Item): Content =>
  inSections(content, (section) =>
    section.id === sectionId ? { ...section, items: [...section.items, item] } : section,
  )

export const replaceItem = (content: Content, item: Item): Content =>
  inSections(content, (section) => ({
    ...section,
    items: section.items.map((one) => (one.id === item.id ? item : one)),
  }))

/** What asked of it asks no more. */
export function removeItem(content: Content, itemId: string): Content {
  const without = (showIf: Section['showIf']) => {
    const of = showIf?.of.filter((condition) => condition.itemId !== itemId) ?? []
    return showIf && of.length > 0 ? { ...showIf, of } : null
  }
  return inSections(content, (section) => ({
    ...section,
    showIf: without(section.showIf),
    items: section.items
      .filter(({ id }) => id !== itemId)
      .map((item) => (item.showIf ? { ...item, showIf: without(item.showIf) } : item)),
  }))
}

export function copyItem(content: Content, itemId: string, mint: () => string): Content {
  return inSections(content, (section) => ({
    ...section,
    items: section.items.flatMap((item) => {
      if (item.id !== itemId) return [item]
      const copy: Item = { ...item, id: mint() }
      if (copy.kind === 'choice') copy.options = copy.options.map((option) => ({ ...option, id: mint() }))
      return [item, copy]
    }),
  }))
}

/** One step up or down; past the edge of its section into the next one. */
export function moveItem(content: Content, itemId: string, by: -1 | 1): Content {
  const s = content.sections.findIndex(({ items }) => items.some(({ id }) => id === itemId))
  const section = content.sections[s]
  if (!section) return content
  const at = section.items.findIndex(({ id }) => id === itemId)
  const to = at + by
  if (to >= 0 && to < section.items.length) return placeItem(content, itemId, section.id, to)
  const next = content.sections[s + by]
  return next ? placeItem(content, itemId, next.id, by > 0 ? 0 : next.items.length) : content
}

/** To a place among the other items of a section, counted without itself. */
export function placeItem(content: Content, itemId: string, sectionId: string, at: number): Content {
  const item = content.sections.flatMap(({ items }) => items).find(({ id }) => id === itemId)
  if (!item) return content
  return inSections(content, (section) => {
    const others = section.items.filter(({ id }) => id !== itemId)
    const items = section.id === sectionId ? [...others.slice(0, at), item, ...others.slice(at)] : others
    return { ...section, items }
  })
}

export const replaceSection = (content: Content, section: Section): Content =>
  inSections(content, (one) => (one.id === section.id ? section : one))

export function moveSection(content: Content, sectionId: string, by: -1 | 1): Content {
  const at = content.sections.findIndex(({ id }) => id === sectionId)
  const to = at + by
  if (at < 0 || to < 0 || to >= content.sections.length) return content
  const sections = [...content.sections]
  sections.splice(to, 0, ...sections.splice(at, 1))
  return { ...content, sections }
}

/** With all that is in it. The last one is emptied: a checklist has a section. */
export function removeSection(content: Content, sectionId: string): Content {
  const section = content.sections.find(({ id }) => id === sectionId)
  const emptied = (section?.items ?? []).reduce((rest, { id }) => removeItem(rest, id), content)
  if (content.sections.length === 1) return emptied
  return { ...emptied, sections: emptied.sections.filter(({ id }) => id !== sectionId) }
}

/** What an item may ask of: questions further up, in its own entry of a repeating section or outside of any. */
export function askable(content: Content, itemId: string): Item[] {
  const above: Item[] = []
  for (const section of content.sections) {
    const here: Item[] = []
    for (const item of section.items) {
      if (item.id === itemId) return [...above, ...here].filter(({ kind }) => kind !== 'instruction')
      here.push(item)
    }
    if (section.repeat === null) above.push(...here)
  }
  return []
}
