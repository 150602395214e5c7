import { defineRoutes, FileAnswer, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'
import { GivenLink, Inspection, InspectorLink, InspectorVisit, LinkAsked, LinkSecret } from './link.ts'
import { Mailing, MailingAsked } from './mailing.ts'
import { isPackSpan, notASpan, PackCheck, PackLanguage, packSpan } from './pack.ts'
import { Paper, PaperCode } from './paper.ts'

const tag = 'reports'
const permission = 'reports.make'

/** `pointId`: of the control, as the live view of its plan names it. */
const pointQuery = z
  .strictObject({
    ...{ planId: z.uuid(), pointId: z.uuid(), from: z.iso.date(), to: z.iso.date() },
    language: PackLanguage.default('en'),
  })
  .refine(isPackSpan, notASpan)
const pointText =
  'A tagged PDF: what the plan says of it, what was planned and done, what deviated and what was done about it, and each record ' +
  'the plan ties to it. A code on it leads to what is kept of it. More than 20,000 records of a kind are refused.'

export const reportRoutes = defineRoutes({
  'GET /inspector-packs/check': {
    summary: 'What an inspector pack would hold, and what its records lack',
    description: 'To be asked before anything is sent: what is missing can often still be put right.',
    tag,
    permission,
    query: z.strictObject(packSpan).refine(isPackSpan, notASpan),
    response: PackCheck,
    refusals: ['reports.too_much'],
  },
  'GET /inspector-packs/pack.pdf': {
    summary: 'The records of a location’s days as one file for an inspector',
    description:
      'A tagged PDF: what is missing, audits, temperatures by unit and day, what was out of its limit and what was done about ' +
      'it with its photos, and every checklist. Nothing is left out; more than 20,000 records of a kind are refused. A code on it ' +
      'leads to what is kept of it.',
    tag,
    permission,
    query: z.strictObject({ ...packSpan, language: PackLanguage.default('en') }).refine(isPackSpan, notASpan),
    produces: '*/*',
    response: FileAnswer,
    refusals: ['reports.too_much'],
  },
  'GET /inspector-packs/pack.xlsx': {
    summary: 'The same records as a workbook, a sheet for each kind',
    description:
      'Times are the location’s own, as dates a spreadsheet understands. Text stays text: nothing in it is a formula.',
    tag,
    permission,
    query: z.strictObject({ ...packSpan, language: PackLanguage.default('en') }).refine(isPackSpan, notASpan),
    produces: '*/*',
    response: FileAnswer,
    refusals: ['reports.too_much'],
  },
  'GET /haccp-points/report.pdf': {
    summary: 'One control point of a HACCP plan in force: what was recorded of it, and whether it was kept to',
    description: pointText,
    tag,
    permission: 'haccp.read',
    query: pointQuery,
    produces: '*/*',
    response: FileAnswer,
    refusals: ['reports.too_much'],
  },
  'GET /haccp-points/report.xlsx': {
    summary: 'The same as a workbook, a sheet for each kind',
    description:
      'Times are the location’s own, as dates a spreadsheet understands. Text stays text: nothing in it is a formula.',
    tag,
    permission: 'haccp.read',
    query: pointQuery,
    produces: '*/*',
    response: FileAnswer,
    refusals: ['reports.too_much'],
  },
  'GET /haccp-points/report.csv': {
    summary: 'The same as one table, a row for each record',
    tag,
    permission: 'haccp.read',
    query: pointQuery,
    produces: 'text/csv',
    response: z.string(),
    refusals: ['reports.too_much'],
  },
  'POST /papers/verifications': {
    summary: 'What is kept of a printed record or a pack, by the code on it, without an account',
    description:
      'Its kind, place, days, when it was made, and the SHA-256 of its bytes, against which a file can be held. The code stands in ' +
      'the body, never in an address.',
    tag,
    permission: 'public',
    body: z.strictObject({ code: PaperCode }),
    response: Paper,
    status: 200,
    refusals: ['rate_limited'],
  },

  'GET /inspector-links': {
    summary: 'The links to a location’s records that were given to inspectors, the latest first',
    tag,
    permission: 'reports.share',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(InspectorLink) }),
  },
  'POST /inspector-links': {
    summary: 'Give an inspector a link to the records of a location’s days',
    description:
      'Its secret is shown this once. Whoever has it sees the records of these days as they stand then, and nothing else, until it ' +
      'expires or is revoked. Their name stands across each page of the file.',
    tag,
    permission: 'reports.share',
    body: LinkAsked,
    response: GivenLink,
    status: 201,
  },
  'GET /inspector-links/{id}/visits': {
    summary: 'When a link was used, the latest first: at most 200',
    tag,
    permission: 'reports.share',
    params: IdParams,
    response: z.object({ items: z.array(InspectorVisit) }),
  },
  'DELETE /inspector-links/{id}': {
    summary: 'Revoke a link: whoever follows it finds nothing any more',
    tag,
    permission: 'reports.share',
    params: IdParams,
    response: InspectorLink,
  },
  'GET /report-mailings': {
    summary: 'What of a location’s records is sent by e-mail, and what became of it, the latest first',
    tag,
    permission: 'reports.share',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(Mailing), mailIsOn: z.boolean() }),
  },
  'POST /report-mailings': {
    summary: 'Have a location’s records sent every week or month',
    description:
      'A letter to each address, with a link that lasts thirty days. They are looked through first: what lacks something waits ' +
      'until someone sends it, if that was asked for; whoever set it up is told.',
    tag,
    permission: 'reports.share',
    body: MailingAsked,
    response: Mailing,
    status: 201,
    refusals: ['reports.mail_off', 'reports.too_many_mailings'],
  },
  'DELETE /report-mailings/{id}': {
    summary: 'Send no more of it: links that were sent stay until they end or are revoked',
    tag,
    permission: 'reports.share',
    params: IdParams,
    response: Mailing,
  },
  'POST /report-mailings/{id}/takeover': {
    summary: 'Have a paused mailing go on under your name',
    description:
      'It pauses when whoever it goes under may not send the records of the location any more. What it last missed leaves at once; ' +
      'weeks or months before that are not sent.',
    tag,
    permission: 'reports.share',
    params: IdParams,
    response: Mailing,
    status: 200,
    refusals: ['reports.not_paused', 'reports.not_a_person'],
  },
  'POST /report-sendings/{id}/release': {
    summary: 'Send what waits, failed, or may not have left',
    tag,
    permission: 'reports.share',
    params: IdParams,
    response: Mailing,
    status: 200,
    refusals: ['reports.not_waiting', 'reports.mailing_paused'],
  },
  'POST /inspections': {
    summary: 'What a link leads to, without an account',
    description:
      'The secret stands in the body, never in an address. An unknown, an expired and a revoked one are answered alike.',
    tag,
    permission: 'public',
    body: z.strictObject({ secret: LinkSecret }),
    response: Inspection,
    status: 200,
    refusals: ['rate_limited', 'reports.too_much'],
  },
  'POST /inspections/logo.png': {
    summary: 'The logo of whoever gave a link, without an account',
    tag,
    permission: 'public',
    body: z.strictObject({ secret: LinkSecret }),
    produces: '*/*',
    response: FileAnswer,
    status: 200,
    refusals: ['rate_limited'],
  },
  'POST /inspections/pack.pdf': {
    summary: 'The records a link leads to as a file, without an account',
    tag,
    permission: 'public',
    body: z.strictObject({ secret: LinkSecret }),
    produces: '*/*',
    response: FileAnswer,
    status: 200,
    refusals: ['rate_limited', 'reports.too_much'],
  },
})
