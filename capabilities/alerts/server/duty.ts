import { can } from '@opsflow/platform/actor'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { type Duty, isOver, mayLast, type Undoes } from '../duty.ts'
import { isOnDuty } from '../on-duty.ts'
import { mayTakeBack, tooLate } from '../take-back.ts'
import {
  dutiesByIds,
  endDuties,
  endDutyAt,
  insertDuty,
  isFollowed,
  lockDuties,
  lookAtMattersOf,
  nextDutyAfter,
  openPlace,
  undoStart,
} from './store-duties.ts'
import { peopleAt } from './store-people.ts'

export type Taking = { id: string; locationId: string; endsAt: string }
export type Giving = Taking & { memberId: string }

/**
 * Whoever leads at a location takes the duty there, and hears at once of what stands. The one before is relieved. Taken
 * offline and heard of after someone else took it, it lasted until then.
 */
export async function takeDuty(tx: Tx, taking: Taking, when = justNow()): Promise<Duty> {
  const known = await standing(tx, taking)
  if (known) return known
  const { actor } = tx
  if (actor.kind !== 'member') refuse('forbidden', 'forbidden', { detail: 'Only a person is on duty.' })
  return begin(tx, { ...taking, memberId: actor.id, givenBy: null }, when)
}

/**
 * Whoever leads there gives it to another who does, at once. Not on a shared tablet: there everybody speaks for
 * themselves.
 */
export async function giveDuty(tx: Tx, giving: Giving, when = justNow()): Promise<Duty> {
  const known = await standing(tx, giving)
  if (known) return known
  const { actor } = tx
  if (actor.kind !== 'member') refuse('forbidden', 'forbidden', { detail: 'A person gives a duty.' })
  if (actor.id === giving.memberId) return begin(tx, { ...giving, givenBy: null }, when)
  if (actor.kioskId !== undefined) {
    refuse('forbidden', 'alerts.own_duty_only', { detail: 'On a shared tablet one takes the duty oneself.' })
  }
  const leaders = await leadersAt(tx, giving.locationId, when)
  if (!leaders.some(({ id }) => id === giving.memberId)) notLeading()
  return begin(tx, { ...giving, givenBy: actor.id }, when)
}

/** Who can be given the duty of a location. */
export async function dutyCandidates(tx: ReadTx, locationId: string): Promise<Named[]> {
  if (!(await openPlace(tx, locationId)) || !can(tx.actor, 'alerts.lead', locationId)) notFound()
  return leadersAt(tx, locationId, justNow())
}

type Named = { id: string; name: string }

/** Whoever is told there as someone who leads, by a role at the location or above it. */
async function leadersAt(tx: ReadTx, locationId: string, { at }: Pick<Moment, 'at'>): Promise<Named[]> {
  const people = await peopleAt(tx, [locationId], Date.parse(at))
  return [...new Map(people.filter(({ leads }) => leads).map(({ id, name }) => [id, { id, name }])).values()]
}

/** The same said twice is said once. What the actor does not see is not there, and only who leads has a say. */
async function standing(tx: Tx, { id, locationId }: Taking): Promise<Duty | undefined> {
  const known = await dutyNow(tx, id)
  if (known) return known.locationId === locationId ? known : idTaken()
  if (!(await openPlace(tx, locationId)) || !can(tx.actor, 'alerts.read', locationId)) notFound()
  demandLead(tx, locationId)
  return undefined
}

type Beginning = Giving & { givenBy: string | null }

async function begin(tx: Tx, duty: Beginning, when: Moment): Promise<Duty> {
  const { id, locationId, memberId, endsAt, givenBy } = duty
  mayLast(when.at, endsAt)
  await lockDuties(tx, locationId)
  const relievedAt = await nextDutyAfter(tx, locationId, when.at)
  await endDuties(tx, locationId, when.at, tx.actor.id)
  await insertDuty(tx, { ...duty, relievedAt }, when)
  await lookAtMattersOf(tx, locationId, when.receivedAt)
  const name = givenBy === null ? 'alerts.duty_taken' : 'alerts.duty_given'
  await recordEvent(tx, { name, subjectId: memberId, locationId, after: { until: endsAt } })
  return (await dutyNow(tx, id)) ?? notFound()
}

