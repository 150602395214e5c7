import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../actor.ts'
import { MOST_PLACES, type SentMutation, verifiedText } from '../../sync.ts'
import { foundTenant } from '../postgres/tenant.for-tests.ts'
import { clock, Device, hire, openSyncWorld, PERMISSIONS, type SyncWorld } from './world.for-tests.ts'

let world: SyncWorld
let cook: Actor
let pilot: Actor
let boss: Actor
let stranger: Actor
let downtown: string
let airport: string

beforeAll(async () => {
  world = await openSyncWorld()
  ;[downtown, airport] = world.home.locations
  cook = await hire(world.database, world.home, 'Carl', PERMISSIONS, new Set([downtown]))
  pilot = await hire(world.database, world.home, 'Paul', PERMISSIONS, new Set([airport]))
  boss = await hire(world.database, world.home, 'Bea', PERMISSIONS, 'all')
  stranger = await hire(world.database, world.away, 'Fay', PERMISSIONS, 'all')
})
afterAll(() => world.close())

const deviceOf = (actor: Actor) => new Device(world.ask, actor)

const addOf = (device: Device, title: string, locationId = downtown): SentMutation =>
  device.mutation('test.add', { id: randomUUID(), locationId, title })

async function added(device: Device, title: string, locationId = downtown) {
  const mutation = addOf(device, title, locationId)
  await device.push([mutation])
  return String(mutation.args.id)
}

const rows = async <Row>(sql: string, params: unknown[] = []) => (await world.admin.query(sql, params)).rows as Row[]

