import { randomUUID } from 'node:crypto'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { instantsAlike, minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Duty } from '../duty.ts'
import type { Matter } from '../matter.ts'
import { alertMutators } from '../sync.ts'
import { alertServerMutators } from './mutators.ts'
import { openStaff, type Staff } from './staff.for-tests.ts'
import { syncedMatters } from './synced.ts'

let staff: Staff
let cook: Actor
let maria: Actor
let mike: Actor
let dora: Actor
let pilot: Actor
let stranger: Actor
let tablet: string

const MINUTE = 60_000
const now = () => Date.now()
const inHours = (hours: number) => new Date(now() + hours * 60 * MINUTE).toISOString()

beforeAll(async () => {
  staff = await openStaff()
  cook = await staff.person('Carl', 'org:member', { location: staff.downtown })
  maria = await staff.person('Maria', 'org:manager', { location: staff.downtown })
  mike = await staff.person('Mike', 'org:manager', { location: staff.downtown })
  dora = await staff.person('Dora', 'org:manager', { group: staff.districtId })
  pilot = await staff.person('Paul', 'org:manager', { location: staff.airport })
  stranger = await staff.person('Fay', 'org:admin', {}, staff.away)
  tablet = await staff.one('insert into kiosks (location_id, name, created_by) values ($1, $2, $3) returning id', [
    staff.downtown,
    'Line',
    maria.id,
  ])
}, 60_000)
beforeEach(async () => {
  for (const table of [
    'notice_deliveries',
    'notices',
    'matter_events',
    'matters',
    'duties',
    'events',
    'alert_policies',
    'checklists',
  ])
    await staff.rows(`delete from ${table}`)
  await staff.rows(`update role_grants set revoked_at = null`)
  // Whatever hour it is: nobody sleeps.
  const policy = {
    ...{ isOn: true, repeatMinutes: 60, repeats: 2, holdMinutes: 60, quiet: null, breaksQuiet: true },
    steps: [
      { afterMinutes: 0, to: ['managers'], ways: [] },
      { afterMinutes: 30, to: ['district'], ways: [] },
    ],
  }
  await staff.rows(
    `insert into alert_policies (tenant_id, organization_id, kind, severity, policy) values ($1, $2, 'checklist', 'normal', $3)`,
    [staff.home.tenantId, staff.home.organizationId, JSON.stringify(policy)],
  )
})
afterAll(() => staff.close())

const take = (by: Actor, endsAt = inHours(8), locationId = staff.downtown) =>
  staff.ask(by, 'POST /duties', { locationId, endsAt })
const end = (by: Actor, id: string) => staff.ask(by, `POST /duties/${id}/end`)
const give = (by: Actor, to: Actor, more: object = {}) =>
  staff.ask(by, 'POST /duties', { locationId: staff.downtown, endsAt: inHours(8), memberId: to.id, ...more })
const undo = (by: Actor, id: string, undoes: 'start' | 'end') => staff.ask(by, `POST /duties/${id}/undo`, { undoes })
const atTablet = (actor: Actor): Actor => ({ ...actor, kioskId: tablet })
const trail = () =>
  staff.rows<{ name: string; actor: string; subject: string }>(
    `select e.name, e.actor, m.name as subject from events e join members m on m.id = e.subject_id
      where e.name like 'alerts.duty%' order by e.id`,
  )
const duties = async (by = maria): Promise<Duty[]> =>
  (await staff.ask(by, `GET /duties?locationId=${staff.downtown}`)).body.items
const told = async () => {
  const [matter] = (await staff.ask(maria, 'GET /matters')).body.items as Matter[]
  return matter?.told.map(({ member }) => member.name).sort()
}

