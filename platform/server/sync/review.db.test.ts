import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../actor.ts'
import { clock, Device, hire, openSyncWorld, PERMISSIONS, type SyncWorld } from './world.for-tests.ts'

let world: SyncWorld
let downtown: string
let airport: string
let cook: Actor
let manager: Actor
let elsewhere: Actor
let stranger: Actor
beforeAll(async () => {
  world = await openSyncWorld()
  ;[downtown, airport] = world.home.locations
  const deciding = [...PERMISSIONS, 'sync.review']
  cook = await hire(world.database, world.home, 'Carl', PERMISSIONS, new Set([downtown]))
  manager = await hire(world.database, world.home, 'Mona', deciding, new Set([downtown]))
  elsewhere = await hire(world.database, world.home, 'Paul', deciding, new Set([airport]))
  stranger = await hire(world.database, world.away, 'Fay', deciding, 'all')
})
afterAll(() => world.close())

const rows = async <Row>(sql: string, params: unknown[]) => (await world.admin.query(sql, params)).rows as Row[]
const quarantine = async (actor: Actor, query = '') =>
  (await world.ask(actor, `GET /sync/quarantine${query}`)).body.items
const decide = (actor: Actor, id: string, how: 'acceptance' | 'rejection', body: object = {}) =>
  world.ask(actor, `POST /sync/quarantine/${id}/${how}`, body)
const titled = (title: string) =>
  rows<{ id: string; location_id: string; assigned_to: string }>('select * from tasks where title = $1', [title])

/** Someone did it offline and lost the location before it arrived. */
async function setAside(title: string, more: { refused?: true } = {}) {
  const device = new Device(world.ask, cook)
  const id = randomUUID()
  const args = { id, locationId: downtown, title }
  const mutation = device.mutation('test.add', args, {
    device: { ...clock(), session: randomUUID(), offsetMs: 0, at: new Date(Date.now() - 3_600_000).toISOString() },
  })
  if (more.refused)
    await rows(
      'insert into tasks (tenant_id, id, location_id, title, task_type, cause_kind, cause_id) values ($1, $2, $3, $4, $5, $6, $2)',
      [world.home.tenantId, id, downtown, 'before', 'other', 'before'],
    )
  const removed = { ...cook, permissions: new Map(), locationIds: new Set([airport]) }
  const { body } = await device.push([mutation], removed)
  expect(body.results).toMatchObject([{ outcome: 'quarantined', code: 'sync.right_lost' }])
  return mutation.uid
}

