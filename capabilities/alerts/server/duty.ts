import { can } from '@opsflow/platform/actor'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { type Duty, isOver, mayLast } from '../duty.ts'
import { isOnDuty } from '../on-duty.ts'
import {
  dutiesByIds,
  endDuties,
  endDutyAt,
  insertDuty,
  lookAtMattersOf,
  nextDutyAfter,
  openPlace,
} from './store-duties.ts'

export type Taking = { id: string; locationId: string; endsAt: string }

/**
 * Whoever leads at a location takes the duty there, and hears at once of what stands. The one before is relieved. Taken
 * offline and heard of after someone else took it, it lasted until then.
 */
export async function takeDuty(tx: Tx, { id, locationId, endsAt }: Taking, when = justNow()): Promise<Duty> {
  const known = await dutyNow(tx, id)
  if (known) return known.locationId === locationId ? known : idTaken()
  if (!(await openPlace(tx, locationId)) || !can(tx.actor, 'alerts.read', locationId)) notFound()
  demandLead(tx, locationId)
  const { actor } = tx
  if (actor.kind !== 'member') refuse('forbidden', 'forbidden', { detail: 'Only a person is on duty.' })
  mayLast(when.at, endsAt)
  const relievedAt = await nextDutyAfter(tx, locationId, when.at)
  await endDuties(tx, locationId, when.at, actor.id)
  await insertDuty(tx, { id, locationId, memberId: actor.id, endsAt, relievedAt }, when)
  await lookAtMattersOf(tx, locationId, when.receivedAt)
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
  return (await dutyNow(tx, duty.id)) ?? notFound()
}

/** One's own, or as someone who leads there. What they do not see is not there. */
async function dutyToEnd(tx: Tx, id: string): Promise<Duty> {
  const duty = (await dutyNow(tx, id)) ?? notFound()
  if (!can(tx.actor, 'alerts.read', duty.locationId)) notFound()
  if (duty.member.id !== tx.actor.id) demandLead(tx, duty.locationId)
  return duty
}

function demandLead({ actor }: ReadTx, locationId: string) {
  if (can(actor, 'alerts.lead', locationId)) return
  refuse('forbidden', 'forbidden', { detail: 'This needs the permission alerts.lead at this location.' })
}

const dutyNow = async (tx: ReadTx, id: string): Promise<Duty | undefined> => (await dutiesByIds(tx, [id]))[0]

const idTaken = (): never =>
  refuse('conflict', 'alerts.id_taken', { detail: 'Something else has this id. Make a new one.' })
