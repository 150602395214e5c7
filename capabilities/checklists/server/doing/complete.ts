import { recordAudit } from '@opsflow/capabilities/audits/server'
import { openFindings } from '@opsflow/capabilities/findings/server'
import { openTask } from '@opsflow/capabilities/tasks/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { taskAfter } from '../../give-answer.ts'
import { leftFailing } from '../../left-failing.ts'
import { lookedAt } from '../../looked-at.ts'
import { scoreOf } from '../../score-of.ts'
import { firstMissing, isTooLate, mustBeComplete, mustBeOpen } from '../../standing.ts'
import { stepsOf, type UnitHere } from '../../steps.ts'
import { isSigned, mayBeEmpty, signatureNeeded } from '../../sync.ts'
import { memberOf, type Stands, take } from './stands.ts'
import { endChecklist, readChecklist, readPlace, unitsAt } from './store.ts'

/** Everything that had to be answered is. */
export async function completeChecklist(tx: Tx, id: string, when = justNow()): Promise<Checklist> {
  const stands = await take(tx, 'checklists.do', id)
  mustBeOpen(stands.list, when.at)
  if (isSigned(stands.form)) signatureNeeded()
  return complete(tx, stands, when)
}

/** The same, done offline: the first completion counts, and what was done in time was never missed. */
export async function bringCompletion(
  tx: Tx,
  id: string,
  seen: readonly string[] | undefined,
  when: Moment,
): Promise<Ran | undefined> {
  const stands = await take(tx, 'checklists.do', id)
  const late = arrivesTooLate(stands.list, when)
  if (late) return late
  if (isSigned(stands.form)) signatureNeeded()
  await complete(tx, stands, when, seen)
  return undefined
}

/** Nothing to record, with a reason. */
export async function emptyChecklist(tx: Tx, id: string, reason: string, when = justNow()): Promise<Checklist> {
  const { list, form } = await take(tx, 'checklists.do', id)
  mustBeOpen(list, when.at)
  mayBeEmpty(form)
  return empty(tx, list, reason, when)
}

export async function bringEmptiness(tx: Tx, id: string, reason: string, when: Moment): Promise<Ran | undefined> {
  const { list, form } = await take(tx, 'checklists.do', id)
  const late = arrivesTooLate(list, when)
  if (late) return late
  mayBeEmpty(form)
  await empty(tx, list, reason, when)
  return undefined
}

/** Someone was first, or its time was over when it was done. */
export function arrivesTooLate(list: Checklist, { at }: Moment): Ran | undefined {
  if (list.status === 'completed' || list.status === 'empty') {
    return {
      outcome: 'superseded',
      code: 'checklists.over',
      detail: `It was done already, by ${list.completedBy?.name ?? 'someone else'}.`,
    }
  }
  if (isTooLate(list, at)) {
    return {
      outcome: 'superseded',
      code: 'checklists.too_late',
      detail: 'The time of this checklist was over by then.',
    }
  }
  return undefined
}

/**
 * Completed by what was known then, by what they saw, or by what is known now: what other people answered later, or
 * began on another device without a network, makes nothing incomplete.
 */
export async function complete(
  tx: Tx,
  stands: Stands,
  when: Moment,
  seen?: readonly string[],
  by = memberOf(tx),
): Promise<Checklist> {
  const { list, form, answers } = stands
  const units = await unitsAt(tx, list.locationId, list.startedAt ?? when.at)
  const known = [...(seen ? [answers.filter(({ id }) => seen.includes(id))] : []), givenBy(answers, when.at)]
  const complete = known.find((some) => !firstMissing(form, some, units))
  if (!complete) mustBeComplete(form, answers, units)
  const tasks = new Map<string, string>()
  for (const { item, entry, answer } of leftFailing(form, answers, units)) {
    tasks.set(answer.id, await openTask(tx, taskAfter(item, entry?.label ?? null, answer, when.at)))
  }
  await endChecklist(tx, list.id, { status: 'completed', by, reason: '' }, when)
  const seenThen = (complete ?? answers).map((one) => ({ ...one, taskId: tasks.get(one.id) ?? one.taskId }))
  await keepScore(tx, { ...stands, answers: seenThen }, units, { ...when, by })
  return (await readChecklist(tx, list.id)) ?? notFound()
}

/**
 * An audit comes to what it was completed by: the score that whoever completed it had before their eyes. What failed
 * becomes findings, each with the task it has already or one of its own.
 */
async function keepScore(
  tx: Tx,
  { list, form, answers }: Stands,
  units: readonly UnitHere[],
  when: Moment & { by: string | null },
) {
  const { scoring } = form.content
  if (!scoring) return
  const { timezone: timeZone } = (await readPlace(tx, list.locationId)) ?? notFound()
  const steps = stepsOf(form.content, answers, units)
  const score = scoreOf(form.content, steps, answers, { at: Date.parse(when.at), timeZone })
  if (!score) return
  const done = { at: when.at, by: when.by }
  const auditId = await recordAudit(tx, list, scoring.auditType, score, done)
  const { id: checklistId, locationId, templateId, version } = list
  const visit = { ...done, auditId, checklistId, locationId, templateId, version, timeZone }
  await openFindings(tx, visit, score, lookedAt(steps), when)
}

async function empty(tx: Tx, list: Checklist, reason: string, when: Moment): Promise<Checklist> {
  await endChecklist(tx, list.id, { status: 'empty', by: memberOf(tx), reason }, when)
  return (await readChecklist(tx, list.id)) ?? notFound()
}

export const givenBy = (answers: readonly Answer[], at: string) =>
  answers.filter(({ answeredAt }) => Date.parse(answeredAt) <= Date.parse(at))