describe('whoever is on duty', () => {
  test('is told, and the other managers are not; when nobody is, all of them are', async () => {
    await take(maria)
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now())
    expect(await told()).toEqual(['Maria'])
    const [{ id } = { id: '' }] = await duties()
    await end(maria, id)
    await staff.look(now() + 1000)
    expect(await told()).toEqual(['Maria', 'Mike'])
  })

  test('climbs on to the district, whatever the one on duty does', async () => {
    await take(maria)
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now())
    await staff.look(now() + 31 * MINUTE)
    expect(await told()).toEqual(['Dora', 'Maria'])
  })

  test('who takes over relieves the one before, and hears at once of what stands', async () => {
    const first = (await take(maria)).body as Duty
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now())
    const second = (await take(mike)).body as Duty
    expect(await duties()).toMatchObject([
      { id: second.id, endedAt: null },
      { id: first.id, endedBy: { name: 'Mike' } },
    ])
    await staff.look(now() + 1000)
    expect(await told()).toEqual(['Maria', 'Mike'])
  })

  test('may lead from above, and its end as it was meant ends it', async () => {
    expect((await take(dora, inHours(1))).status).toBe(201)
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now())
    expect(await told()).toEqual(['Dora'])
    await staff.rows('delete from notices')
    await staff.look(now() + 61 * MINUTE)
    expect(await told()).toContain('Mike')
  })

  test('who lost the role is on duty no longer', async () => {
    await take(maria)
    await staff.rows(`update role_grants set revoked_at = now() where member_id = $1`, [maria.id])
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now())
    expect((await staff.ask(mike, 'GET /matters')).body.items[0].told).toMatchObject([{ member: { name: 'Mike' } }])
  })

  test('of ten who take it at once, one has it', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => take(n % 2 === 0 ? maria : mike)))
    expect((await duties()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
  })
})

describe('given by a manager’s manager', () => {
  test('it is another’s, says who gave it, and they alone are told of what stands', async () => {
    await staff.checklist('Opening', now() - MINUTE)
    const { body: first } = await take(maria)
    const given = await give(dora, mike)
    expect(given.status).toBe(201)
    expect(given.body).toMatchObject({ member: { name: 'Mike' }, givenBy: { name: 'Dora' }, endedAt: null })
    expect(await duties()).toMatchObject([{ id: given.body.id }, { id: first.id, endedBy: { name: 'Dora' } }])
    await staff.look(now() + 1000)
    expect(await told()).toEqual(['Mike'])
    expect(await trail()).toMatchObject([
      { name: 'alerts.duty_taken', subject: 'Maria' },
      { name: 'alerts.duty_given', subject: 'Mike', actor: `member:${dora.id}` },
    ])
  })

  test('and ended by them', async () => {
    const { body } = await give(dora, mike)
    expect((await end(dora, body.id)).body).toMatchObject({ endedBy: { name: 'Dora' } })
    expect(await trail()).toMatchObject([{ name: 'alerts.duty_given' }, { name: 'alerts.duty_ended', subject: 'Mike' }])
  })

  test('giving it to oneself is taking it', async () => {
    expect((await give(mike, mike)).body).toMatchObject({ member: { name: 'Mike' }, givenBy: null })
  })

  test('offline too, once, and until someone took it since', async () => {
    await take(maria)
    const member = { id: mike.id, name: 'Mike' }
    const giving = { id: randomUUID(), locationId: staff.downtown, member, endsAt: inHours(6) }
    const when = minutesAgo(30)
    for (const _ of ['once', 'again'])
      expect(await staff.send(dora, alertMutators.giveDuty, giving, when)).toBe('applied')
    const [since, before, ...more] = await duties()
    expect(more).toEqual([])
    expect(before).toMatchObject({ member, givenBy: { name: 'Dora' }, endedAt: since?.startsAt })
  })

  test('whoever may be given it is listed; others, and another tenant’s or nobody’s ids, are refused alike', async () => {
    const listed = await staff.ask(dora, `GET /duty-candidates?locationId=${staff.downtown}`)
    expect(listed.body.items.map(({ name }: { name: string }) => name)).toEqual(['Dora', 'Maria', 'Mike'])
    for (const memberId of [cook.id, pilot.id, stranger.id, randomUUID()]) {
      const { status, body } = await give(dora, mike, { memberId })
      expect([status, body.code, body.errors[0].path]).toEqual([422, 'alerts.not_leading', 'body.memberId'])
      const giving = { id: randomUUID(), locationId: staff.downtown, endsAt: inHours(2) }
      expect(await staff.send(dora, alertMutators.giveDuty, { ...giving, member: { id: memberId, name: 'X' } })).toBe(
        'refused alerts.not_leading',
      )
    }
    expect(await duties()).toEqual([])
  })

  test('not by who does not lead there, and not by another tenant', async () => {
    expect((await give(cook, mike)).status).toBe(403)
    const giving = {
      id: randomUUID(),
      locationId: staff.downtown,
      member: { id: mike.id, name: 'Mike' },
      endsAt: inHours(2),
    }
    expect(await staff.send(cook, alertMutators.giveDuty, giving)).toBe('quarantined')
    const none = await give(maria, mike, { locationId: randomUUID() })
    expect(none.status).toBe(404)
    for (const by of [pilot, stranger]) {
      expect(await give(by, mike)).toMatchObject({ status: 404, body: { code: none.body.code } })
      expect((await staff.ask(by, `GET /duty-candidates?locationId=${staff.downtown}`)).status).toBe(404)
    }
    expect((await staff.ask(cook, `GET /duty-candidates?locationId=${staff.downtown}`)).status).toBe(403)
  })
})

