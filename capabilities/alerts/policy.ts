import { z } from 'zod'
import { AUDIENCES, KINDS, SEVERITIES, WAYS } from './words.ts'

export const Kind = z.enum(KINDS)
export const Severity = z.enum(SEVERITIES)
export const Way = z.enum(WAYS)

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const QuietHours = z
  .strictObject({ from: Clock, to: Clock })
  .refine(({ from, to }) => from !== to, { message: 'Quiet hours end at another time than they begin.', path: ['to'] })

const Minutes = z.int().min(0).max(1440)

export const PolicyStep = z.strictObject({
  /** Minutes after the step before it; of the first, after the matter began. */
  afterMinutes: Minutes,
  to: z.array(z.enum(AUDIENCES)).min(1).max(AUDIENCES.length),
  /** Beside the inbox. */
  ways: z.array(Way).max(WAYS.length),
})
export type PolicyStep = z.infer<typeof PolicyStep>

/** Who is told of one kind of matter, when and how, and what stops it. */
export const Policy = z
  .strictObject({
    /** Off: such matters are listed, and nobody is told. */
    isOn: z.boolean(),
    steps: z.array(PolicyStep).min(1).max(6),
    /** Whoever was told is told again after so long, while nobody acknowledges it; the same thread, brought up to date. */
    repeatMinutes: z.int().min(5).max(1440),
    /** How often at most. 0: never again. */
    repeats: z.int().min(0).max(20),
    /** How long an acknowledgement holds. Then it comes back and climbs on. */
    holdMinutes: z.int().min(5).max(1440),
    /** Of the location's wall clock: nobody is told meanwhile. Null: none of its own. */
    quiet: QuietHours.nullable(),
    /** Food safety does not wait for the morning: people are told in quiet hours too, theirs as well, and why. */
    breaksQuiet: z.boolean(),
  })
  .meta({ id: 'AlertPolicy' })
export type Policy = z.infer<typeof Policy>