describe('offline work that was set aside', () => {
  test('is seen by who may decide at its location, with who did it and when, and by nobody else', async () => {
    const uid = await setAside('Seen')
    const [seen] = (await quarantine(manager)).filter(({ id }: { id: string }) => id === uid)
    expect(seen).toMatchObject({
      name: 'test.add',
      args: { title: 'Seen' },
      location: { id: downtown, name: 'Downtown' },
      by: { id: cook.id, name: 'Carl' },
      timeQuality: 'corrected',
      code: 'sync.right_lost',
      decision: null,
    })
    expect(Date.parse(seen.receivedAt) - Date.parse(seen.occurredAt)).toBeGreaterThan(3_500_000)
    for (const actor of [elsewhere, stranger]) expect(await quarantine(actor)).toEqual([])
    expect((await world.ask(cook, 'GET /sync/quarantine')).status).toBe(403)
  })

  test('is done after all in the name of whoever did it, with the manager on record', async () => {
    const uid = await setAside('Accepted')
    const { status, body } = await decide(manager, uid, 'acceptance', { reason: 'She was still here then' })
    expect([status, body.decision]).toEqual([
      200,
      expect.objectContaining({ kind: 'accepted', outcome: 'applied', by: { id: manager.id, name: 'Mona' } }),
    ])
    expect(await titled('Accepted')).toMatchObject([{ location_id: downtown, assigned_to: cook.id }])
    const trail = await rows<object>('select * from events where subject_id = $1', [uid])
    expect(trail).toMatchObject([
      { name: 'sync.work_accepted', actor: `member:${manager.id}`, location_id: downtown, after: { by: 'Carl' } },
    ])
    const again = await decide(manager, uid, 'rejection', { reason: 'Changed my mind' })
    expect([again.status, again.body.code]).toEqual([409, 'sync.already_decided'])
    expect((await quarantine(manager)).map(({ id }: { id: string }) => id)).not.toContain(uid)
    expect((await quarantine(manager, '?state=decided')).map(({ id }: { id: string }) => id)).toContain(uid)
  })

  test('accepted by two at once is done once', async () => {
    const uid = await setAside('Once')
    const answers = await Promise.all([1, 2, 3].map(() => decide(manager, uid, 'acceptance')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await titled('Once')).toHaveLength(1)
  })

  test('is left undone with a reason, and not without one', async () => {
    const uid = await setAside('Rejected')
    expect((await decide(manager, uid, 'rejection')).status).toBe(422)
    const { body } = await decide(manager, uid, 'rejection', { reason: 'Not hers any more' })
    expect(body.decision).toMatchObject({ kind: 'rejected', reason: 'Not hers any more', outcome: null })
    expect(await titled('Rejected')).toEqual([])
  })

  test('that its rules refuse stays undecided, and the manager hears why', async () => {
    const uid = await setAside('Refused', { refused: true })
    const answer = await decide(manager, uid, 'acceptance')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await quarantine(manager)).map(({ id }: { id: string }) => id)).toContain(uid)
    expect((await decide(manager, uid, 'rejection', { reason: 'Cannot be done' })).status).toBe(200)
  })

  test('is decided by nobody of another location, another tenant, or another role', async () => {
    const uid = await setAside('Theirs')
    for (const how of ['acceptance', 'rejection'] as const) {
      const answers = await Promise.all(
        [elsewhere, stranger, cook].map((actor) => decide(actor, uid, how, { reason: 'Mine' })),
      )
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 403])
    }
    expect(await titled('Theirs')).toEqual([])
  })

  test('delivered by a device whose session had ended is shown at the location it is about', async () => {
    const device = new Device(world.ask, cook)
    await device.pull()
    const mutation = device.mutation('test.add', { id: randomUUID(), locationId: downtown, title: 'Drained' })
    const body = { clientId: device.clientId, sent: clock(), mutations: [mutation], drainKey: device.drainKey }
    expect((await world.ask(stranger, 'POST /sync/drain', body)).body.results).toMatchObject([
      { outcome: 'quarantined' },
    ])
    const ofDrained = ({ id }: { id: string }) => id === mutation.uid
    expect((await quarantine(manager)).filter(ofDrained)).toHaveLength(1)
    expect((await quarantine(elsewhere)).filter(ofDrained)).toEqual([])
    expect((await decide(manager, mutation.uid, 'acceptance')).status).toBe(200)
    expect(await titled('Drained')).toMatchObject([{ assigned_to: cook.id }])
  })
})

describe('refused work', () => {
  const refused = async (device: Device) => {
    const id = randomUUID()
    const { body } = await device.push([
      device.mutation('test.add', { id, locationId: downtown, title: 'To name' }),
      device.mutation('test.name', { id, more: 'refuse' }, { version: 2 }),
    ])
    expect(body.results.map(({ outcome }) => outcome)).toEqual(['applied', 'refused'])
    return body.results[1]?.uid ?? ''
  }

  test('is taken off a device by who may decide so, with a reason, on record', async () => {
    const device = new Device(world.ask, manager)
    const uid = await refused(device)
    const { body } = await device.push([device.mutation('sync.discard', { uid, reason: 'Recorded twice' })])
    expect(body.results).toMatchObject([{ outcome: 'applied' }])
    expect(await rows('select * from sync_reviews where id = $1', [uid])).toMatchObject([
      { decision: 'discarded', reason: 'Recorded twice', decided_by: manager.id },
    ])
    expect(await rows('select name from events where subject_id = $1', [uid])).toEqual([
      { name: 'sync.work_discarded' },
    ])
    const twice = await device.push([device.mutation('sync.discard', { uid, reason: 'Again' })])
    expect(twice.body.results).toMatchObject([{ outcome: 'superseded', code: 'sync.already_decided' }])
  })

  test('that anybody else would throw away waits for a manager', async () => {
    const device = new Device(world.ask, cook)
    const uid = await refused(device)
    const discard = device.mutation('sync.discard', { uid, reason: 'Not needed' })
    expect((await device.push([discard])).body.results).toMatchObject([{ outcome: 'quarantined' }])
    expect(await rows('select * from sync_reviews where id = $1', [uid])).toEqual([])
    expect((await decide(manager, discard.uid, 'acceptance')).status).toBe(200)
    expect(await rows('select decision from sync_reviews where id = $1', [uid])).toEqual([{ decision: 'discarded' }])
  })

  test('of another tenant does not exist', async () => {
    const uid = await refused(new Device(world.ask, manager))
    const device = new Device(world.ask, stranger)
    const { body } = await device.push([device.mutation('sync.discard', { uid, reason: 'Not mine' })])
    expect(body.results).toMatchObject([{ outcome: 'refused', code: 'not_found' }])
  })
})