describe('taken back', () => {
  test('whoever was relieved by mistake has it again; the mistake stands on record', async () => {
    const { body: first } = await take(maria)
    const { body: second } = await take(mike)
    expect((await undo(mike, second.id, 'start')).body).toMatchObject({ endedAt: second.startsAt })
    expect(await duties()).toMatchObject([{ id: second.id }, { id: first.id, endedAt: null, endedBy: null }])
    await staff.checklist('Opening', now() - MINUTE)
    await staff.look(now() + 1000)
    expect(await told()).toEqual(['Maria'])
    expect((await trail()).map(({ name }) => name)).toEqual([
      'alerts.duty_taken',
      'alerts.duty_taken',
      'alerts.duty_taken_back',
    ])
  })

  test('given to the wrong one, or ended too soon', async () => {
    const { body: given } = await give(dora, mike)
    expect(await staff.send(dora, alertMutators.undoDuty, { id: given.id, undoes: 'start' })).toBe('applied')
    const { body: taken } = await take(maria)
    await end(maria, taken.id)
    expect(await staff.send(maria, alertMutators.undoDuty, { id: taken.id, undoes: 'end' })).toBe('applied')
    expect(await duties()).toMatchObject([
      { id: taken.id, endedAt: null },
      { id: given.id, endedAt: given.startsAt },
    ])
  })

  test('by nobody else, not later, and not once someone else has it', async () => {
    const { body: given } = await give(dora, mike)
    const late = 'alerts.duty_too_late'
    for (const by of [mike, maria, cook]) expect((await undo(by, given.id, 'start')).body.code).toBe(late)
    const later = { ...minutesAgo(0), at: new Date(now() + 11 * MINUTE).toISOString() }
    const undoing = { id: given.id, undoes: 'start' as const }
    expect(await staff.send(dora, alertMutators.undoDuty, undoing, later)).toBe(`refused ${late}`)
    await take(maria)
    expect((await undo(dora, given.id, 'start')).body.code).toBe(late)
    // Taking over ended it, and is what is taken back; the two are never on duty at once.
    expect((await undo(maria, given.id, 'end')).body.code).toBe(late)
    const none = await undo(maria, randomUUID(), 'start')
    for (const by of [pilot, stranger]) expect((await undo(by, given.id, 'start')).body.code).toBe(none.body.code)
  })
})

describe('at a shared tablet', () => {
  test('a manager takes the duty and gives nobody else’s; the record names the tablet', async () => {
    const taking = { id: randomUUID(), locationId: staff.downtown, endsAt: inHours(4) }
    expect(await staff.send(atTablet(maria), alertMutators.takeDuty, taking)).toBe('applied')
    expect(await duties()).toMatchObject([{ member: { name: 'Maria' }, kiosk: { name: 'Line' } }])
    expect((await trail())[0]?.actor).toContain(`kiosk:${tablet}`)
    const member = { id: mike.id, name: 'Mike' }
    const giving = { ...taking, id: randomUUID(), member }
    expect(await staff.send(atTablet(maria), alertMutators.giveDuty, giving)).toBe('refused alerts.own_duty_only')
    expect((await give(atTablet(maria), mike)).body.code).toBe('alerts.own_duty_only')
  })

  test('what changes who is told is signed with the PIN once more', () => {
    const signed = alertServerMutators.filter(({ isCritical }) => isCritical).map(({ mutator }) => mutator.name)
    expect(signed).toEqual(['alerts.close', 'alerts.take_duty', 'alerts.end_duty'])
  })
})

