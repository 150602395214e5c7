import { asTaken, type Evidence, evidenceEntity, foreseeEvidence, foreseeFinal } from '@opsflow/capabilities/evidence'
import { foreseeFindings } from '@opsflow/capabilities/findings'
import { LOCATION, type Location } from '@opsflow/capabilities/locations'
import { foreseeTask, foreseeWithdrawal, PLACE_CODE, type PlaceCode } from '@opsflow/capabilities/tasks'
import {
  type TemperatureLog,
  temperatureEntities,
  temperatureMutators,
  type Unit,
} from '@opsflow/capabilities/temperature'
import { Sha256 } from '@opsflow/platform/files'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { type Answer, NewAnswer } from './answer.ts'
import { businessDayOf } from './business-day.ts'
import type { Checklist, SignOff } from './checklist.ts'
import type { ChecklistForm } from './form.ts'
import { becomesTask, judgedFood, mustFit, outcomeGiven, readingMeant, taskAfter } from './give-answer.ts'
import { failingBefore, leftFailing } from './left-failing.ts'
import { lookedAt } from './looked-at.ts'
import { asKept, judgePosition, MOST_PRESENCES, Shown } from './presence.ts'
import { scoreOf } from './score-of.ts'
import { isOver, mayEndSigned, mustBeComplete, mustBeOpen, mustBeSomeoneElse } from './standing.ts'
import { stepsOf } from './steps.ts'
import { ANSWER, CHECKLIST, FORM } from './sync-entities.ts'

/**
 * What people do about checklists, as devices record it offline. Each is the device's half of the command that HTTP
 * runs; server/mutators.ts holds the other half.
 */

/** One begun by hand. Its form is on the device: nothing has to be opened online first. */
const begin = defineMutator({
  name: 'checklists.begin',
  version: 1,
  args: z.strictObject({ id: z.uuid(), formId: z.uuid() }),
  async foresee(rows, { id, formId }, { at }) {
    const form = (await rows.get<ChecklistForm>(FORM, formId)) ?? notFound()
    if (await rows.get(CHECKLIST, id)) return
    const place = await placeOf(rows, form.locationId)
    put(rows, {
      ...{ id, locationId: form.locationId, formId, templateId: form.templateId, version: form.version },
      ...{ name: form.name, category: form.category, scheduleId: null, day: businessDayOf(Date.parse(at), place) },
      ...{ role: null, status: 'open', visibleAt: at, dueAt: null, lateAt: null, missedAt: null },
      ...{ startedAt: null, startedBy: null, completedAt: null, completedBy: null, reason: '', excuse: null },
      ...{ needsVerification: form.content.needsVerification, signOffs: [], handOvers: [] },
      ...{ presences: [] },
      ...{ receivedAt: null, timeQuality: null, createdAt: at },
    })
  },
})

/** One answer. The first begins the list; a unit's temperature is a reading of that unit as well. */
const answer = defineMutator({
  name: 'checklists.answer',
  version: 1,
  args: NewAnswer,
  async foresee(rows, given, doing) {
    if (await rows.get(ANSWER, given.id)) return
    const { list, form, answers } = await listAsItStands(rows, given.checklistId)
    mustBeOpen(list, doing.at)
    const asked = mustFit(form.content, answers, given)
    const meant = readingMeant(answers, given)
    const judged = meant
      ? meant.outcome === 'recorded'
        ? null
        : meant.outcome === 'pass'
      : await judge(rows, list.locationId, asked.item, given, doing)
    const earlier = failingBefore(answers, given)
    const fresh: Answer = {
      ...{ id: given.id, locationId: list.locationId, checklistId: list.id, itemId: given.itemId },
      ...{ entryId: given.entryId, value: given.value, outcome: outcomeGiven(asked, given, judged), note: given.note },
      ...{ photos: asTaken(given.photos).length, photoHashes: given.photos.map(({ sha256 }) => sha256).sort() },
      ...{ taskId: earlier?.taskId ?? null, answeredAt: doing.at, answeredBy: doing.by, kiosk: doing.kiosk },
      ...{ receivedAt: null, timeQuality: null, knew: given.knew ?? null },
    }
    if (form.content.scoring) await mustBeTakenNow(rows, answers, given)
    foreseeEvidence(rows, { ownerKind: ANSWER, ownerId: given.id, locationId: list.locationId }, given.photos, doing)
    if (given.becomesTask && becomesTask(asked.item, fresh)) {
      const label = labelOfEntry(answers, given.entryId) ?? (await unitName(rows, given.entryId))
      await foreseeTask(rows, taskAfter(asked.item, label, fresh, doing.at), doing)
      fresh.taskId = fresh.id
    }
    if (fresh.outcome === 'pass' && earlier?.taskId && asked.item?.onFail?.leadsTo === 'recheck') {
      await foreseeWithdrawal(rows, earlier.taskId, doing)
    }
    rows.put(ANSWER, fresh.id, list.locationId, fresh.outcome === 'fail' ? fresh : { ...fresh, taskId: null })
    if (list.status === 'open') {
      put(rows, { ...list, status: 'in_progress', startedAt: doing.at, startedBy: doing.by })
    }
  },
})

