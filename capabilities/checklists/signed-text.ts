import type { Answer } from './answer.ts'
import type { Checklist } from './checklist.ts'
import type { ChecklistForm } from './form.ts'
import type { Presence } from './presence.ts'
import { standingAnswers } from './standing-answers.ts'

/**
 * Exactly what a signature is given for, as text; its SHA-256 (UTF-8, hex) is what is kept. Which list, which version,
 * and each standing answer with its outcome, note, photos and author, in the order of the form. Times are not in it: a
 * device's clock is corrected on arrival, and what was signed must not change by that.
 */
export function signedText(form: ChecklistForm, list: SignedList, answers: readonly Answer[]) {
  const standing = signedAnswers(answers).sort(inOrderOf(form))
  const lines = [
    ['opsflow checklist', 1],
    ['list', list.id, list.locationId, list.day],
    ['form', form.id, form.templateId, form.version, form.name],
    ...(list.reason ? [['reason', list.reason]] : []),
    ...(list.presences ?? []).toSorted(byId).map(presenceLine),
    ...standing.map((answer) => [
      labelOf(form, answer.itemId),
      answer.itemId,
      answer.entryId,
      answer.value === null ? null : sorted(answer.value),
      answer.outcome,
      answer.note,
      answer.photoHashes.toSorted(),
      answer.answeredBy?.id ?? null,
    ]),
  ]
  return lines.map((line) => JSON.stringify(line)).join('\n')
}

type SignedList = Pick<Checklist, 'id' | 'locationId' | 'day' | 'reason'> & { presences?: readonly Presence[] }

/** With those presences that a signature is given for: what is shown later does not change what was signed. */
export const signedWith = <List extends SignedList>(list: List, presences: readonly string[]): List => ({
  ...list,
  presences: (list.presences ?? []).filter(({ id }) => presences.includes(id)),
})

/** How it was shown, and by whom. What it is judged to be is not theirs to sign: the server says that later. */
const presenceLine = ({ id, method, codeEnd, distanceMetres, accuracyMetres, by }: Presence) => [
  ...['presence', id, method],
  ...(method === 'code' ? [codeEnd] : [distanceMetres, accuracyMetres]),
  by?.id ?? null,
]

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)

/** What counts, without what was taken back. */
export const signedAnswers = (answers: readonly Answer[]): Answer[] =>
  [...standingAnswers(answers).values()].filter(({ outcome }) => outcome !== 'cleared')

/** The same value is the same text, in whatever order its fields were stored. */
const sorted = (value: object) => Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))

function inOrderOf({ content }: ChecklistForm) {
  const order = new Map(
    content.sections.flatMap(({ id, items }) => [id, ...items.map((item) => item.id)]).map((id, at) => [id, at]),
  )
  const rank = ({ itemId }: Answer) => order.get(itemId) ?? Number.MAX_SAFE_INTEGER
  const key = ({ itemId, entryId }: Answer) => `${entryId ?? ''} ${itemId}`
  return (one: Answer, other: Answer) => rank(one) - rank(other) || (key(one) < key(other) ? -1 : 1)
}

const labelOf = ({ content }: ChecklistForm, id: string): string =>
  content.sections
    .flatMap((section) => [{ id: section.id, label: section.title }, ...section.items])
    .find((one) => one.id === id)?.label ?? ''
