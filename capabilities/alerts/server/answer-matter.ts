import { acknowledgeAlarm } from '@opsflow/capabilities/temperature/server'
import { can } from '@opsflow/platform/actor'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Matter } from '../matter.ts'
import type { AlertsPermission } from '../permissions.ts'
import { isClosed } from '../sync.ts'
import { policiesFor } from './policies.ts'
import {
  closeByHand,
  insertEvent,
  lockMatter,
  noteSeen,
  readMatter,
  saveAcknowledgement,
  unansweredAlarm,
} from './store.ts'
import { noteOver } from './store-settling.ts'

export type Acknowledging = { id: string; holdMinutes: number | null; note: string }

/** Someone looks after it: it climbs no further until that has lasted too long. Whoever says so last has it. */
export async function acknowledgeMatter(
  tx: Tx,
  matterId: string,
  given: Acknowledging,
  when = justNow(),
): Promise<Matter> {
  const matter = await lockMatterFor(tx, matterId, 'alerts.acknowledge')
  if (matter.closedAt !== null) isClosed()
  return acknowledge(tx, matter, given, when)
}

/** The same, done offline. What comes after its end, or after a later acknowledgement, is kept in its thread. */
export async function bringAcknowledgement(
  tx: Tx,
  matterId: string,
  given: Acknowledging,
  when: Moment,
): Promise<Ran | undefined> {
  const matter = await lockMatterFor(tx, matterId, 'alerts.acknowledge')
  const isLater = matter.acknowledgedAt !== null && Date.parse(matter.acknowledgedAt) > Date.parse(when.at)
  if (matter.closedAt === null && !isLater) return void (await acknowledge(tx, matter, given, when)) as undefined
  await insertEvent(tx, matter, { id: given.id, event: 'acknowledged', by: memberOf(tx), note: given.note }, when)
  await see(tx, matter.id, when)
  return matter.closedAt === null
    ? {
        outcome: 'superseded',
        code: 'alerts.acknowledged_later',
        detail: `${matter.acknowledgedBy?.name ?? 'Someone'} has looked after it since.`,
      }
    : { outcome: 'superseded', code: 'alerts.closed', detail: 'It was over by then.' }
}

async function acknowledge(
  tx: Tx,
  matter: Matter,
  { id, holdMinutes, note }: Acknowledging,
  when: Moment,
): Promise<Matter> {
  const policy = (await policiesFor(tx, [matter]))(matter.locationId, matter.kind, matter.severity)
  const until = new Date(Date.parse(when.at) + (holdMinutes ?? policy.holdMinutes) * 60_000).toISOString()
  const by = memberOf(tx)
  if (await insertEvent(tx, matter, { id, event: 'acknowledged', by, note, until }, when)) {
    await saveAcknowledgement(tx, matter.id, by, when.at, until)
    await see(tx, matter.id, when)
    await acknowledgeItsAlarm(tx, matter, note, when)
  }
  return (await readMatter(tx, matter.id)) ?? notFound()
}

/** One tap says it to both: the alarm is acknowledged where it stands too. */
async function acknowledgeItsAlarm(tx: Tx, { subject, locationId }: Matter, note: string, when: Moment) {
  if (subject.kind !== 'alarm' || !can(tx.actor, 'temperature.acknowledge', locationId)) return
  if (await unansweredAlarm(tx, subject.id)) await acknowledgeAlarm(tx, subject.id, note, when)
}

export async function noteOnMatter(
  tx: Tx,
  matterId: string,
  said: { id: string; note: string },
  when = justNow(),
): Promise<Matter> {
  const matter = await lockMatterFor(tx, matterId, 'alerts.acknowledge')
  await insertEvent(tx, matter, { ...said, event: 'note', by: memberOf(tx) }, when)
  return (await readMatter(tx, matterId)) ?? notFound()
}

export async function seeMatter(tx: Tx, matterId: string, when = justNow()): Promise<Matter> {
  await lockMatterFor(tx, matterId, 'alerts.read')
  await see(tx, matterId, when)
  return (await readMatter(tx, matterId)) ?? notFound()
}

/** Nothing more need be done about it, and why. */
export async function closeMatter(
  tx: Tx,
  matterId: string,
  said: { id: string; note: string },
  when = justNow(),
): Promise<Matter> {
  const matter = await lockMatterFor(tx, matterId, 'alerts.lead')
  if (matter.closedAt !== null) isClosed()
  await close(tx, matter, said, when)
  return (await readMatter(tx, matterId)) ?? notFound()
}

export async function bringClosure(
  tx: Tx,
  matterId: string,
  said: { id: string; note: string },
  when: Moment,
): Promise<Ran | undefined> {
  const matter = await lockMatterFor(tx, matterId, 'alerts.lead')
  if (matter.closedAt === null) return void (await close(tx, matter, said, when)) as undefined
  await insertEvent(tx, matter, { ...said, event: 'note', by: memberOf(tx) }, when)
  return { outcome: 'superseded', code: 'alerts.closed', detail: 'It was over by then.' }
}

async function close(tx: Tx, matter: Matter, said: { id: string; note: string }, when: Moment) {
  await insertEvent(tx, matter, { ...said, event: 'closed', by: memberOf(tx) }, when)
  await closeByHand(tx, matter.id, memberOf(tx), when.at)
  await see(tx, matter.id, when)
  await noteOver(tx, [matter.id], when.receivedAt)
}

async function see(tx: Tx, matterId: string, when: Moment) {
  const by = memberOf(tx)
  if (by !== null) await noteSeen(tx, matterId, by, when.receivedAt)
}

/** The matter, if the actor sees it and may do this with it. What they do not see is not there. */
async function lockMatterFor(tx: Tx, id: string, permission: AlertsPermission): Promise<Matter> {
  const matter = (await lockMatter(tx, id)) ?? notFound()
  if (!can(tx.actor, 'alerts.read', matter.locationId)) notFound()
  if (can(tx.actor, permission, matter.locationId)) return matter
  return refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
}

const memberOf = ({ actor }: ReadTx) => (actor.kind === 'member' ? actor.id : null)