/** Everything that had to be answered is. The first completion counts. */
const complete = defineMutator({
  name: 'checklists.complete',
  version: 1,
  /** `seen`: the answers it was complete by, on the device where that was seen. */
  args: z.strictObject({ checklistId: z.uuid(), seen: z.array(z.uuid()).max(5000).optional() }),
  async foresee(rows, { checklistId }, doing) {
    const stands = await listAsItStands(rows, checklistId)
    mustBeOpen(stands.list, doing.at)
    if (isSigned(stands.form)) signatureNeeded()
    put(rows, await completed(rows, stands, doing))
  },
})

/** Nothing to record today, with a reason, where the template allows that. */
const empty = defineMutator({
  name: 'checklists.empty',
  version: 1,
  args: z.strictObject({ checklistId: z.uuid(), reason: z.string().trim().min(3).max(1000) }),
  async foresee(rows, { checklistId, reason }, { at, by }) {
    const { list, form } = await listAsItStands(rows, checklistId)
    mustBeOpen(list, at)
    mayBeEmpty(form)
    put(rows, {
      ...list,
      status: 'empty',
      completedAt: at,
      completedBy: by,
      reason,
      receivedAt: null,
      timeQuality: null,
    })
  },
})

const Signed = z.strictObject({
  id: z.uuid(),
  checklistId: z.uuid(),
  /** SHA-256 of signedText, as the person saw it. */
  digest: Sha256,
  /** The answers they saw: where others have come since, they are told which. */
  answers: z.array(z.uuid()).max(5000),
  /** What was shown of being at the place, as they saw it: it is signed with the rest. */
  presences: z.array(z.uuid()).max(MOST_PRESENCES).optional(),
  note: z.string().trim().max(1000).default(''),
})

/** Whoever did it signs it. What still was open is completed by that. */
const sign = defineMutator({
  name: 'checklists.sign',
  version: 1,
  args: Signed,
  async foresee(rows, { id, checklistId, digest, note, presences = [] }, doing) {
    const stands = await listAsItStands(rows, checklistId)
    if (stands.form.content.needsSecondSignature && !isOver(stands.list)) {
      mustBeOpen(stands.list, doing.at)
      mustBeComplete(stands.form, stands.answers, await unitsHere(rows, stands.list))
      return put(rows, withSignOff(stands.list, { id, meaning: 'performed', digest, note, presences }, doing))
    }
    const list = isOver(stands.list) ? stands.list : await completed(rows, stands, doing)
    mustBeDone(list)
    put(rows, withSignOff(list, { id, meaning: 'performed', digest, note, presences }, doing))
  },
})

/** Where two signatures are asked for: the manager on duty signs too, or it is noted why not. It is completed by that. */
const countersign = defineMutator({
  name: 'checklists.countersign',
  version: 1,
  args: Signed.extend({ meaning: z.enum(['countersigned', 'declined']) }),
  async foresee(rows, { id, checklistId, meaning, digest, note, presences = [] }, doing) {
    const stands = await listAsItStands(rows, checklistId)
    mustBeOpen(stands.list, doing.at)
    const { by } = mayEndSigned(stands.list, { meaning, digest, note }, doing.by.id)
    const list = await completed(rows, stands, doing)
    put(rows, withSignOff({ ...list, completedBy: by }, { id, meaning, digest, note, presences }, doing))
  },
})

/** A second person confirms it, or sends it back with a reason: then it is open again. */
const verify = defineMutator({
  name: 'checklists.verify',
  version: 1,
  args: Signed.extend({ meaning: z.enum(['verified', 'rejected']) }),
  async foresee(rows, { id, checklistId, meaning, digest, note, presences = [] }, doing) {
    const { list, answers } = await listAsItStands(rows, checklistId)
    mustBeDone(list)
    if (meaning === 'verified') {
      mustBeSomeoneElse(list, answers, doing.by.id)
      for (const { id: answerId, photos } of answers) if (photos > 0) await foreseeFinal(rows, answerId)
      return put(rows, withSignOff(list, { id, meaning, digest, note, presences }, doing))
    }
    mustSayWhy(note)
    put(rows, { ...withSignOff(list, { id, meaning, digest, note, presences }, doing), ...openAgain })
  },
})

