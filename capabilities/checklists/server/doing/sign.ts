import { createHash } from 'node:crypto'
import { demandEvidence } from '@opsflow/capabilities/evidence/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Answer } from '../../answer.ts'
import type { Checklist, SignOff } from '../../checklist.ts'
import { signedAnswers, signedText, signedWith } from '../../signed-text.ts'
import { isOver, mayEndSigned, mustBeComplete, mustBeOpen, mustBeSomeoneElse } from '../../standing.ts'
import { mustBeDone, mustSayWhy } from '../../sync.ts'
import { arrivesTooLate, complete, givenBy } from './complete.ts'
import { memberOf, type Stands, take } from './stands.ts'
import { insertSignOff, openChecklistAgain, readChecklist, unitsAt } from './store.ts'

export type Signing = {
  id: string
  checklistId: string
  digest: string
  answers: readonly string[]
  presences?: readonly string[] | undefined
  note: string
}
type How = SignOff['signature']

/** Whoever did it signs; what still was open is completed by that. */
export async function signChecklist(tx: Tx, signing: Signing, how: How, when = justNow()): Promise<SignOff> {
  const stands = await take(tx, 'checklists.do', signing.checklistId)
  return (await known(stands.list, signing.id)) ?? perform(tx, stands, signing, how, when)
}

/** The same, done offline. Where someone else had completed it meanwhile, theirs stands. */
export async function bringSignature(tx: Tx, signing: Signing, how: How, when: Moment): Promise<Ran | undefined> {
  const stands = await take(tx, 'checklists.do', signing.checklistId)
  if (await known(stands.list, signing.id)) return undefined
  const isTheirs = stands.list.completedBy?.id === tx.actor.id
  const late = isTheirs && stands.list.status === 'completed' ? undefined : arrivesTooLate(stands.list, when)
  if (late) return late
  await perform(tx, { ...stands, list: timely(stands.list) }, signing, how, when)
  return undefined
}

/** The manager on duty signs what whoever did it has signed, or it is noted why not: it is completed by that. */
export async function countersign(tx: Tx, signing: Countersigning, how: How, when = justNow()): Promise<SignOff> {
  const stands = await take(tx, permissionFor(signing), signing.checklistId)
  return (await known(stands.list, signing.id)) ?? endSigned(tx, stands, signing, how, when)
}

/** The same, done offline. What was completed by then stays as it is. */
export async function bringCountersignature(tx: Tx, signing: Countersigning, how: How, when: Moment) {
  const stands = await take(tx, permissionFor(signing), signing.checklistId)
  if (await known(stands.list, signing.id)) return undefined
  const late = arrivesTooLate(stands.list, when)
  if (late) return late
  await endSigned(tx, { ...stands, list: timely(stands.list) }, signing, how, when)
  return undefined
}

export type Countersigning = Signing & { meaning: 'countersigned' | 'declined' }
const permissionFor = ({ meaning }: Countersigning) =>
  meaning === 'countersigned' ? ('checklists.verify' as const) : ('checklists.do' as const)

async function endSigned(tx: Tx, stands: Stands, signing: Countersigning, how: How, when: Moment): Promise<SignOff> {
  mustBeOpen(stands.list, when.at)
  mustBeWhatTheySaw(stands, signing, when)
  const first = mayEndSigned(stands.list, signing, memberOf(tx) ?? '')
  await complete(tx, stands, when, signing.answers, first.by?.id ?? null)
  return sign(tx, stands.list, signing, signing.meaning, how, when)
}

/** A second person confirms it, with all its photos there, or sends it back with a reason. */
export async function verifyChecklist(
  tx: Tx,
  signing: Signing & { meaning: 'verified' | 'rejected' },
  how: How,
  when = justNow(),
): Promise<SignOff> {
  const { list, form, answers } = await take(tx, 'checklists.verify', signing.checklistId)
  const again = await known(list, signing.id)
  if (again) return again
  mustBeDone(list)
  if (signing.meaning === 'rejected') mustSayWhy(signing.note)
  else {
    mustBeSomeoneElse(list, answers, memberOf(tx) ?? '')
    for (const { id, photos } of answers) if (photos > 0) await demandEvidence(tx, 'checklist_answer', id)
  }
  mustBeWhatTheySaw({ list, form, answers }, signing, when)
  const signed = await sign(tx, list, signing, signing.meaning, how, when)
  if (signing.meaning === 'rejected') {
    await openChecklistAgain(tx, list.id)
    const before = { completedAt: list.completedAt, completedBy: list.completedBy?.id ?? null }
    await recordEvent(tx, {
      name: 'checklists.rejected',
      subjectId: list.id,
      locationId: list.locationId,
      before,
      after: { reason: signing.note },
    })
  }
  return signed
}

async function perform(tx: Tx, stands: Stands, signing: Signing, how: How, when: Moment): Promise<SignOff> {
  mustBeWhatTheySaw(stands, signing, when)
  if (!isOver(stands.list)) {
    mustBeOpen(stands.list, when.at)
    if (stands.form.content.needsSecondSignature) {
      mustBeComplete(stands.form, stands.answers, await unitsAt(tx, stands.list.locationId, when.at))
      return sign(tx, stands.list, signing, 'performed', how, when)
    }
    await complete(tx, stands, when)
  } else mustBeDone(stands.list)
  return sign(tx, stands.list, signing, 'performed', how, when)
}

/** Missed by rule before timely work was heard of: it had been open. */
const timely = (list: Checklist): Checklist =>
  list.status === 'missed' || list.status === 'withdrawn' ? { ...list, status: 'in_progress' } : list

/**
 * The digest is made anew from what the server has: of all of it, or of what had been answered by then. Where neither is
 * what they saw, they are told what has changed, and sign again.
 */
function mustBeWhatTheySaw(
  { list, form, answers }: Stands,
  { digest, answers: seen, presences = [] }: Signing,
  { at }: Moment,
) {
  const shown = signedWith(list, presences)
  const isIt = [answers, givenBy(answers, at)].some((some) => sha256(signedText(form, shown, some)) === digest)
  if (isIt) return
  const label = (id: string) =>
    form.content.sections.flatMap(({ items }) => items).find((item) => item.id === id)?.label
  const changed = signedAnswers(answers).filter(({ id }) => !seen.includes(id))
  refuse('conflict', 'checklists.changed_since', {
    detail: 'What was to be signed is not what stands now. Look at it again, and sign that.',
    errors: changed.slice(0, 20).map(({ itemId }: Answer) => ({
      path: itemId,
      code: 'checklists.changed_since',
      message: label(itemId) ?? itemId,
    })),
  })
}

async function sign(
  tx: Tx,
  list: Checklist,
  signing: Signing,
  meaning: SignOff['meaning'],
  signature: How,
  when: Moment,
): Promise<SignOff> {
  const { id, note, digest } = signing
  const presences = list.presences.flatMap((one) => (signing.presences?.includes(one.id) ? [one.id] : []))
  await insertSignOff(tx, list, { id, meaning, note, digest, signature, presences, by: memberOf(tx) }, when)
  const now = (await readChecklist(tx, list.id)) ?? notFound()
  return (
    now.signOffs.find((one) => one.id === id) ??
    refuse('conflict', 'checklists.id_taken', { detail: 'Another signature has this id.' })
  )
}

const known = async (list: Checklist, id: string) => list.signOffs.find((one) => one.id === id)

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
