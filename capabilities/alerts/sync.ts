import { notFound, refuse } from '@opsflow/platform/refusal'
import { Instant } from '@opsflow/platform/route'
import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { type Duty, isOver, mayLast } from './duty.ts'
import { HoldMinutes, type Matter, type MatterEvent, NoteText } from './matter.ts'
import { isOnDuty } from './on-duty.ts'
import { DUTY, MATTER } from './sync-entities.ts'

/** What people do about matters, as devices record it offline; server/mutators.ts holds the other half. */

const FORESEEN_HOLD_MINUTES = 60

/** I look after it. It comes back when that has lasted too long: as long as was said, else as the policy says. */
const acknowledge = defineMutator({
  name: 'alerts.acknowledge',
  version: 1,
  args: z.strictObject({
    id: z.uuid(),
    matterId: z.uuid(),
    holdMinutes: HoldMinutes.nullable(),
    note: NoteText.default(''),
  }),
  async foresee(rows, { id, matterId, holdMinutes, note }, doing) {
    const matter = await open(rows, matterId)
    const held = (holdMinutes ?? FORESEEN_HOLD_MINUTES) * 60_000
    const until = new Date(Date.parse(doing.at) + held).toISOString()
    const next = { ...matter, acknowledgedAt: doing.at, acknowledgedBy: doing.by, returnsAt: until }
    put(rows, withEvent(next, { id, event: 'acknowledged', note, until }, doing))
  },
})

const note = defineMutator({
  name: 'alerts.note',
  version: 1,
  args: z.strictObject({ id: z.uuid(), matterId: z.uuid(), note: NoteText.min(1) }),
  async foresee(rows, { id, matterId, note }, doing) {
    put(rows, withEvent(await matterOf(rows, matterId), { id, event: 'note', note, until: null }, doing))
  },
})

/** I have read it. */
const see = defineMutator({
  name: 'alerts.see',
  version: 1,
  args: z.strictObject({ matterId: z.uuid() }),
  async foresee(rows, { matterId }, doing) {
    const matter = await matterOf(rows, matterId)
    const told = matter.told.map((one) => (one.member.id === doing.by?.id ? { ...one, seenAt: doing.at } : one))
    put(rows, { ...matter, told })
  },
})

/** Nothing more need be done about it, and why. */
const close = defineMutator({
  name: 'alerts.close',
  version: 1,
  args: z.strictObject({ id: z.uuid(), matterId: z.uuid(), note: NoteText.min(1) }),
  async foresee(rows, { id, matterId, note }, doing) {
    const matter = await open(rows, matterId)
    const closed = { ...matter, closedAt: doing.at, closedBecause: 'by_hand' as const, closedBy: doing.by }
    put(rows, withEvent(closed, { id, event: 'closed', note, until: null }, doing))
  },
})

/** I am manager on duty here until then; whoever was is relieved. */
const takeDuty = defineMutator({
  name: 'alerts.take_duty',
  version: 1,
  args: z.strictObject({ id: z.uuid(), locationId: z.uuid(), endsAt: Instant }),
  async foresee(rows, { id, locationId, endsAt }, { at, by, kiosk }) {
    mayLast(at, endsAt)
    const now = Date.parse(at)
    for (const duty of await rows.list<Duty>(DUTY))
      if (duty.locationId === locationId && isOnDuty(duty, now)) putDuty(rows, { ...duty, endedAt: at, endedBy: by })
    putDuty(rows, { id, locationId, member: by, startsAt: at, endsAt, endedAt: null, endedBy: null, kiosk })
  },
})

const endDuty = defineMutator({
  name: 'alerts.end_duty',
  version: 1,
  args: z.strictObject({ id: z.uuid() }),
  async foresee(rows, { id }, { at, by }) {
    const duty = (await rows.get<Duty>(DUTY, id)) ?? notFound()
    if (!isOnDuty(duty, Date.parse(at))) isOver()
    putDuty(rows, { ...duty, endedAt: at, endedBy: by })
  },
})

export const alertMutators = { acknowledge, note, see, close, takeDuty, endDuty }

const putDuty = (rows: Rows, duty: Duty) => rows.put(DUTY, duty.id, duty.locationId, duty)

const matterOf = async (rows: Rows, id: string) => (await rows.get<Matter>(MATTER, id)) ?? notFound()
const put = (rows: Rows, matter: Matter) => rows.put(MATTER, matter.id, matter.locationId, matter)

async function open(rows: Rows, id: string): Promise<Matter> {
  const matter = await matterOf(rows, id)
  return matter.closedAt === null ? matter : isClosed()
}

export const isClosed = (): never => refuse('conflict', 'alerts.closed', { detail: 'This is over already.' })

const withEvent = (
  matter: Matter,
  event: Pick<MatterEvent, 'id' | 'event' | 'note' | 'until'>,
  { at, by, kiosk }: Doing,
): Matter => ({
  ...matter,
  events: [...matter.events, { ...event, at, by, kiosk, receivedAt: null, timeQuality: null }],
})