describe('a copy', () => {
  test('holds what its person may see, and follows it', async () => {
    const device = deviceOf(cook)
    const [first] = await device.pull()
    expect(first).toMatchObject({ reset: false, resetScopes: [], more: false, lastMid: 0 })
    expect(Object.keys(first?.cursor.scopes ?? {})).toEqual([downtown])
    expect(device.rows.get(`location ${downtown}`)?.row).toMatchObject({ name: 'Downtown' })
    const id = await added(deviceOf(boss), 'Mop the floor')
    await added(deviceOf(boss), 'Fuel the jet', airport)
    await device.pull()
    expect(device.titles()).toContain('Mop the floor')
    expect(device.titles()).not.toContain('Fuel the jet')
    await rows(`update tasks set title = 'Mop it again' where id = $1`, [id])
    expect((await device.pull())[0]?.changes).toMatchObject([{ entity: 'task', id, row: { title: 'Mop it again' } }])
    await rows('delete from tasks where id = $1', [id])
    expect((await device.pull())[0]?.changes).toMatchObject([{ entity: 'task', id, row: null }])
    expect((await device.pull())[0]?.changes).toEqual([])
  })

  test('loses what moves away, where it moves from, and gains it where it comes to', async () => {
    const [here, there] = [deviceOf(cook), deviceOf(pilot)]
    const id = await added(deviceOf(boss), 'Wanderer')
    await Promise.all([here.pull(), there.pull()])
    await rows('update tasks set location_id = $2 where id = $1', [id, airport])
    await Promise.all([here.pull(), there.pull()])
    expect([here.titles().includes('Wanderer'), there.titles().includes('Wanderer')]).toEqual([false, true])
  })

  test('of someone without the permission holds nothing, and of another tenant nothing of ours', async () => {
    const nobody = await hire(world.database, world.home, 'Nora', ['tasks.update'], new Set([downtown]))
    const device = deviceOf(nobody)
    await device.pull()
    expect(device.rows.size).toBe(0)
    const theirs = deviceOf(stranger)
    await theirs.pull()
    expect(theirs.titles()).toEqual([])
    expect(Object.keys(theirs.cursor.scopes).sort()).toEqual([...world.away.locations].sort())
  })

  test('of someone with more places than a device holds has those it follows, and is told how many there are', async () => {
    const chain = await foundTenant(world.database, 'Chain')
    const boss = await hire(world.database, chain, 'Ada', PERMISSIONS, 'all')
    const made = await rows<{ id: string }>(
      `insert into locations (tenant_id, organization_id, name, kind, timezone)
       select $1, $2, 'Store ' || n, 'cafe', 'UTC' from generate_series(1, ${MOST_PLACES + 10}) n returning id`,
      [chain.tenantId, chain.organizationId],
    )
    const places = [...chain.locations, ...made.map(({ id }) => id)].sort()
    const [last, other] = [places.at(-1) ?? '', places.at(-2) ?? '']
    const device = deviceOf(boss)
    const [first] = await device.pull()
    expect(first?.places).toBe(places.length)
    expect(Object.keys(device.cursor.scopes)).toEqual(places.slice(0, MOST_PLACES))

    device.follow = [last]
    await device.pull()
    expect(Object.keys(device.cursor.scopes)).toEqual([...places.slice(0, MOST_PLACES - 1), last])
    expect(device.rows.has(`location ${last}`)).toBe(true)
    await added(deviceOf(boss), 'Far away', last)
    await added(deviceOf(boss), 'Not held', other)
    await device.pull()
    expect(device.titles()).toEqual(['Far away'])
    const { body } = await world.ask(boss, 'POST /sync/verify', { clientId: device.clientId, cursor: device.cursor })
    expect(body.scopes.map(({ scope }: { scope: string }) => scope).sort()).toEqual(Object.keys(device.cursor.scopes))

    device.follow = [other, world.home.locations[0]]
    await device.pull()
    expect(Object.keys(device.cursor.scopes)).toEqual([...places.slice(0, MOST_PLACES - 1), other])
  })

  test('comes in pages that never part what one transaction did', async () => {
    const place = await rows<{ id: string }>(
      `insert into locations (tenant_id, organization_id, name, kind, timezone) values ($1, $2, 'Large', 'cafe', 'UTC') returning id`,
      [world.home.tenantId, world.home.organizationId],
    )
    const large = place[0]?.id ?? ''
    const insert = `
      insert into tasks (tenant_id, location_id, title, task_type, cause_kind, cause_id)
      select $1, $2, 'n' || n, 'other', 'test', uuidv7() from generate_series(1, $3::int) n`
    for (const count of [300, 150, 400, 700, 3]) await rows(insert, [world.home.tenantId, large, count])
    const device = deviceOf(await hire(world.database, world.home, 'Lara', PERMISSIONS, new Set([large])))
    const pages = await device.pull()
    expect(pages.map(({ changes }) => changes.length)).toEqual([851, 700, 3])
    expect(pages[0]?.cursor.filling).toEqual({ [large]: pages.at(-1)?.cursor.scopes[large] })
    expect(pages.at(-1)?.cursor.filling).toEqual({})
    expect(device.rows.size).toBe(1554)
  })

  test('is made anew when its person’s rights change, and drops the location that was lost', async () => {
    const device = deviceOf(boss)
    await added(deviceOf(boss), 'Seen from everywhere', airport)
    await device.pull()
    expect(device.titles()).toContain('Seen from everywhere')
    const demoted = { ...boss, locationIds: new Set([downtown]), permissions: cook.permissions }
    const [page] = await device.pull(demoted)
    expect(page?.reset).toBe(true)
    expect(Object.keys(device.cursor.scopes)).toEqual([downtown])
    expect(device.titles()).not.toContain('Seen from everywhere')
  })

  test('is made anew when the database has gone back in time', async () => {
    const device = deviceOf(cook)
    await device.pull()
    await rows('select app.new_sync_epoch()')
    expect((await device.pull())[0]?.reset).toBe(true)
    // Another cluster, timeline or database under the same rows: noticed by itself, and only once.
    const other = deviceOf(cook)
    await other.pull()
    await rows(`update app.sync_epoch set cluster = 'elsewhere'`)
    const [pages, again] = await Promise.all([device.pull(), other.pull()])
    expect([pages[0]?.reset, again[0]?.reset, pages[0]?.cursor.epoch === again[0]?.cursor.epoch]).toEqual([
      true,
      true,
      true,
    ])
    expect((await device.pull())[0]?.reset).toBe(false)
  })

  test('can compare itself with the server', async () => {
    const device = deviceOf(cook)
    await device.pull()
    const { body } = await world.ask(cook, 'POST /sync/verify', { clientId: device.clientId, cursor: device.cursor })
    const held = [...device.rows].map(([key, { version }]) => {
      const [entity = '', id = ''] = key.split(' ')
      return { entity, id, version }
    })
    expect(body.scopes).toEqual([
      {
        scope: downtown,
        version: device.cursor.scopes[downtown],
        rows: held.length,
        sha256: createHash('sha256').update(verifiedText(held)).digest('hex'),
      },
    ])
  })
})

