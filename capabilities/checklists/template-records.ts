import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { LocalChanges } from './form.ts'
import { Item } from './item.ts'
import { NextTime, ScheduleSummary } from './schedule.ts'
import { Category, ChecklistTemplate, DraftContent, TemplateContent } from './template.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })
const Name = z.string().trim().min(1).max(200)

/** A template in a list: everything but what it asks. */
export const TemplateSummary = ChecklistTemplate.omit({ draft: true })
  .extend({ items: z.int() })
  .meta({ id: 'ChecklistTemplateSummary' })
export type TemplateSummary = z.infer<typeof TemplateSummary>

export const NewTemplate = z.strictObject({
  name: Name,
  category: Category.default('other'),
  /** Default: one empty section. */
  draft: DraftContent.optional(),
  libraryKey: z.string().min(1).max(100).nullable().default(null),
})
export type NewTemplate = z.input<typeof NewTemplate>

/** `revision`: of what it is a change. Of two who edit at once, the second is told. */
export const TemplateChange = z.strictObject({
  revision: z.int().min(1),
  name: Name.optional(),
  category: Category.optional(),
  draft: DraftContent.optional(),
  archived: z.boolean().optional(),
})
export type TemplateChange = z.output<typeof TemplateChange>

export const Publication = z.strictObject({
  revision: z.int().min(1),
  /** What is new, for those who do it. */
  note: z.string().trim().max(1000).default(''),
})

export const RollBack = Publication.extend({ version: z.int().min(1) })

/** A version as it was published. Never changed. */
export const TemplateVersion = z
  .object({
    id: z.uuid(),
    templateId: z.uuid(),
    version: z.int(),
    name: z.string(),
    category: Category,
    items: z.int(),
    note: z.string(),
    publishedBy: Person.nullable(),
    publishedAt: Instant,
  })
  .meta({ id: 'ChecklistTemplateVersion' })
export type TemplateVersion = z.infer<typeof TemplateVersion>

export const WholeVersion = TemplateVersion.extend({ content: TemplateContent }).meta({
  id: 'WholeChecklistTemplateVersion',
})
export type WholeVersion = z.infer<typeof WholeVersion>

/** One thing that differs: an item, a section, or (with neither) the template itself. */
export const Difference = z.object({
  what: z.enum(['template', 'section', 'item']),
  id: z.uuid().nullable(),
  /** As it is called in the newer one, or was in the older. */
  label: z.string(),
  outcome: z.enum(['added', 'removed', 'changed', 'moved']),
  fields: z.array(z.object({ field: z.string(), before: z.json(), after: z.json() })),
})
export type Difference = z.infer<typeof Difference>

export const Comparison = z
  .object({ from: z.int(), to: z.int().nullable(), differences: z.array(Difference) })
  .meta({ id: 'ChecklistTemplateComparison' })
export type Comparison = z.infer<typeof Comparison>

/** Who would meet a publication, and what stays as it was. Of locations the caller may see. */
export const PublishPreview = z
  .object({
    nextVersion: z.int(),
    /** Running schedules: whose work it is (a role; null: whoever is on), at how many locations, and when next. */
    schedules: z.array(
      ScheduleSummary.pick({ id: true, name: true, role: true, locationCount: true, next: true }).extend({
        /** The first checklist that would be done by this version: the earliest that nobody has begun. */
        from: NextTime.nullable(),
      }),
    ),
    locations: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        /** Waiting checklists that nobody has begun: they are done by the new version at once. */
        waiting: z.int(),
        /** Begun: they stay on the version they were begun with. */
        begun: z.int(),
        hasLocalChanges: z.boolean(),
      }),
    ),
    moreLocations: z.int(),
    differences: z.array(Difference),
    problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'ChecklistPublishPreview' })
export type PublishPreview = z.infer<typeof PublishPreview>

export const LocalChangesRecord = z
  .object({
    templateId: z.uuid(),
    locationId: z.uuid(),
    changes: LocalChanges,
    /** 0: none were ever made. */
    revision: z.int(),
    changedBy: Person.nullable(),
    changedAt: Instant.nullable(),
  })
  .meta({ id: 'ChecklistLocalChanges' })
export type LocalChangesRecord = z.infer<typeof LocalChangesRecord>

export const LocalChangesChange = z.strictObject({
  locationId: z.uuid(),
  revision: z.int().min(0),
  changes: LocalChanges,
})

const KINDS = Item.options.map(({ shape }) => shape.kind.value)

/** A checklist as a spreadsheet holds it. Nothing is stored: what is to be made goes to `POST /checklist-templates`. */
export const ReadTemplate = z
  .object({
    columns: z.array(z.object({ name: z.string(), field: z.string().nullable() })),
    rows: z.array(
      z.object({
        /** Counted from 1 below the header. */
        row: z.int(),
        section: z.string(),
        question: z.string(),
        kind: z.enum(KINDS).nullable(),
        errors: z.array(z.object({ column: z.string(), code: z.string(), message: z.string() })),
      }),
    ),
    refused: z.int(),
    /** Null while a row is refused. */
    draft: DraftContent.nullable(),
  })
  .meta({ id: 'ReadChecklistTemplate' })
export type ReadTemplate = z.infer<typeof ReadTemplate>
