import { refuse } from '@opsflow/platform/refusal'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { isOnDuty } from './on-duty.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })

/** Someone is manager on duty at a location: of its managers, the one who is told. */
export const Duty = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    member: Person,
    startsAt: Instant,
    /** As it was meant; it is over by itself then. */
    endsAt: Instant,
    /** It ended earlier: by whoever did, or because someone took over. */
    endedAt: Instant.nullable(),
    endedBy: Person.nullable(),
    /** Who gave it to them. Null: they took it themselves. */
    givenBy: Person.nullable(),
    kiosk: Person.nullable(),
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof Duty>

/** A duty that nobody ends is over after so long at most: nobody is told for ever. */
export const LONGEST_DUTY_HOURS = 16

/** May it be taken from `at` until then? */
export function mayLast(at: string, endsAt: string): void {
  const lasts = Date.parse(endsAt) - Date.parse(at)
  if (lasts > 0 && lasts <= LONGEST_DUTY_HOURS * 3_600_000) return
  const message = `A duty ends after it begins, and after ${LONGEST_DUTY_HOURS} hours at most.`
  refuse('invalid', 'alerts.duty_span', {
    detail: message,
    errors: [{ path: 'body.endsAt', code: 'alerts.duty_span', message }],
  })
}

/** For so long whoever gave, took or ended a duty by mistake may take that back. */
export const TAKE_BACK_MINUTES = 10

/** What is taken back: that it began, or that it ended. */
export const Undoes = z.enum(['start', 'end'])
export type Undoes = z.infer<typeof Undoes>

/** Only by whoever did it, moments later. */
export function mayTakeBack(duty: Duty, undoes: Undoes, by: string | undefined, at: string): void {
  const done = undoes === 'end' ? duty.endedAt : duty.startsAt
  const doer = undoes === 'end' ? duty.endedBy : (duty.givenBy ?? duty.member)
  const age = done === null ? Number.NaN : Date.parse(at) - Date.parse(done)
  const isOfIts = undoes === 'end' ? Date.parse(at) < Date.parse(duty.endsAt) : isOnDuty(duty, Date.parse(at))
  if (isOfIts && doer?.id === by && age >= 0 && age <= TAKE_BACK_MINUTES * 60_000) return
  tooLate()
}

export const tooLate = (): never =>
  refuse('conflict', 'alerts.duty_too_late', {
    detail: `Only whoever did it takes it back, within ${TAKE_BACK_MINUTES} minutes and while nobody else has the duty.`,
  })

export const isOver = (): never => refuse('conflict', 'alerts.duty_over', { detail: 'This duty is over already.' })