describe('what was done on a device', () => {
  test('is done in its order and known by its number; a repeat changes nothing', async () => {
    const device = deviceOf(cook)
    const add = addOf(device, 'Once')
    const name = device.mutation('test.name', { id: add.args.id, suffix: 'once more' })
    const first = await device.push([add, name])
    expect(first.body).toMatchObject({
      lastMid: 2,
      results: [
        { mid: 1, outcome: 'applied' },
        { mid: 2, outcome: 'applied' },
      ],
    })
    expect((await device.push([add, name])).body.results).toEqual(first.body.results)
    expect((await device.push([name])).body.results).toEqual(first.body.results.slice(1))
    expect(await rows(`select 1 from tasks where title in ('Once', 'once more')`)).toHaveLength(2)
    await device.pull()
    expect(device.titles()).toEqual(expect.arrayContaining(['Once', 'once more']))
    expect((await device.pull())[0]?.lastMid).toBe(2)
  })

  test('keeps who, when, how sure that is, and what became of it', async () => {
    const device = deviceOf(cook)
    const add = addOf(device, 'On record')
    await device.push([{ ...add, args: { ...add.args } }])
    const [kept] = await rows<Record<string, unknown>>('select * from sync_mutations where id = $1', [add.uid])
    expect(kept).toMatchObject({
      member_id: cook.id,
      kiosk_id: null,
      location_id: downtown,
      name: 'test.add',
      args: { title: 'On record' },
      time_quality: 'exact',
      outcome: 'applied',
    })
  })

  test('and is refused leaves nothing behind but its outcome; what comes after it is done', async () => {
    const device = deviceOf(cook)
    const id = await added(device, 'Refusals')
    const refusals = ['refuse', 'break', 'bug'].map((suffix) => device.mutation('test.name', { id, suffix }))
    const unknown = device.mutation('test.unheard_of', {})
    const wrong = device.mutation('test.add', { id: 'x' })
    const newer = device.mutation('test.add', {}, { version: 9 })
    const late = device.mutation('test.name', { id, suffix: 'late' })
    const { body } = await device.push([...refusals, unknown, wrong, newer, late])
    expect(body.results.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'refused test.refused',
      'refused sync.failed',
      'refused sync.failed',
      'refused sync.mutation_unknown',
      'refused sync.arguments_invalid',
      'refused sync.mutation_unknown',
      'superseded test.late',
    ])
    expect(body.results[4]?.errors[0]).toMatchObject({ path: 'args.id' })
    expect(await rows(`select 1 from tasks where title in ('refuse', 'break', 'bug')`)).toEqual([])
  })

  test('waits altogether while the server cannot decide', async () => {
    const device = deviceOf(cook)
    const add = addOf(device, 'Not yet')
    const { status } = await device.push([add, device.mutation('test.name', { id: add.args.id, suffix: 'later' })])
    expect(status).toBe(503)
    expect(await rows(`select 1 from tasks where title = 'Not yet'`)).toEqual([])
    expect((await device.push([add])).body).toMatchObject({ lastMid: 1, results: [{ outcome: 'applied' }] })
  })

  test('with a number missing is sent again from there', async () => {
    const device = deviceOf(cook)
    const first = addOf(device, 'First')
    const { status, body } = await device.push([addOf(device, 'Second')])
    expect([status, body.code, body.errors?.[0]?.message]).toEqual([409, 'sync.gap', '1'])
    expect((await device.push([first])).status).toBe(200)
  })

  test('on a copy of the device that went its own way is told so, and comes in as another client', async () => {
    const device = deviceOf(cook)
    const copy = deviceOf(cook)
    Object.assign(copy, { clientId: device.clientId })
    await device.push([addOf(device, 'Original')])
    const fork = addOf(copy, 'Copy')
    expect((await copy.push([fork])).body.code).toBe('sync.client_forked')
    const anew = deviceOf(cook)
    const again = [
      { ...fork, mid: 1 },
      { ...addOf(anew, 'Copy, later'), mid: 2 },
    ]
    expect((await anew.push(again)).body.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
    // Sent again by yet another copy, under other numbers: each is still done once.
    const third = deviceOf(cook)
    expect((await third.push([...again].reverse().map((one, n) => ({ ...one, mid: n + 1 })))).body.lastMid).toBe(2)
    expect(await rows(`select 1 from tasks where title like 'Copy%'`)).toHaveLength(2)
  })

  test('is nobody else’s to send', async () => {
    const device = deviceOf(cook)
    const add = addOf(device, 'Mine')
    await device.push([add])
    expect((await device.push([addOf(device, 'Theirs')], boss)).body.code).toBe('sync.not_your_client')
    expect((await deviceOf(boss).push([{ ...add, mid: 1 }])).body.code).toBe('sync.client_forked')
    await expect(device.pull(boss)).rejects.toThrow('sync.not_your_client')
    // Of another tenant nobody's client, mutation or location is known at all.
    const away = deviceOf(stranger)
    Object.assign(away, { clientId: device.clientId })
    const { body } = await away.push([{ ...add, mid: 1 }])
    expect(body.results).toMatchObject([{ outcome: 'refused' }])
    expect(await rows(`select 1 from tasks where title = 'Mine'`)).toHaveLength(1)
  })

  test('where its person has lost the right is set aside, not run and not lost', async () => {
    const lost = await hire(world.database, world.home, 'Lou', PERMISSIONS, new Set([downtown]))
    const device = deviceOf(lost)
    const id = await added(device, 'Before the loss')
    const moved = { ...lost, permissions: pilot.permissions, locationIds: new Set([airport]) }
    const { body } = await device.push(
      [
        addOf(device, 'Too late'),
        device.mutation('test.name', { id, suffix: 'too late as well' }),
        addOf(device, 'Still', airport),
      ],
      moved,
    )
    expect(body.results.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'quarantined sync.right_lost',
      'quarantined sync.right_lost',
      'applied null',
    ])
    expect(await rows(`select 1 from tasks where title ilike '%too late%'`)).toEqual([])
    const reader = { ...lost, permissions: new Map([['tasks.read', new Set([downtown])]]) }
    expect((await device.push([addOf(device, 'Only reads')], reader)).body.results).toMatchObject([
      { outcome: 'quarantined' },
    ])
  })
})