/** Another person goes on with it. What was answered stays who answered it. */
const handover = defineMutator({
  name: 'checklists.handover',
  version: 1,
  args: z.strictObject({
    id: z.uuid(),
    checklistId: z.uuid(),
    /** Their name is for this device; the server looks it up. */
    to: z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(200) }),
    note: z.string().trim().min(1).max(1000),
  }),
  async foresee(rows, { id, checklistId, to, note }, { at, by, kiosk }) {
    const { list } = await listAsItStands(rows, checklistId)
    mustBeOpen(list, at)
    put(rows, { ...list, handOvers: [...(list.handOvers ?? []), { id, to, note, by, kiosk, at }] })
  },
})

/** Someone shows that they are at the place, by its code or by how far their device is from it. */
const presence = defineMutator({
  name: 'checklists.presence',
  version: 1,
  args: z.strictObject({ id: z.uuid(), checklistId: z.uuid(), shown: Shown }),
  async foresee(rows, { id, checklistId, shown }, { at, by, kiosk }) {
    const { list } = await listAsItStands(rows, checklistId)
    if ((list.presences ?? []).some((one) => one.id === id)) return
    mustBeOpen(list, at)
    mustHaveRoom(list)
    const judged = await judgedHere(rows, list.locationId, shown)
    const fresh = { id, ...asKept(shown), ...judged, by, kiosk, at, timeQuality: 'exact' as const }
    put(rows, { ...list, presences: [...(list.presences ?? []), fresh] })
  },
})

export const checklistMutators = { begin, answer, complete, empty, sign, countersign, verify, handover, presence }

/** As far as this device knows: a code it does not have is one that the server looks for. */
async function judgedHere(rows: Rows, locationId: string, shown: Shown) {
  if (shown.method === 'position') {
    return { verdict: judgePosition(shown, await placeOf(rows, locationId)), codeLabel: null }
  }
  const codes = (await rows.list<PlaceCode>(PLACE_CODE)).filter((one) => one.locationId === locationId)
  const known = codes.find(({ code, revokedAt }) => code === shown.code && revokedAt === null)
  const codeLabel = known ? known.label || known.unit?.name || null : null
  return { verdict: known ? ('here' as const) : ('unchecked' as const), codeLabel }
}

export function mustHaveRoom({ presences = [] }: Partial<Pick<Checklist, 'presences'>>) {
  if (presences.length < MOST_PRESENCES) return
  refuse('conflict', 'checklists.presences_full', { detail: `It was shown ${MOST_PRESENCES} times already.` })
}

/** As far as this device knows: what proved something else proves nothing in this audit. */
async function mustBeTakenNow(rows: Rows, answers: readonly Answer[], { photos }: NewAnswer) {
  if (photos.length === 0) return
  const own = new Set(answers.map(({ id }) => id))
  const known = (await rows.list<Evidence>(evidenceEntity)).filter(({ ownerId }) => !own.has(ownerId))
  if (known.some((one) => photos.some(({ sha256 }) => sha256 === one.sha256))) photoUsed()
}

export const photoUsed = (): never =>
  refuse('conflict', 'checklists.photo_used', {
    detail: 'This picture proves something else already. Take a new one.',
  })

/** What was sent back is worked on again. Who had completed it stays in its history. */
export const openAgain = { status: 'in_progress', completedAt: null, completedBy: null, reason: '' } as const

/** Whoever completes it signs it. */
export const isSigned = ({ content }: Pick<ChecklistForm, 'content'>): boolean =>
  content.needsSignature || content.needsSecondSignature === true

export const signatureNeeded = (): never =>
  refuse('conflict', 'checklists.signature_needed', { detail: 'Whoever completes this checklist signs it.' })

export function mayBeEmpty({ content }: ChecklistForm) {
  if (content.mayBeEmpty) return
  refuse('conflict', 'checklists.not_empty', { detail: 'This checklist is always done.' })
}

export function mustBeDone({ status }: Pick<Checklist, 'status'>) {
  if (status === 'completed' || status === 'empty') return
  refuse('conflict', 'checklists.not_done', { detail: 'Only what is done is signed.' })
}

