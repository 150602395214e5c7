import type { z } from 'zod'
import type { Action, Cause, CorrectiveAction, Disposition } from './corrective-action.ts'
import type { CorrectiveActionRecord, CorrectiveActionStep } from './records.ts'

/** What is stored of a corrective action: its state and every step. The rest of its record follows from them. */
export type ActionWithHistory = Omit<CorrectiveActionRecord, 'response' | 'rechecks'>

/** The answer people see: the latest response and every re-check that counts stand beside the history they are part of. */
export function recordOf(row: ActionWithHistory): CorrectiveActionRecord {
  const counting = row.history.filter(counts)
  const response = counting.findLast(isResponse)
  return {
    ...row,
    response: response ? pick(response) : null,
    rechecks: counting.flatMap(({ step, value, passed, at, by }) =>
      step === 'recheck' && value ? [{ value, isCompliant: passed, at, by }] : [],
    ),
  }
}

/** The same as the rules ask about it. */
export function actionOf({ state, history }: ActionWithHistory): CorrectiveAction {
  const counting = history.filter(counts)
  const signed = ({ by, at }: CorrectiveActionStep) => ({ by: by?.id ?? '', at })
  const noted = (step: CorrectiveActionStep | undefined) => step && { note: step.note, ...signed(step) }
  return {
    status: state,
    responses: counting.filter(isResponse).map((step) => ({ ...pick(step), ...signed(step) })),
    rechecks: counting.flatMap((step) =>
      step.step === 'recheck' && step.value
        ? [{ value: step.value, compliant: step.passed === true, limitId: null, ...signed(step) }]
        : [],
    ),
    closure: noted(counting.find(({ step }) => step === 'closure')) ?? null,
    verification: noted(counting.find(({ step }) => step === 'verification')) ?? null,
    alsoTookPart: history.flatMap((step) =>
      counts(step) || step.step === 'acknowledged' || !step.by ? [] : [step.by.id],
    ),
  }
}

/** The record with one more step, and the state that the rules came to. */
export function withStep(
  record: CorrectiveActionRecord,
  state: CorrectiveActionRecord['state'],
  step: CorrectiveActionStep,
): CorrectiveActionRecord {
  return recordOf({
    ...record,
    state,
    closedAt: state === 'closed' && record.closedAt === null ? step.at : record.closedAt,
    verifiedAt: state === 'verified' ? step.at : record.verifiedAt,
    history: [...record.history, step],
  })
}

type ResponseStep = CorrectiveActionStep & {
  cause: z.infer<typeof Cause>
  action: z.infer<typeof Action>
  disposition: z.infer<typeof Disposition>
}

const counts = ({ outcome }: CorrectiveActionStep) => outcome === 'applied'
const isResponse = (step: CorrectiveActionStep): step is ResponseStep => step.step === 'response'
const pick = ({ cause, action, disposition, note, by, at }: ResponseStep) => ({
  cause,
  action,
  disposition,
  note,
  by,
  at,
})
