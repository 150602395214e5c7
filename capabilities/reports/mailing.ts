import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { PackLanguage } from './pack.ts'

export const MOST_RECIPIENTS = 10
/** Of one location, at once. */
export const MOST_MAILINGS = 10

const Recipient = z.string().trim().toLowerCase().max(320).pipe(z.email())
const Person = z.object({ id: z.uuid(), name: z.string() })

export const Every = z.enum(['week', 'month'])

export const MailingAsked = z.strictObject({
  locationId: z.uuid(),
  /** On Mondays the week before, on the first of a month the month before. */
  every: Every,
  recipients: z.array(Recipient).min(1).max(MOST_RECIPIENTS),
  /** Who it is for: stands across each page of the file. */
  givenTo: z.string().trim().min(1).max(100),
  language: PackLanguage.default('en'),
  photos: z.boolean().default(false),
  /** What lacks something waits until someone sends it. */
  waitsForGaps: z.boolean().default(true),
})
export type MailingAsked = z.output<typeof MailingAsked>

/** One week or month of a mailing. */
export const Sending = z
  .object({
    id: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date(),
    /**
     * waiting: something was missing. unknown: a server ended while it was sent. too_much: more than 20,000 records of a kind,
     * which no file holds: shorter days are fetched, or sent as a link, by hand. paused: its mailing is.
     */
    state: z.enum(['waiting', 'queued', 'sending', 'sent', 'failed', 'unknown', 'too_much', 'paused']),
    /** How many kinds of things were missing when it was looked through. */
    gaps: z.int().nonnegative(),
    sentTo: z.array(z.string()),
    changedAt: Instant,
  })
  .meta({ id: 'ReportSending' })
export type Sending = z.infer<typeof Sending>

export const Mailing = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    every: Every,
    recipients: z.array(z.string()),
    givenTo: z.string(),
    language: PackLanguage,
    photos: z.boolean(),
    waitsForGaps: z.boolean(),
    /** When the next one is looked through and sent. */
    dueAt: Instant,
    createdAt: Instant,
    createdBy: Person.nullable(),
    /** Under whom it goes: whoever set it up, or took it over. Null: a key set it up. */
    keptBy: Person.nullable(),
    /** Since then nothing leaves: whoever it goes under may not send these records any more. */
    pausedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** The latest first: at most twelve. */
    sendings: z.array(Sending),
  })
  .meta({ id: 'ReportMailing' })
export type Mailing = z.infer<typeof Mailing>
