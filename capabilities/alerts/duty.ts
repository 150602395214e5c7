import { refuse } from '@opsflow/platform/refusal'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

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

/** What is taken back: that it began, or that it ended. */
export const Undoes = z.enum(['start', 'end'])
export type Undoes = z.infer<typeof Undoes>

export const isOver = (): never => refuse('conflict', 'alerts.duty_over', { detail: 'This duty is over already.' })
