import { CsvBytes } from '@opsflow/capabilities/locations'
import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Category, ChecklistTemplate } from './template.ts'
import {
  Comparison,
  LocalChangesChange,
  LocalChangesRecord,
  NewTemplate,
  Publication,
  PublishPreview,
  ReadTemplate,
  RollBack,
  TemplateChange,
  TemplateSummary,
  TemplateVersion,
  WholeVersion,
} from './template-records.ts'

/** 500 items with their texts. */
const whole = { type: 'application/json', maxBytes: 2 * 1024 * 1024 }
const tag = 'checklists'
const manage = 'checklists.manage'
const read = 'checklists.read'
const meanwhile = 'checklists.template_changed_meanwhile'
const nameTaken = 'checklists.template_name_taken'
const notYours = 'checklists.template_not_yours'
const archived = 'checklists.template_archived'

export const templateRoutes = defineRoutes({
  'GET /checklist-templates': {
    summary: 'Checklist templates, by name',
    tag,
    permission: read,
    query: PageQuery.extend({
      state: z.enum(['active', 'archived', 'any']).default('active'),
      category: Category.optional(),
    }),
    response: page(TemplateSummary),
  },
  'POST /checklist-templates': {
    summary: 'Make a checklist template',
    description: 'A draft: nobody is asked anything before it is published.',
    tag,
    permission: manage,
    accepts: whole,
    body: NewTemplate,
    response: ChecklistTemplate,
    status: 201,
    refusals: [nameTaken],
  },
  'POST /checklist-template-imports': {
    summary: 'Read a checklist from a CSV file',
    description:
      'One question a row; columns section, question, kind, required, not_applicable, critical, help, min, max, unit, options ' +
      '(separated by semicolons, `!` before one that fails), fix. Nothing is stored: the `draft` of the answer goes to ' +
      '`POST /checklist-templates`. At most 500 rows.',
    tag,
    permission: manage,
    accepts: { type: 'text/csv', maxBytes: 1024 * 1024 },
    body: CsvBytes,
    response: ReadTemplate,
    refusals: [
      'checklists.file_not_csv',
      'checklists.file_not_utf8',
      'checklists.file_empty',
      'checklists.file_too_long',
      'checklists.columns_wrong',
    ],
  },
  'GET /checklist-templates/{id}': {
    summary: 'A template with its draft',
    tag,
    permission: read,
    params: IdParams,
    response: ChecklistTemplate,
  },
  'PATCH /checklist-templates/{id}': {
    summary: 'Save the draft, rename, archive or bring back',
    description:
      'Of two who edit the same revision, the second is refused. Templates are changed by who made them, and by those who ' +
      'hold checklists.manage in the whole organization. An archived template has no running schedules.',
    tag,
    permission: manage,
    params: IdParams,
    accepts: whole,
    body: TemplateChange,
    response: ChecklistTemplate,
    refusals: [meanwhile, nameTaken, notYours, archived, 'checklists.template_in_use'],
  },
  'POST /checklist-templates/{id}/copies': {
    summary: 'Make a template of your own from one',
    description: 'Its items are new ones: answers of the copy are not laid beside those of the original.',
    tag,
    permission: manage,
    params: IdParams,
    body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
    response: ChecklistTemplate,
    status: 201,
    refusals: [nameTaken],
  },
  'GET /checklist-templates/{id}/publication-preview': {
    summary: 'What publishing the draft would touch',
    description: 'Locations the caller may see that use it now, the first 200 by name.',
    tag,
    permission: manage,
    params: IdParams,
    response: PublishPreview,
  },
  'POST /checklist-templates/{id}/publications': {
    summary: 'Publish the draft',
    description:
      'It holds at once: what nobody has begun is asked anew, what was begun stays on the version it was begun with.',
    tag,
    permission: manage,
    params: IdParams,
    body: Publication,
    response: ChecklistTemplate,
    refusals: [meanwhile, notYours, archived, 'checklists.template_incomplete', 'checklists.template_not_changed'],
  },
  'POST /checklist-templates/{id}/roll-backs': {
    summary: 'Publish an older version anew',
    description:
      'It becomes the next version; nothing is taken out of the history. A draft with changes of its own stays as it is.',
    tag,
    permission: manage,
    params: IdParams,
    body: RollBack,
    response: ChecklistTemplate,
    refusals: [meanwhile, notYours, archived, 'checklists.version_unknown'],
  },
  'GET /checklist-templates/{id}/versions': {
    summary: 'Its published versions, the latest first',
    tag,
    permission: read,
    params: IdParams,
    query: PageQuery,
    response: page(TemplateVersion),
  },
  'GET /checklist-versions/{id}': {
    summary: 'A published version with what it asks',
    tag,
    permission: read,
    params: IdParams,
    response: WholeVersion,
  },
  'GET /checklist-templates/{id}/comparison': {
    summary: 'What differs between two versions, or a version and the draft',
    description: 'Without `to`: the draft.',
    tag,
    permission: read,
    params: IdParams,
    query: z.strictObject({
      from: z.coerce.number().int().min(1).max(1_000_000),
      to: z.coerce.number().int().min(1).max(1_000_000).optional(),
    }),
    response: Comparison,
    refusals: ['checklists.version_unknown'],
  },
  'GET /checklist-templates/{id}/local-changes': {
    summary: 'What a location says differently',
    tag,
    permission: read,
    params: IdParams,
    query: z.strictObject({ locationId: z.uuid() }),
    response: LocalChangesRecord,
  },
  'PUT /checklist-templates/{id}/local-changes': {
    summary: 'Say it differently at a location',
    description:
      'Only what the version in use opens (`local` of the item). It holds at once for what nobody there has begun.',
    tag,
    permission: manage,
    params: IdParams,
    body: LocalChangesChange,
    response: LocalChangesRecord,
    refusals: [
      'checklists.local_changed_meanwhile',
      'checklists.not_open_to_change',
      'checklists.template_not_published',
    ],
  },
})