/** By mistake: who it relieved has it again, or whoever was sent home goes on. */
export async function undoDuty(tx: Tx, id: string, undoes: Undoes, when = justNow()): Promise<Duty> {
  await lockDuties(tx, (await dutySeen(tx, id)).locationId)
  const duty = await dutySeen(tx, id)
  mayTakeBack(duty, undoes, tx.actor.id, when.at)
  if (await isFollowed(tx, duty, (undoes === 'end' && duty.endedAt) || duty.startsAt)) tooLate()
  if (undoes === 'end') await endDutyAt(tx, id, null, null)
  else await undoStart(tx, duty, tx.actor.id)
  await lookAtMattersOf(tx, duty.locationId, when.receivedAt)
  const name = undoes === 'end' ? 'alerts.duty_end_taken_back' : 'alerts.duty_taken_back'
  await recordEvent(tx, { name, subjectId: duty.member.id, locationId: duty.locationId })
  return (await dutyNow(tx, id)) ?? notFound()
}

export async function endDuty(tx: Tx, id: string, when = justNow()): Promise<Duty> {
  const duty = await dutyToEnd(tx, id)
  if (!isOnDuty(duty, Date.parse(when.at))) isOver()
  return end(tx, duty, when)
}

/** The same, done offline: what was over by then, or ends later than it was meant, stays as it is. */
export async function bringDutyEnd(tx: Tx, id: string, when: Moment): Promise<Ran | undefined> {
  const duty = await dutyToEnd(tx, id)
  if (isOnDuty(duty, Date.parse(when.at))) return void (await end(tx, duty, when)) as undefined
  return { outcome: 'superseded', code: 'alerts.duty_over', detail: 'This duty was over by then.' }
}

async function end(tx: Tx, duty: Duty, when: Moment): Promise<Duty> {
  await endDutyAt(tx, duty.id, when.at, tx.actor.kind === 'member' ? tx.actor.id : null)
  await lookAtMattersOf(tx, duty.locationId, when.receivedAt)
  await recordEvent(tx, { name: 'alerts.duty_ended', subjectId: duty.member.id, locationId: duty.locationId })
  return (await dutyNow(tx, duty.id)) ?? notFound()
}

/** One's own, or as someone who leads there. What they do not see is not there. */
async function dutyToEnd(tx: Tx, id: string): Promise<Duty> {
  const duty = await dutySeen(tx, id)
  if (duty.member.id !== tx.actor.id) demandLead(tx, duty.locationId)
  return duty
}

async function dutySeen(tx: ReadTx, id: string): Promise<Duty> {
  const duty = (await dutyNow(tx, id)) ?? notFound()
  return can(tx.actor, 'alerts.read', duty.locationId) ? duty : notFound()
}

function demandLead({ actor }: ReadTx, locationId: string) {
  if (can(actor, 'alerts.lead', locationId)) return
  refuse('forbidden', 'forbidden', { detail: 'This needs the permission alerts.lead at this location.' })
}

const dutyNow = async (tx: ReadTx, id: string): Promise<Duty | undefined> => (await dutiesByIds(tx, [id]))[0]

const notLeading = (): never => {
  const message = 'This person leads at no such place: of managers, only they are told.'
  return refuse('invalid', 'alerts.not_leading', {
    detail: message,
    errors: [{ path: 'body.memberId', code: 'alerts.not_leading', message }],
  })
}

const idTaken = (): never =>
  refuse('conflict', 'alerts.id_taken', { detail: 'Something else has this id. Make a new one.' })