describe('offline', () => {
  const doing = (hours: number) => ({ id: randomUUID(), locationId: staff.downtown, endsAt: inHours(hours) })

  test('taken earlier and heard of later, it lasted until the one that was taken since; twice is once', async () => {
    await take(mike)
    const taking = doing(6)
    const when = minutesAgo(60)
    expect(await staff.send(maria, alertMutators.takeDuty, taking, when)).toBe('applied')
    expect(await staff.send(maria, alertMutators.takeDuty, taking, when)).toBe('applied')
    const [since, before, ...more] = await duties()
    expect(more).toEqual([])
    expect(since).toMatchObject({ member: { name: 'Mike' }, endedAt: null })
    expect(instantsAlike(before)).toMatchObject({
      ...{ id: taking.id, startsAt: when.at, endedAt: instantsAlike(since?.startsAt) },
    })
  })

  test('the row on a device is the record of HTTP', async () => {
    const taking = doing(3)
    await staff.send(maria, alertMutators.takeDuty, taking)
    const { body } = await staff.ask(cook, `GET /duties/${taking.id}`)
    const rows = await staff.database.read(
      systemActor(staff.home.tenantId, staff.home.organizationId, 'test'),
      async (tx) => syncedMatters.find(({ name }) => name === 'duty')?.read(tx, [taking.id]),
    )
    expect(rows).toMatchObject([{ id: taking.id, scope: staff.downtown }])
    expect(instantsAlike(rows?.[0]?.row)).toEqual(instantsAlike(body))
  })

  test('ending what is over already changes nothing', async () => {
    const { body } = await take(maria)
    expect(await staff.send(maria, alertMutators.endDuty, { id: body.id })).toBe('applied')
    expect(await staff.send(mike, alertMutators.endDuty, { id: body.id })).toBe('alerts.duty_over')
    expect((await end(maria, body.id)).body.code).toBe('alerts.duty_over')
  })
})

describe('who may', () => {
  test('lead at the location; whoever does not, or only elsewhere, may not; each ends their own', async () => {
    expect((await take(cook)).status).toBe(403)
    const elsewhere: Actor = {
      ...(await hire(staff.database, staff.home, 'Elsa', [], 'all')),
      permissions: new Map<string, 'all' | Set<string>>([
        ['alerts.read', 'all'],
        ['alerts.lead', new Set([staff.airport])],
      ]),
    }
    expect((await take(elsewhere)).status).toBe(403)
    const { body } = await take(maria)
    for (const by of [cook, elsewhere]) expect((await end(by, body.id)).status).toBe(403)
    const key: Actor = { ...maria, kind: 'key', id: randomUUID() }
    expect((await take(key)).status).toBe(403)
    const taking = { id: randomUUID(), locationId: staff.downtown, endsAt: inHours(2) }
    for (const by of [cook, elsewhere]) expect(await staff.send(by, alertMutators.takeDuty, taking)).toBe('quarantined')
    expect((await end(mike, body.id)).status).toBe(200)
  })

  test('another tenant’s, another location’s and what never was are answered alike', async () => {
    const { body } = await take(maria)
    const answers = async (by: Actor, id: string, locationId: string) =>
      Promise.all(
        [
          staff.ask(by, `GET /duties/${id}`),
          end(by, id),
          take(by, inHours(1), locationId),
          staff.ask(by, `GET /duties?locationId=${locationId}`),
        ].map(async (asked) => {
          const { status, body: told } = await asked
          return [status, told.code]
        }),
      )
    const none = await answers(maria, randomUUID(), randomUUID())
    expect(new Set(none.map(([status]) => status))).toEqual(new Set([404]))
    for (const by of [pilot, stranger]) expect(await answers(by, body.id, staff.downtown)).toEqual(none)
  })

  test('a duty that ends before it begins, or never, is refused and names the field', async () => {
    for (const endsAt of [inHours(-1), inHours(17)]) {
      const { status, body } = await take(maria, endsAt)
      expect([status, body.code, body.errors[0].path]).toEqual([422, 'alerts.duty_span', 'body.endsAt'])
    }
    expect(
      await staff.send(maria, alertMutators.takeDuty, {
        id: randomUUID(),
        locationId: staff.downtown,
        endsAt: inHours(20),
      }),
    ).toBe('refused alerts.duty_span')
    expect(await duties()).toEqual([])
  })
})
