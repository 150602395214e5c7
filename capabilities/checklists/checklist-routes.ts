import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { Signature } from '@opsflow/platform/signature'
import { z } from 'zod'
import { Answer, NewAnswer } from './answer.ts'
import { Checklist, ChecklistStatus, SignOff } from './checklist.ts'
import { ChecklistForm } from './form.ts'
import { Oddity } from './looks-odd.ts'
import { checklistMutators } from './sync.ts'

/** Everything about one: for its record, its print, and a page that has it no longer on the device. */
export const ChecklistRecord = z
  .object({
    checklist: Checklist,
    form: ChecklistForm,
    answers: z.array(Answer),
    /** Those that sections for each unit asked about, by their names of today. */
    units: z.array(z.object({ id: z.uuid(), name: z.string() })),
  })
  .meta({ id: 'ChecklistRecord' })
export type ChecklistRecord = z.infer<typeof ChecklistRecord>

export const checklistRefusals = [
  'checklists.over',
  'checklists.too_late',
  'checklists.incomplete',
  'checklists.signature_needed',
  'checklists.changed_since',
  'checklists.signed',
  'checklists.took_part',
  'checklists.not_done',
  'checklists.not_empty',
  'checklists.reason_needed',
  'checklists.id_taken',
  'checklists.nobody_here',
  'checklists.presences_full',
  'checklists.disputed',
  'checklists.photo_used',
  'checklists.first_signature_missing',
  'checklists.other_signs',
  'checklists.item_unknown',
  'checklists.entry_unknown',
  'checklists.too_many_entries',
  'checklists.nothing_asked',
  'checklists.must_be_answered',
  'checklists.other_kind',
  'checklists.option_unknown',
  'checklists.moment_unreadable',
  'checklists.unit_needed',
  'checklists.reading_unknown',
  'evidence.missing',
] as const

const { begin, countersign, empty, sign, verify, handover, presence } = checklistMutators

export const checklistRoutes = defineRoutes({
  'GET /checklists': {
    summary: 'Checklists of a location or of all, the latest business day first',
    tag: 'checklists',
    permission: 'checklists.read',
    query: PageQuery.extend({
      locationId: z.uuid().optional(),
      day: z.iso.date().optional(),
      templateId: z.uuid().optional(),
      status: ChecklistStatus.optional(),
    }),
    response: page(Checklist),
  },
  'GET /checklists/oddities': {
    summary: 'Look at this: what was answered remarkably fast, alike or late',
    description: 'Of the last days. It accuses nobody: there may be a good reason for each.',
    tag: 'checklists',
    permission: 'checklists.verify',
    query: z.strictObject({
      locationId: z.uuid().optional(),
      days: z.coerce.number().int().min(1).max(31).default(7),
    }),
    response: z.object({ items: z.array(Oddity.extend({ checklist: Checklist })) }),
  },
  'GET /checklists/{id}': {
    summary: 'One checklist with its version and every answer that was given',
    description: 'The latest answer of each place counts, by the time it was given; the others are its history.',
    tag: 'checklists',
    permission: 'checklists.read',
    params: IdParams,
    response: ChecklistRecord,
  },
  'GET /checklists/{id}/oddities': {
    summary: 'Look at this, of one checklist',
    tag: 'checklists',
    permission: 'checklists.verify',
    params: IdParams,
    response: z.object({ items: z.array(Oddity) }),
  },
  'POST /checklists': {
    summary: 'Begin one by hand',
    description: 'Of a form, or of a template at a location: then by the version in use there.',
    tag: 'checklists',
    permission: 'checklists.do',
    body: z.union([
      begin.args,
      begin.args.omit({ formId: true }).extend({ templateId: z.uuid(), locationId: z.uuid() }),
    ]),
    response: Checklist,
    status: 201,
    refusals: checklistRefusals,
  },
  'POST /checklists/{id}/answers': {
    summary: 'Answer an item',
    description:
      'Answering again appends; the latest counts. A unit’s temperature is recorded as a reading of that unit, under the answer’s id.',
    tag: 'checklists',
    permission: 'checklists.do',
    params: IdParams,
    body: NewAnswer.omit({ checklistId: true }),
    response: Answer,
    status: 201,
    refusals: checklistRefusals,
  },
  'POST /checklists/{id}/completion': {
    summary: 'Complete it, or say that there was nothing to record',
    description: 'With a reason: nothing to record, where the template allows that. The first completion counts.',
    tag: 'checklists',
    permission: 'checklists.do',
    params: IdParams,
    body: empty.args.pick({ reason: true }).partial(),
    response: Checklist,
    refusals: checklistRefusals,
  },
  'POST /checklists/{id}/hand-overs': {
    summary: 'Hand it over to another person, with a note',
    description: 'To someone who works at its location. The latest says whose it is; answers stay who gave them.',
    tag: 'checklists',
    permission: 'checklists.do',
    callers: ['member'],
    params: IdParams,
    body: handover.args.omit({ checklistId: true }),
    response: Checklist,
    status: 201,
    refusals: checklistRefusals,
  },
  'POST /checklists/{id}/presences': {
    summary: 'Show that one is at its place: by a code that hangs there, or by how far one’s device is from it',
    description:
      'Evidence beside the answers; nothing waits for it. What does not show it is kept too, with its `verdict`: a code of another ' +
      'place and one that there is not are both `code_unknown`. Of a position only the distance and the accuracy are sent and kept.',
    tag: 'checklists',
    permission: 'checklists.do',
    callers: ['member'],
    params: IdParams,
    body: presence.args.omit({ checklistId: true }),
    response: Checklist,
    status: 201,
    refusals: checklistRefusals,
  },
  'POST /checklists/{id}/sign-offs': {
    summary: 'Sign: as whoever did it, as the manager on duty beside them, as the second person, or to send it back',
    description:
      '`digest`: SHA-256 (hex) of the signed text, which the server makes anew and compares. `answers`: the ids of the answers that were seen.',
    tag: 'checklists',
    permission: 'checklists.do',
    callers: ['member'],
    params: IdParams,
    body: sign.args.omit({ checklistId: true }).extend({
      meaning: z.enum(['performed', ...countersign.args.shape.meaning.options, ...verify.args.shape.meaning.options]),
      signature: Signature.optional(),
    }),
    response: SignOff,
    status: 201,
    refusals: checklistRefusals,
  },
})
