import { defineRoutes, IdParams, Instant, PageQuery, page } from '@opsflow/platform/route'
import { Signature } from '@opsflow/platform/signature'
import { z } from 'zod'
import { Duty, Undoes } from './duty.ts'
import { HoldMinutes, Matter, matterRefusals, NoteText } from './matter.ts'
import { Kind } from './policy.ts'
import { NoticePreferences, PolicyChange, PolicyPreview, PolicyRecord, PreviewOf } from './policy-record.ts'

const one = { tag: 'alerts', params: IdParams, response: Matter, refusals: matterRefusals } as const

export const alertRoutes = defineRoutes({
  'GET /matters': {
    summary: 'What is late, failed or unacknowledged, newest first',
    tag: 'alerts',
    permission: 'alerts.read',
    query: PageQuery.extend({
      locationId: z.uuid().optional(),
      kind: Kind.optional(),
      state: z.enum(['open', 'closed']).optional(),
      /** Only what you were told of. */
      mine: z.enum(['true']).optional(),
    }),
    response: page(Matter),
  },
  'GET /matters/{id}': { ...one, summary: 'One matter with its whole thread', permission: 'alerts.read' },
  'POST /matters/{id}/acknowledgements': {
    ...one,
    summary: 'Say that you look after it',
    description: 'It climbs no further until that has lasted too long: `holdMinutes`, or as long as the policy says.',
    permission: 'alerts.acknowledge',
    body: z.strictObject({ holdMinutes: HoldMinutes.nullable().default(null), note: NoteText.default('') }),
    status: 201,
  },
  'POST /matters/{id}/notes': {
    ...one,
    summary: 'Write a note to it',
    permission: 'alerts.acknowledge',
    body: z.strictObject({ note: NoteText.min(1) }),
    status: 201,
  },
  'POST /matters/{id}/sightings': {
    ...one,
    summary: 'Say that you have read it',
    permission: 'alerts.read',
    callers: ['member'],
    status: 201,
  },
  'POST /matters/{id}/closure': {
    ...one,
    summary: 'Close it by hand, with a reason',
    description: 'Signed with the PIN on a shared tablet.',
    permission: 'alerts.lead',
    body: z.strictObject({ note: NoteText.min(1), signature: Signature.optional() }),
    refusals: [...matterRefusals, 'signature.missing'],
    status: 201,
  },
  'GET /duties': {
    summary: 'Who was manager on duty at a location in the last two weeks, the latest first',
    tag: 'alerts',
    permission: 'alerts.read',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(Duty) }),
  },
  'GET /duties/{id}': {
    summary: 'One duty',
    tag: 'alerts',
    permission: 'alerts.read',
    params: IdParams,
    response: Duty,
  },
  'POST /duties': {
    summary: 'Be manager on duty at a location until a time: of its managers, the one who is told',
    description:
      'With `memberId` somebody else is: whoever leads there too; not on a shared tablet, where one signs with the PIN. Whoever was on duty is relieved. While nobody is, all managers of the location are told.',
    tag: 'alerts',
    permission: 'alerts.lead',
    callers: ['member'],
    body: z.strictObject({
      locationId: z.uuid(),
      endsAt: Instant,
      memberId: z.uuid().optional(),
      signature: Signature.optional(),
    }),
    response: Duty,
    status: 201,
    refusals: ['alerts.duty_span', 'alerts.not_leading', 'alerts.own_duty_only', 'signature.missing'],
  },
  'GET /duty-candidates': {
    summary: 'Who can be given the duty of a location: whoever leads there',
    tag: 'alerts',
    permission: 'alerts.lead',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  },
  'POST /duties/{id}/end': {
    summary: 'End a duty: one’s own, or another’s as someone who leads there',
    tag: 'alerts',
    permission: 'alerts.read',
    params: IdParams,
    response: Duty,
    refusals: ['alerts.duty_over', 'signature.missing'],
  },
  'POST /duties/{id}/undo': {
    summary: 'Take back moments later that you took, gave (`start`) or ended (`end`) a duty',
    description: 'Whoever was relieved has it again. Not once someone else has it.',
    tag: 'alerts',
    permission: 'alerts.read',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ undoes: Undoes }),
    response: Duty,
    refusals: ['alerts.duty_too_late'],
  },
  'GET /alert-policies': {
    summary: 'Who is told of what, wherever that was set',
    description: 'Where nothing was set, the default holds.',
    tag: 'alerts',
    permission: 'alerts.policy',
    response: z.object({ items: z.array(PolicyRecord) }),
  },
  'PUT /alert-policies': {
    summary: 'Set who is told of a kind of matter, at a node of the tree',
    tag: 'alerts',
    permission: 'alerts.policy',
    body: PolicyChange,
    response: PolicyRecord,
    refusals: ['alerts.policy_stale', 'alerts.sort_unknown', 'alerts.node_unknown'],
  },
  'DELETE /alert-policies/{id}': {
    summary: 'Take it back: what holds above it holds here again',
    tag: 'alerts',
    permission: 'alerts.policy',
    params: IdParams,
    response: z.void(),
    status: 204,
  },
  'POST /alert-policies/previews': {
    summary: 'Whom a policy would tell at a location, and when, if nobody did anything',
    tag: 'alerts',
    permission: 'alerts.policy',
    body: PreviewOf,
    response: PolicyPreview,
  },
  'GET /notice-preferences': {
    summary: 'How you want to be told',
    tag: 'alerts',
    permission: 'signed-in',
    callers: ['member'],
    response: NoticePreferences,
  },
  'PUT /notice-preferences': {
    summary: 'Say how you want to be told',
    tag: 'alerts',
    permission: 'signed-in',
    callers: ['member'],
    body: NoticePreferences,
    response: NoticePreferences,
    refusals: ['alerts.zone_unknown'],
  },
})
