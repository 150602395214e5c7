import type { Answer } from './answer.ts'
import type { ChecklistForm } from './form.ts'
import { becomesTask } from './give-answer.ts'
import type { Item } from './item.ts'
import { placeOf } from './standing-answers.ts'
import { stepsOf, type UnitHere } from './steps.ts'

/** What failed and was not put right by the end: each becomes a task, where its item says so. */
export function leftFailing(
  form: Pick<ChecklistForm, 'content'>,
  answers: readonly Answer[],
  units: readonly UnitHere[],
) {
  return stepsOf(form.content, answers, units).flatMap(({ item, entry, answer }) =>
    answer && becomesTask(item, answer) ? [{ item: item as Item, entry, answer }] : [],
  )
}

/** The failing answer of the same place that has a task: who answers again inherits it, or ends it. */
export const failingBefore = (
  answers: readonly Answer[],
  given: Pick<Answer, 'itemId' | 'entryId'>,
): Answer | undefined =>
  answers
    .filter((one) => one.taskId !== null && placeOf(one) === placeOf(given))
    .sort((one, other) => Date.parse(other.answeredAt) - Date.parse(one.answeredAt))[0]
