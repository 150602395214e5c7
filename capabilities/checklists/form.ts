import { z } from 'zod'
import type { Item } from './item.ts'
import { TemplateContent } from './template.ts'

/** What a location says differently of items of a chain's template, where the template lets it (`item.local`). */
export const LocalChanges = z.record(
  z.uuid(),
  z.strictObject({
    hidden: z.boolean().optional(),
    label: z.string().trim().min(1).max(300).optional(),
    help: z.string().trim().max(4000).optional(),
    min: z.number().nullable().optional(),
    max: z.number().nullable().optional(),
  }),
)
export type LocalChanges = z.output<typeof LocalChanges>

/** A version as it is used at one location: what devices there hold, and what an occurrence pins. Never changed. */
export const ChecklistForm = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    templateId: z.uuid(),
    version: z.int(),
    name: z.string(),
    category: z.string(),
    /** With the location's own changes in it. */
    content: TemplateContent,
  })
  .meta({ id: 'ChecklistForm' })
export type ChecklistForm = z.infer<typeof ChecklistForm>

/** The content of a version at a location. What the template does not open to change stays, whatever is asked. */
export function asUsedAt(content: TemplateContent, changes: LocalChanges): TemplateContent {
  const sections = content.sections.map((section) => ({
    ...section,
    items: section.items.filter((item) => !isHidden(item, changes)).map((item) => changed(item, changes[item.id])),
  }))
  return { ...content, sections }
}

const isHidden = (item: Item, changes: LocalChanges) =>
  item.local.includes('hidden') && changes[item.id]?.hidden === true

function changed(item: Item, change: LocalChanges[string] | undefined): Item {
  if (!change) return item
  const may = (field: Item['local'][number]) => item.local.includes(field)
  const label = may('label') ? (change.label ?? item.label) : item.label
  const help = may('help') ? (change.help ?? item.help) : item.help
  const worded = { ...item, label, help }
  if (!may('limit')) return worded
  if (worded.kind === 'number') return { ...worded, ...limits(worded, change) }
  if (worded.kind === 'temperature' && worded.subject.kind === 'food') {
    return { ...worded, subject: { ...worded.subject, ...limits(worded.subject, change) } }
  }
  return worded
}

type Bounds = { min: number | null; max: number | null }
const limits = (own: Bounds, change: Partial<Record<keyof Bounds, number | null | undefined>>): Bounds => ({
  min: change.min === undefined ? own.min : change.min,
  max: change.max === undefined ? own.max : change.max,
})