export function mustSayWhy(note: string) {
  if (note.trim().length >= 3) return
  const message = 'Say what has to be done again.'
  refuse('invalid', 'checklists.reason_needed', {
    detail: message,
    errors: [{ path: 'note', code: 'checklists.reason_needed', message }],
  })
}

type Stands = { list: Checklist; form: ChecklistForm; answers: Answer[] }

async function listAsItStands(rows: Rows, id: string): Promise<Stands> {
  const list = (await rows.get<Checklist>(CHECKLIST, id)) ?? notFound()
  const form = (await rows.get<ChecklistForm>(FORM, list.formId)) ?? notFound()
  const answers = (await rows.list<Answer>(ANSWER)).filter(({ checklistId }) => checklistId === id)
  return { list, form, answers }
}

async function completed(rows: Rows, { list, form, answers }: Stands, doing: Doing): Promise<Checklist> {
  const units = await unitsHere(rows, list)
  mustBeComplete(form, answers, units)
  const tasks = new Set<string>()
  for (const { item, entry, answer: failing } of leftFailing(form, answers, units)) {
    await foreseeTask(rows, taskAfter(item, entry?.label ?? null, failing, doing.at), doing)
    rows.put(ANSWER, failing.id, failing.locationId, { ...failing, taskId: failing.id })
    tasks.add(failing.id)
  }
  const seenNow = answers.map((one) => (tasks.has(one.id) ? { ...one, taskId: one.id } : one))
  await foreseeFound(rows, { list, form, answers: seenNow }, units, doing)
  const done = { status: 'completed', completedAt: doing.at, completedBy: doing.by } as const
  return { ...list, ...done, receivedAt: null, timeQuality: null }
}

/** In use there, as far as this device knows. */
const unitsHere = async (rows: Rows, list: Checklist): Promise<Unit[]> =>
  (await rows.list<Unit>(temperatureEntities.unit)).filter(
    ({ locationId, retiredAt }) => locationId === list.locationId && retiredAt === null,
  )

/** What an audit found, until the server has kept its score. */
async function foreseeFound(rows: Rows, { list, form, answers }: Stands, units: readonly Unit[], doing: Doing) {
  if (!form.content.scoring) return
  const { timezone: timeZone } = await placeOf(rows, list.locationId)
  const steps = stepsOf(form.content, answers, units)
  const score = scoreOf(form.content, steps, answers, { at: Date.parse(doing.at), timeZone })
  const { id: checklistId, locationId, templateId, version, name } = list
  const visit = { checklistId, locationId, templateId, version, name, at: doing.at, timeZone }
  if (score) await foreseeFindings(rows, score, lookedAt(steps), visit, doing)
}

/** A unit's reading by the unit's own limits, a food by the limit of the location's rules. */
async function judge(
  rows: Rows,
  locationId: string,
  item: Parameters<typeof judgedFood>[0],
  { id, value, note }: NewAnswer,
  doing: Doing,
): Promise<boolean | null> {
  if (value?.kind !== 'temperature') return null
  if (value.unitId === null) return judgedFood(item, value, await placeOf(rows, locationId))
  const { unitId, text, unit } = value
  await temperatureMutators.record.foresee(rows, { id, unitId, value: text, unit, minutesAgo: 0, note }, doing)
  return (await rows.get<TemperatureLog>(temperatureEntities.log, id))?.isCompliant ?? null
}

const placeOf = async (rows: Rows, id: string): Promise<Location> =>
  (await rows.get<Location>(LOCATION, id)) ?? notFound()

const unitName = async (rows: Rows, id: string | null) =>
  (id === null ? undefined : await rows.get<Unit>(temperatureEntities.unit, id))?.name ?? null

/** The name an entry was begun under. */
export function labelOfEntry(answers: readonly Answer[], entryId: string | null): string | null {
  if (entryId === null) return null
  const begun = answers.find((one) => one.entryId === entryId && one.value?.kind === 'entry')?.value
  return begun?.kind === 'entry' ? begun.label : null
}

const withSignOff = (
  list: Checklist,
  given: Pick<SignOff, 'id' | 'meaning' | 'digest' | 'note' | 'presences'>,
  { by, kiosk, at }: Doing,
): Checklist => ({
  ...list,
  signOffs: [
    ...list.signOffs,
    { ...given, by, kiosk, at, timeQuality: 'exact', signature: kiosk ? 'offline' : 'session' },
  ],
})

const put = (rows: Rows, list: Checklist) => rows.put(CHECKLIST, list.id, list.locationId, list)
