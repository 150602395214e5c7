import { notFound, refuse } from '@opsflow/platform/refusal'
import { Instant } from '@opsflow/platform/route'
import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { type Duty, isOver, mayLast, Undoes } from './duty.ts'
import { HoldMinutes, type Matter, type MatterEvent, NoteText } from './matter.ts'
import { isOnDuty } from './on-duty.ts'
import { DUTY, MATTER } from './sync-entities.ts'
import { mayTakeBack } from './take-back.ts'

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
  foresee: (rows, taking, doing) => begin(rows, { ...taking, member: doing.by, givenBy: null }, doing),
})

/** Someone else is, because I say so as who leads there. Their name is for this device; the server knows better. */
const giveDuty = defineMutator({
  name: 'alerts.give_duty',
  version: 1,
  args: z.strictObject({
    id: z.uuid(),
    locationId: z.uuid(),
    member: z.strictObject({ id: z.uuid(), name: z.string().max(200) }),
    endsAt: Instant,
  }),
  foresee: (rows, giving, doing) => begin(rows, { ...giving, givenBy: doing.by }, doing),
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

/** I did that by mistake: what was before is again. */
const undoDuty = defineMutator({
  name: 'alerts.undo_duty',
  version: 1,
  args: z.strictObject({ id: z.uuid(), undoes: Undoes }),
  async foresee(rows, { id, undoes }, { at, by }) {
    const duty = (await rows.get<Duty>(DUTY, id)) ?? notFound()
    mayTakeBack(duty, undoes, by.id, at)
    if (undoes === 'end') return putDuty(rows, { ...duty, endedAt: null, endedBy: null })
    for (const before of await rows.list<Duty>(DUTY))
      if (before.locationId === duty.locationId && before.id !== id && isSame(before.endedAt, duty.startsAt))
        putDuty(rows, { ...before, endedAt: null, endedBy: null })
    putDuty(rows, { ...duty, endedAt: duty.startsAt, endedBy: by })
  },
})

type Beginning = Pick<Duty, 'id' | 'locationId' | 'member' | 'endsAt' | 'givenBy'>

async function begin(rows: Rows, duty: Beginning, { at, by, kiosk }: Doing) {
  mayLast(at, duty.endsAt)
  const now = Date.parse(at)
  for (const before of await rows.list<Duty>(DUTY))
    if (before.locationId === duty.locationId && isOnDuty(before, now))
      putDuty(rows, { ...before, endedAt: at, endedBy: by })
  putDuty(rows, { ...duty, startsAt: at, endedAt: null, endedBy: null, kiosk })
}

export const alertMutators = { acknowledge, note, see, close, takeDuty, giveDuty, endDuty, undoDuty }

const isSame = (one: string | null, other: string) => one !== null && Date.parse(one) === Date.parse(other)
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
