import { Photos } from '@opsflow/capabilities/evidence'
import { refuse } from '@opsflow/platform/refusal'
import { Signature } from '@opsflow/platform/signature'
import { z } from 'zod'
import { ACTIONS, CAUSES, DISPOSITIONS } from './corrective-action-words.ts'
import type { Compliance } from './limits.ts'
import type { Temperature } from './value.ts'

/**
 * What was done about a deviation, in the order of HACCP principle 5 (Codex CXC 1-1969): the cause, the action that
 * brings the process back, the disposition of the food, a re-check, and verification by a second person.
 */
export const Cause = z.enum(CAUSES)
export const Action = z.enum(ACTIONS)
export const Disposition = z.enum(DISPOSITIONS)

const Note = z.string().trim().max(2000)

export const ResponseInput = z
  .strictObject({
    cause: Cause,
    action: Action,
    disposition: Disposition,
    note: Note.default(''),
    /** Taken before it is sent; their bytes may follow later. */
    photos: Photos.optional(),
  })
  .refine(({ cause, action, note }) => note !== '' || (cause !== 'other' && action !== 'other'), {
    path: ['note'],
    message: 'Say in a note what it was.',
  })
export type ResponseInput = z.infer<typeof ResponseInput>

/** Critical: on a shared tablet both are signed with the PIN. */
export const ClosureInput = z.strictObject({ note: Note.default(''), signature: Signature.optional() })
export const VerificationInput = z.strictObject({ note: Note.default(''), signature: Signature.optional() })

export const CorrectiveActionStatus = z.enum(['opened', 'responded', 'rechecked', 'closed', 'verified'])
export type CorrectiveActionStatus = z.infer<typeof CorrectiveActionStatus>

/** Who did it and when: every step is a record of its own. */
type Signed = { by: string; at: string }
export type Response = Omit<ResponseInput, 'photos'> & Signed
export type Recheck = { value: Temperature; compliant: boolean; limitId: string | null } & Signed
export type SignedNote = { note: string } & Signed

/** Steps append. The latest response and the latest re-check are the ones that count; the earlier ones stay on record. */
export type CorrectiveAction = {
  status: CorrectiveActionStatus
  responses: readonly Response[]
  rechecks: readonly Recheck[]
  closure: SignedNote | null
  verification: SignedNote | null
  /** Whose steps are on record though they came too late to count: they took part all the same. */
  alsoTookPart: readonly string[]
}

export const openedAction = (): CorrectiveAction => ({
  status: 'opened',
  responses: [],
  rechecks: [],
  closure: null,
  verification: null,
  alsoTookPart: [],
})

export const correctiveActionRefusals = [
  'temperature.action_already_closed',
  'temperature.response_missing',
  'temperature.recheck_missing',
  'temperature.recheck_unjudgeable',
  'temperature.action_not_closed',
  'temperature.already_verified',
  'temperature.verifier_must_differ',
] as const

/** Cause, action and disposition. May be said again, better, until it is closed; then a re-check has to follow anew. */
export function respond(action: CorrectiveAction, input: ResponseInput, signed: Signed): CorrectiveAction {
  mustBeInWork(action)
  const { photos: _, ...said } = input
  return { ...action, status: 'responded', responses: [...action.responses, { ...said, ...signed }] }
}

/** The temperature afterwards. Within the limit it may be closed; outside it stays open, and that is recorded too. */
export function recheck(
  action: CorrectiveAction,
  value: Temperature,
  judged: Pick<Compliance, 'compliant' | 'limitId'>,
  signed: Signed,
): CorrectiveAction {
  mustBeInWork(action)
  if (action.status === 'opened')
    refuse('conflict', 'temperature.response_missing', { detail: 'First say what was done.' })
  if (judged.compliant === null) {
    refuse('invalid', 'temperature.recheck_unjudgeable', {
      detail: `No limit of this unit can judge a value in °${value.unit}.`,
      errors: [{ path: 'unit', code: 'temperature.recheck_unjudgeable', message: 'Measure in the unit of the limit.' }],
    })
  }
  const recheck = { value, compliant: judged.compliant, limitId: judged.limitId, ...signed }
  return { ...action, status: judged.compliant ? 'rechecked' : 'responded', rechecks: [...action.rechecks, recheck] }
}

export function close(action: CorrectiveAction, note: string, signed: Signed): CorrectiveAction {
  mustBeInWork(action)
  if (action.status === 'opened')
    refuse('conflict', 'temperature.response_missing', { detail: 'First say what was done.' })
  if (action.status !== 'rechecked') {
    refuse('conflict', 'temperature.recheck_missing', { detail: 'It closes with a re-check within the limit.' })
  }
  return { ...action, status: 'closed', closure: { note, ...signed } }
}

/** HACCP principle 6: someone who took no part in it confirms it. */
export function verify(action: CorrectiveAction, note: string, signed: Signed): CorrectiveAction {
  if (action.status === 'verified')
    refuse('conflict', 'temperature.already_verified', { detail: 'It is verified already.' })
  if (action.status !== 'closed')
    refuse('conflict', 'temperature.action_not_closed', { detail: 'Only closed work is verified.' })
  if (tookPart(action, signed.by)) {
    refuse('forbidden', 'temperature.verifier_must_differ', { detail: 'Someone who took no part has to verify it.' })
  }
  return { ...action, status: 'verified', verification: { note, ...signed } }
}

/**
 * Offline work arrives when it arrives: two people answer one deviation, or it is closed by then. What they did is
 * kept in the history either way; does it still count? The latest response and the latest re-check by the time they
 * were done count, whatever the order of their arrival; a re-check says nothing about an answer given after it.
 */
export function comesTooLate(
  action: CorrectiveAction,
  step: 'response' | 'recheck' | 'closure' | 'verification',
  at: string,
): boolean {
  if (action.status === 'verified') return true
  if (step === 'verification') return false
  if (action.status === 'closed') return true
  const isBefore = (one: Signed | undefined) => one !== undefined && Date.parse(at) < Date.parse(one.at)
  if (step === 'response') return isBefore(action.responses.at(-1))
  return step === 'recheck' && (isBefore(action.responses.at(-1)) || isBefore(action.rechecks.at(-1)))
}

/** For the screen that offers verification only to those who may give it. */
export const tookPart = (action: CorrectiveAction, memberId: string): boolean =>
  [...action.responses, ...action.rechecks, action.closure].some((step) => step?.by === memberId) ||
  action.alsoTookPart.includes(memberId)

function mustBeInWork(action: CorrectiveAction) {
  if (action.status !== 'closed' && action.status !== 'verified') return
  refuse('conflict', 'temperature.action_already_closed', {
    detail: 'It is closed; open a new one if it happened again.',
  })
}
