import { refuse } from '@opsflow/platform/refusal'
import type { Answer } from './answer.ts'
import type { Checklist, SignOff } from './checklist.ts'
import type { ChecklistForm } from './form.ts'
import { standingAnswers } from './standing-answers.ts'
import { entriesOf, stepsOf, type UnitHere } from './steps.ts'

export const isOver = ({ status }: Pick<Checklist, 'status'>) => status !== 'open' && status !== 'in_progress'

/** Its time has run out: from then on it is missed, whatever the rule that closes it has got to. */
export const isTooLate = ({ missedAt }: Pick<Checklist, 'missedAt'>, at: string) =>
  missedAt !== null && Date.parse(at) > Date.parse(missedAt)

/** The signature that stands: what was rejected is open again. */
export function standingSignature(list: Pick<Checklist, 'signOffs'>): SignOff | undefined {
  const last = list.signOffs.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).at(-1)
  return last?.meaning === 'rejected' ? undefined : last
}

/**
 * Where two signatures are asked for: the one of whoever did it, of exactly what stands (its digest). What was answered
 * after it is another text, and is signed anew. Undefined: nobody has signed that yet.
 */
export function firstSignature(list: Pick<Checklist, 'signOffs'>, digest: string): SignOff | undefined {
  const inOrder = list.signOffs.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  const sinceSentBack = inOrder.slice(inOrder.findLastIndex(({ meaning }) => meaning === 'rejected') + 1)
  return sinceSentBack.findLast((signed) => signed.meaning === 'performed' && signed.digest === digest)
}

/** The second signature is someone else's, of what the first one signed; that it is refused says whoever did it, and why. */
export function mayEndSigned(
  list: Pick<Checklist, 'signOffs'>,
  { meaning, digest, note }: { meaning: 'countersigned' | 'declined'; digest: string; note: string },
  by: string,
): SignOff {
  const first = firstSignature(list, digest)
  if (!first) {
    return refuse('conflict', 'checklists.first_signature_missing', {
      detail: 'Whoever did it signs first what stands now.',
    })
  }
  if (meaning === 'countersigned' && first.by?.id === by) {
    refuse('forbidden', 'checklists.other_signs', { detail: 'The second signature is someone else’s.' })
  }
  if (meaning === 'declined' && note.trim().length < 3) {
    const message = 'Say why they did not sign.'
    refuse('invalid', 'checklists.reason_needed', {
      detail: message,
      errors: [{ path: 'note', code: 'checklists.reason_needed', message }],
    })
  }
  return first
}

/** Here and now only what is open is worked on. What comes late is judged by arrivedLate in server/doing. */
export function mustBeOpen(list: Checklist, at: string) {
  if (isOver(list)) {
    refuse('conflict', 'checklists.over', {
      detail: `This checklist is ${list.status} already. A manager opens it again.`,
    })
  }
  if (isTooLate(list, at)) {
    refuse('conflict', 'checklists.too_late', { detail: 'The time of this checklist is over.' })
  }
}

/** A refusal that names the first item that is missing. */
export function mustBeComplete(form: ChecklistForm, answers: readonly Answer[], units: readonly UnitHere[]): void {
  const missing = firstMissing(form, answers, units)
  if (!missing) return
  if (missing.isDisputed) {
    refuse('conflict', 'checklists.disputed', {
      detail: `“${missing.label}” was answered in two ways. One of them is chosen first.`,
      errors: [{ path: missing.id, code: 'checklists.disputed', message: missing.label }],
    })
  }
  refuse('conflict', 'checklists.incomplete', {
    detail: `“${missing.label}” is not answered yet.`,
    errors: [{ path: missing.id, code: 'checklists.incomplete', message: missing.label }],
  })
}

/** An item, or a section of which too few entries were begun. */
export function firstMissing(
  form: Pick<ChecklistForm, 'content'>,
  answers: readonly Answer[],
  units: readonly UnitHere[],
): { id: string; label: string; isDisputed?: boolean } | undefined {
  const step = stepsOf(form.content, answers, units).find(({ isMissing }) => isMissing)
  if (step) {
    const label = step.entry ? `${step.entry.label}: ${step.item.label}` : step.item.label
    return { id: step.item.id, label, isDisputed: step.isDisputed }
  }
  return tooFewEntries(form, answers)
}

/** A receiving check with no delivery in it. */
function tooFewEntries({ content }: Pick<ChecklistForm, 'content'>, answers: readonly Answer[]) {
  const standing = standingAnswers(answers)
  for (const section of content.sections) {
    const { id, title, repeat } = section
    if (repeat?.per !== 'entry') continue
    if (entriesOf(section, standing, []).length < repeat.atLeast) return { id, label: title || repeat.noun }
  }
  return undefined
}

/** Who verifies took no part: answered nothing, began nothing, completed nothing, signed nothing as their own. */
export function mustBeSomeoneElse(list: Checklist, answers: readonly Answer[], memberId: string) {
  const tookPart =
    list.startedBy?.id === memberId ||
    list.completedBy?.id === memberId ||
    answers.some(({ answeredBy }) => answeredBy?.id === memberId) ||
    list.signOffs.some(
      ({ meaning, by }) => (meaning === 'performed' || meaning === 'countersigned') && by?.id === memberId,
    )
  if (tookPart) {
    refuse('forbidden', 'checklists.took_part', { detail: 'Someone who took no part verifies it.' })
  }
}
