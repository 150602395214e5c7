import { refuse } from '@opsflow/platform/refusal'
import type { Duty, Undoes } from './duty.ts'
import { isOnDuty } from './on-duty.ts'

/** For so long whoever gave, took or ended a duty by mistake may take that back. */
export const TAKE_BACK_MINUTES = 10

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
