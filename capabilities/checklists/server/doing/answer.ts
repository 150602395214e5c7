import { asTaken } from '@opsflow/capabilities/evidence'
import { nameEvidence } from '@opsflow/capabilities/evidence/server'
import { openTask, withdrawTaskOf } from '@opsflow/capabilities/tasks/server'
import { recordByHand } from '@opsflow/capabilities/temperature/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Answer, NewAnswer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import {
  type Asked,
  becomesTask,
  causeOf,
  judgedFood,
  mustFit,
  outcomeGiven,
  readingMeant,
  taskAfter,
} from '../../give-answer.ts'
import { failingBefore } from '../../left-failing.ts'
import { isOver, mustBeOpen, standingSignature } from '../../standing.ts'
import { placeOf, standingAnswers } from '../../standing-answers.ts'
import { labelOfEntry, photoUsed } from '../../sync.ts'
import { readForms } from '../templates/store-forms.ts'
import { memberOf, take } from './stands.ts'
import {
  insertAnswer,
  readAnswers,
  readPlace,
  startChecklist,
  startedEarlier,
  unitsAt,
  usedElsewhere,
} from './store.ts'

/** Someone answers, here and now: only what is open is worked on. */
export function giveAnswer(tx: Tx, given: NewAnswer): Promise<Answer> {
  const when = justNow()
  return answerWith(tx, given, when, (list) => mustBeOpen(list, when.at))
}

/**
 * The same, done offline. It was given when it was given: it is kept whatever has become of the list, and counts by its
 * own time. What failed becomes a task also where someone else has completed the list by now: no completion follows that
 * would make it one. Only what comes after a signature is refused; a manager opens the list again.
 */
export function bringAnswer(tx: Tx, given: NewAnswer, when: Moment): Promise<Answer> {
  return answerWith(tx, given, when, (list, { content }) => {
    const signed = standingSignature(list)
    // While the second signature is awaited, the first is of another text by this, and given anew.
    if (content.needsSecondSignature && !isOver(list)) return
    if (!signed || Date.parse(when.at) <= Date.parse(signed.at)) return
    refuse('conflict', 'checklists.signed', {
      detail: `${signed.by?.name ?? 'Someone'} has signed this checklist. A manager opens it again.`,
    })
  })
}

async function answerWith(
  tx: Tx,
  given: NewAnswer,
  when: Moment,
  mayCome: (list: Checklist, form: ChecklistForm) => void,
): Promise<Answer> {
  const { list, form, answers } = await take(tx, 'checklists.do', given.checklistId)
  const known = answers.find(({ id }) => id === given.id)
  if (known) return known
  mayCome(list, form)
  const asked = await askedBy(tx, list, form, given)
  const fits = mustFit(asked.content, answers, given)
  const outcome = outcomeGiven(fits, given, await judge(tx, list, fits, answers, given, when))
  const earlier = failingBefore(answers, given)
  const { id, itemId, entryId, value, note, photos } = given
  const { locationId } = list
  const inherited = outcome === 'fail' ? (earlier?.taskId ?? null) : null
  const fresh = {
    id,
    locationId,
    checklistId: list.id,
    itemId,
    entryId,
    value,
    outcome,
    note,
    photos: asTaken(photos).length,
    taskId: inherited,
    knew: given.knew ?? null,
  }
  if (form.content.scoring) await mustBeTakenNow(tx, list, photos)
  await nameEvidence(tx, { ownerKind: 'checklist_answer', ownerId: id, locationId, at: when.at }, photos)
  if ((given.becomesTask || standsInDone(list, answers, given, when)) && becomesTask(fits.item, fresh)) {
    fresh.taskId = await openTask(tx, taskAfter(fits.item, await entryName(tx, list, answers, entryId), fresh, when.at))
  }
  if (!(await insertAnswer(tx, fresh, memberOf(tx), when))) {
    return refuse('conflict', 'checklists.id_taken', { detail: 'Another answer has this id.' })
  }
  await noteStart(tx, list, asked.id, when)
  const [answer] = await readAnswers(tx, [id])
  if (!answer) return notFound()
  const counts = [...standingAnswers([...answers, answer]).values()].includes(answer)
  if (counts && outcome === 'pass' && earlier?.taskId && fits.item?.onFail?.leadsTo === 'recheck') {
    await withdrawTaskOf(tx, causeOf(earlier.taskId))
  }
  return answer
}

/** What proved an earlier visit, or anything else, proves nothing in this audit. */
async function mustBeTakenNow(tx: Tx, { id }: Checklist, photos: NewAnswer['photos']) {
  if (photos.length === 0) return
  const used = await usedElsewhere(
    tx,
    id,
    photos.map(({ sha256 }) => sha256),
  )
  if (used) photoUsed()
}

/** It is what counts of a list that someone else has completed by now. */
const standsInDone = ({ status }: Checklist, answers: readonly Answer[], given: NewAnswer, { at }: Moment) =>
  status === 'completed' &&
  !answers.some((one) => placeOf(one) === placeOf(given) && Date.parse(one.answeredAt) > Date.parse(at))

/** The version it was asked by: another one of the same template, where the list had been renewed meanwhile. */
async function askedBy(tx: Tx, list: Checklist, pinned: ChecklistForm, { formId }: NewAnswer): Promise<ChecklistForm> {
  if (formId === undefined || formId === pinned.id) return pinned
  const [form] = await readForms(tx, [formId])
  return form?.locationId === list.locationId && form.templateId === list.templateId ? form : pinned
}

/** A unit's reading by the unit's own limits, a food by the limit of the location's rules. */
async function judge(
  tx: Tx,
  list: Checklist,
  { item }: Asked,
  answers: readonly Answer[],
  given: NewAnswer,
  when: Moment,
) {
  const { id, value, note } = given
  if (value?.kind !== 'temperature') return null
  const meant = readingMeant(answers, given)
  if (meant) return meant.outcome === 'recorded' ? null : meant.outcome === 'pass'
  if (value.unitId === null) return judgedFood(item, value, (await readPlace(tx, list.locationId)) ?? notFound())
  const reading = { id, unitId: value.unitId, value: value.text, unit: value.unit, note }
  const log = await recordByHand(tx, reading, when)
  return log.locationId === list.locationId ? log.isCompliant : notFound()
}

/** The first answer begins the list, and pins the version it was asked by. */
async function noteStart(tx: Tx, list: Checklist, formId: string, { at }: Moment) {
  const unbegun = list.startedAt === null
  if (unbegun) return startChecklist(tx, list.id, formId, memberOf(tx), at)
  if (list.startedAt !== null && Date.parse(at) < Date.parse(list.startedAt))
    await startedEarlier(tx, list.id, memberOf(tx), at)
}

async function entryName(tx: Tx, list: Checklist, answers: readonly Answer[], entryId: string | null) {
  if (entryId === null) return null
  const begun = labelOfEntry(answers, entryId)
  return (
    begun ??
    (await unitsAt(tx, list.locationId, new Date().toISOString())).find(({ id }) => id === entryId)?.name ??
    null
  )
}