describe('a shared tablet', () => {
  const tabletAt = async (location: string): Promise<Actor> => {
    const [kiosk] = await rows<{ id: string }>(
      `insert into kiosks (tenant_id, location_id, name, created_by) values ($1, $2, 'Tablet', $3) returning id`,
      [world.home.tenantId, location, boss.id],
    )
    return { ...cook, kind: 'kiosk', id: kiosk?.id ?? '', permissions: new Map(), locationIds: new Set([location]) }
  }

  test('has one copy, whoever is at it, of its location alone', async () => {
    const tablet = await tabletAt(downtown)
    const device = deviceOf(tablet)
    await device.pull()
    expect(Object.keys(device.cursor.scopes)).toEqual([downtown])
    expect(device.rows.size).toBeGreaterThan(0)
    const atIt: Actor = { ...cook, kioskId: tablet.id }
    expect((await device.pull(atIt))[0]?.reset).toBe(false)
    await expect(device.pull(cook)).rejects.toThrow('sync.not_your_client')
  })

  test('sends what each of its people did as theirs; of those who left it is set aside', async () => {
    const tablet = await tabletAt(downtown)
    const device = deviceOf(tablet)
    world.people.set(cook.id, { ...cook, kioskId: tablet.id })
    const gone = await hire(world.database, world.home, 'Gus', PERMISSIONS, new Set([downtown]))
    const { body } = await device.push([
      { ...addOf(device, 'By Carl'), by: cook.id },
      { ...addOf(device, 'By Gus'), by: gone.id },
      { ...addOf(device, 'By nobody'), by: null },
      { ...addOf(device, 'Elsewhere', airport), by: cook.id },
      { ...addOf(device, 'By whoever'), by: randomUUID() },
    ])
    expect(body.results.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'applied null',
      'quarantined kiosks.works_elsewhere',
      'refused sync.by_missing',
      'quarantined sync.right_lost',
      'quarantined kiosks.works_elsewhere',
    ])
    expect(await rows(`select assigned_to from tasks where title = 'By Carl'`)).toEqual([{ assigned_to: cook.id }])
    const kept = await rows(
      `select member_id, kiosk_id, proved from sync_mutations where client_id = $1 order by mid`,
      [device.clientId],
    )
    expect(kept.slice(0, 2)).toEqual([
      { member_id: cook.id, kiosk_id: tablet.id, proved: 'seat' },
      { member_id: gone.id, kiosk_id: tablet.id, proved: 'tablet' },
    ])
  })
})

describe('a device whose session is no more', () => {
  const drain = (device: Device, drainKey: string, mutations: SentMutation[]) =>
    world.ask({ ...stranger, id: 'nobody' }, 'POST /sync/drain', {
      clientId: device.clientId,
      sent: clock(),
      mutations,
      drainKey,
    })

  test('hands over what it holds by its key, told again until it has pulled, into quarantine only', async () => {
    const device = deviceOf(cook)
    const { drainKey } = await device.pullPage()
    const again = deviceOf(cook)
    Object.assign(again, { clientId: device.clientId })
    expect((await again.pullPage()).drainKey).toBe(drainKey)
    expect((await device.pullPage()).drainKey).toBeNull()
    const left = addOf(device, 'Left behind')
    const answer = await drain(device, drainKey ?? '', [left])
    expect(answer.body).toMatchObject({ lastMid: 1, results: [{ outcome: 'quarantined', code: 'sync.drained' }] })
    expect((await drain(device, drainKey ?? '', [left])).body.results).toEqual(answer.body.results)
    expect(await rows(`select 1 from tasks where title = 'Left behind'`)).toEqual([])
    expect(await rows('select member_id from sync_mutations where id = $1', [left.uid])).toEqual([
      { member_id: cook.id },
    ])
  })

  test('opens nothing with another key or for another client', async () => {
    const device = deviceOf(cook)
    const other = deviceOf(cook)
    const { drainKey } = await device.pullPage()
    await other.pullPage()
    for (const [of, key] of [
      [device, 'guessed'],
      [other, drainKey ?? ''],
    ] as const) {
      expect((await drain(of, key, [addOf(of, 'Never')])).body.code).toBe('sync.drain_refused')
    }
  })
})
