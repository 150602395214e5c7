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
): { id: string; label: string } | undefined {
  const step = stepsOf(form.content, answers, units).find(({ isMissing }) => isMissing)
  if (step) return { id: step.item.id, label: step.entry ? `${step.entry.label}: ${step.item.label}` : step.item.label }
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
    list.signOffs.some(({ meaning, by }) => meaning === 'performed' && by?.id === memberId)
  if (tookPart) {
    refuse('forbidden', 'checklists.took_part', { detail: 'Someone who took no part verifies it.' })
  }
}
