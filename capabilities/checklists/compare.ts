import type { Item } from './item.ts'
import type { Section, TemplateContent } from './template.ts'
import type { Difference } from './template-records.ts'

type Content = Pick<TemplateContent, 'sections'> & Partial<TemplateContent>
type Whole = { name: string; category: string; content: Content }
type Fields = Difference['fields']

/** What is new, gone, other or elsewhere, from an older to a newer text: the template's own, section by section. */
export function compareTemplates(older: Whole, newer: Whole): Difference[] {
  const own = fieldsOf(
    { name: older.name, category: older.category, ...rest(older.content, 'sections') },
    { name: newer.name, category: newer.category, ...rest(newer.content, 'sections') },
  )
  const itself: Difference[] =
    own.length > 0 ? [{ what: 'template', id: null, label: newer.name, outcome: 'changed', fields: own }] : []
  return [...itself, ...compareContents(older.content, newer.content)]
}

function compareContents(older: Content, newer: Content): Difference[] {
  const before = placesOf(older)
  const after = placesOf(newer)
  const movedSections = movedOf(older.sections, newer.sections)
  const there = newer.sections.flatMap((section) => {
    const was = older.sections.find(({ id }) => id === section.id)
    const moved = movedOf(was?.items ?? [], section.items)
    return [
      ...compareSection(was, section, movedSections),
      ...section.items.flatMap((item) => compareItem(before.get(item.id), { item, sectionId: section.id }, moved)),
    ]
  })
  const goneSections = older.sections
    .filter(({ id }) => !newer.sections.some((section) => section.id === id))
    .map(({ id, title }) => only('section', id, title, 'removed'))
  const goneItems = [...before.values()]
    .filter(({ item }) => !after.has(item.id))
    .map(({ item }) => only('item', item.id, item.label, 'removed'))
  return [...there, ...goneSections, ...goneItems]
}

function compareSection(was: Section | undefined, is: Section, moved: ReadonlySet<string>): Difference[] {
  if (!was) return [only('section', is.id, is.title, 'added')]
  const fields = fieldsOf(rest(was, 'items', 'id'), rest(is, 'items', 'id'))
  return told('section', is.id, is.title, fields, moved.has(is.id))
}

type Place = { item: Item; sectionId: string }

function compareItem(was: Place | undefined, { item, sectionId }: Place, moved: ReadonlySet<string>): Difference[] {
  if (!was) return [only('item', item.id, item.label, 'added')]
  const isElsewhere = was.sectionId !== sectionId || moved.has(item.id)
  return told('item', item.id, item.label, fieldsOf(rest(was.item, 'id'), rest(item, 'id')), isElsewhere)
}

/** Changed says more than moved: what is both is told as changed. */
function told(what: Difference['what'], id: string, label: string, fields: Fields, isElsewhere: boolean): Difference[] {
  if (fields.length > 0) return [{ what, id, label, outcome: 'changed', fields }]
  return isElsewhere ? [only(what, id, label, 'moved')] : []
}

const only = (what: Difference['what'], id: string, label: string, outcome: Difference['outcome']): Difference => ({
  what,
  id,
  label,
  outcome,
  fields: [],
})

/** Of those that both have, the fewest whose moving explains the new order: what was pushed along has not moved. */
function movedOf(older: readonly { id: string }[], newer: readonly { id: string }[]): ReadonlySet<string> {
  const places = new Map(older.map(({ id }, place) => [id, place]))
  const both = newer.filter(({ id }) => places.has(id)).map(({ id }) => id)
  const kept = longestInOrder(both.map((id) => places.get(id) ?? 0))
  return new Set(both.filter((id) => !kept.has(places.get(id) ?? 0)))
}

/** The longest part that kept its order. */
function longestInOrder(places: readonly number[]): ReadonlySet<number> {
  const runs: number[][] = []
  for (const place of places) {
    const before = runs.filter((run) => (run.at(-1) ?? -1) < place).reduce(longer, [])
    runs.push([...before, place])
  }
  return new Set(runs.reduce(longer, []))
}
const longer = (one: number[], other: number[]) => (other.length > one.length ? other : one)

const placesOf = (content: Content): Map<string, Place> =>
  new Map(
    content.sections.flatMap(({ id, items }) =>
      items.map((item): [string, Place] => [item.id, { item, sectionId: id }]),
    ),
  )

function fieldsOf(before: object, after: object): Fields {
  const [one, other] = [before as Record<string, unknown>, after as Record<string, unknown>]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((field) => !isSame(one[field] ?? null, other[field] ?? null))
    .map((field) => ({
      field,
      before: (one[field] ?? null) as Fields[number]['before'],
      after: (other[field] ?? null) as Fields[number]['after'],
    }))
}

/** Equal as JSON, in whatever order an object's fields stand. A field of null is one that is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (Array.isArray(one) && one.length !== (other as unknown[]).length) return false
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>]
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => isSame(left[key] ?? null, right[key] ?? null))
}

const rest = (of: object, ...without: string[]): object =>
  Object.fromEntries(Object.entries(of).filter(([field]) => !without.includes(field)))
