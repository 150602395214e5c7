import { Scoring } from '@opsflow/capabilities/audits'
import { UnitKind } from '@opsflow/capabilities/temperature'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Item, ShowIf } from './item.ts'
import { scoringProblems } from './scoring-holds.ts'

/** unit: once for each unit of these kinds at the location · entry: as often as someone begins one (each batch). */
export const Repeat = z.discriminatedUnion('per', [
  z.strictObject({ per: z.literal('unit'), unitKinds: z.array(UnitKind).min(1).max(10) }),
  z.strictObject({
    per: z.literal('entry'),
    noun: z.string().trim().min(1).max(60),
    atLeast: z.int().min(0).max(50).default(0),
    atMost: z.int().min(1).max(200).default(50),
  }),
])
export type Repeat = z.output<typeof Repeat>

export const Section = z.strictObject({
  id: z.uuid(),
  title: z.string().trim().max(200),
  repeat: Repeat.nullable().default(null),
  showIf: ShowIf.nullable().default(null),
  items: z.array(Item).max(200),
})
export type Section = z.output<typeof Section>

export const MOST_ITEMS = 500

/** What is being worked on: its parts are whole, what it asks as a whole may not hold together yet. */
export const DraftContent = z.strictObject({
  sections: z.array(Section).min(1).max(60),
  estimateMinutes: z.int().min(1).max(600).default(10),
  /** A second person signs what was done: who holds `checklists.verify` there, and took no part. */
  needsVerification: z.boolean().default(false),
  /** Whoever completes it signs with their name (and, on a tablet, their PIN). */
  needsSignature: z.boolean().default(false),
  /** Beside whoever did it the manager on duty signs, or it is noted why they did not. Only then is it completed. */
  needsSecondSignature: z.boolean().optional(),
  /** Whoever does it is asked to show that they are at the place. Nothing waits for it. */
  asksPresence: z.boolean().optional(),
  /** It may be closed with a reason where there is nothing to record: no delivery came. */
  mayBeEmpty: z.boolean().default(false),
  /** With it, it is an audit: what is answered comes to a score. */
  scoring: Scoring.nullable().default(null),
})

/** Everything a version says. Frozen once it is published: an occurrence pins its version. */
export const TemplateContent = DraftContent.superRefine(holdsTogether)
export type DraftContent = z.output<typeof DraftContent>
export type TemplateContent = z.output<typeof TemplateContent>

export const Category = z.enum([
  'opening',
  'closing',
  'line_check',
  'receiving',
  'cooling',
  'hot_hold',
  'cleaning',
  'sanitiser',
  'probe_check',
  'date_marking',
  'managers_walk',
  'audit',
  'other',
])
export type Category = z.infer<typeof Category>

/** A template: its working draft, and the version that is in use. */
export const ChecklistTemplate = z
  .object({
    id: z.uuid(),
    name: z.string(),
    category: Category,
    /** What is being worked on. Nobody's list changes until it is published. */
    draft: DraftContent,
    /** Rises with each saving: of two who edit at once, the second is told. */
    revision: z.int(),
    /** Null: never published. */
    publishedVersion: z.int().nullable(),
    /** The draft says something else than the version in use. */
    isChanged: z.boolean(),
    /** Which of our own templates it was made from. */
    libraryKey: z.string().nullable(),
    /** The caller may change and publish it: it is theirs, or they manage checklists in the whole organization. */
    isMine: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'ChecklistTemplate' })
export type ChecklistTemplate = z.infer<typeof ChecklistTemplate>

/** Ids once, conditions only of what stands above and can be seen from there, and a scheme that has something to score. */
function holdsTogether(content: DraftContent, context: z.RefinementCtx) {
  const seen = new Map<string, string | null>() // item → the repeating section it lies in
  const ids = new Set<string>()
  let items = 0
  const once = (id: string, path: (string | number)[]) => {
    if (ids.has(id)) complain(context, path, 'id_twice', 'This id is used twice.')
    ids.add(id)
  }
  const looksUp = (showIf: ShowIf | null, place: string | null, path: (string | number)[]) =>
    showIf?.of.forEach(({ itemId }, n) => {
      const lies = seen.get(itemId)
      if (lies === undefined || (lies !== null && lies !== place)) {
        complain(context, [...path, 'showIf', 'of', n, 'itemId'], 'not_above', 'Ask of an item further up.')
      }
    })
  content.sections.forEach((section, s) => {
    const place = section.repeat ? section.id : null
    once(section.id, ['sections', s, 'id'])
    looksUp(section.showIf, null, ['sections', s])
    section.items.forEach((item, i) => {
      items += 1
      once(item.id, ['sections', s, 'items', i, 'id'])
      looksUp(item.showIf, place, ['sections', s, 'items', i])
      seen.set(item.id, place)
    })
  })
  if (items > MOST_ITEMS) complain(context, ['sections'], 'too_many_items', `At most ${MOST_ITEMS} items.`)
  for (const { path, code, message } of scoringProblems(content.scoring, content.sections)) {
    complain(context, path, code, message)
  }
}

const complain = (context: z.RefinementCtx, path: (string | number)[], code: string, message: string) =>
  context.addIssue({ code: 'custom', path, message, params: { code } })
