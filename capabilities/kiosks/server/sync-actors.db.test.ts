import { openLocation } from '@opsflow/capabilities/locations/server'
import { addMember, foundTenant, openPeople, type People } from '@opsflow/capabilities/people/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import type { SyncActors } from '@opsflow/platform/server/sync/actors'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import type { SeatProof } from '@opsflow/platform/sync'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tabletSyncActors } from './sync-actors.ts'

const ORDINARY = { isCritical: false }
const CRITICAL = { isCritical: true }
const PIN_SET = '2026-11-20T08:00:00.123456Z'
const somewhere = {
  kind: 'cafe' as const,
  address: '',
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  temperatureUnit: 'F' as const,
  jurisdiction: 'us' as const,
}

let testDb: TestDatabase
let database: Database
let auth: pg.Pool
let rows: pg.Pool
let people: People
let actors: SyncActors
let home: { system: Actor; downtown: string; airport: string }
let kioskId: string
let ana: string
let pat: string
let tablet: Actor

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 4, prepared: true })
  auth = openPool(testDb.urls.auth, 2)
  rows = openPool(testDb.admin, 1)
  const log = { warn: () => undefined, error: () => undefined }
  const secrets = { secret: 'a secret of tests, long enough to sign with', pepper: 'a pepper of tests' }
  people = await openPeople({ pool: auth, ...secrets, publicUrl: 'https://ops.example.com', log })
  actors = tabletSyncActors({ database, directory: people.directory })
  home = await chain('Home')
  ana = await takeOn(home.system, 'Ana', home.downtown)
  pat = await takeOn(home.system, 'Pat', home.airport)
  kioskId = await one(
    `insert into kiosks (tenant_id, location_id, name, created_by) values ($1, $2, 'Line tablet', $3) returning id`,
    [home.system.tenantId, home.downtown, ana],
  )
  tablet = { ...home.system, kind: 'kiosk', id: kioskId, name: '', locationIds: new Set([home.downtown]) }
}, 60_000)

afterAll(async () => {
  await Promise.all([database.close(), auth.end(), rows.end()])
  await testDb.drop()
})

beforeEach(async () => {
  await rows.query('update kiosks set locked_at = null, wiped_at = null, revoked_at = null')
  await rows.query(`update members set status = 'active'`)
  await rows.query('delete from member_pins')
  for (const person of [ana, pat]) await setPin(person, PIN_SET)
})

async function chain(name: string) {
  const system = systemActor(crypto.randomUUID(), crypto.randomUUID(), 'test')
  return database.write(system, async (tx) => {
    await foundTenant(tx, system, { name, organizationName: name })
    const open = async (place: string) => (await openLocation(tx, system, { ...somewhere, name: place })).id
    return { system, downtown: await open('Downtown'), airport: await open('Airport') }
  })
}

const takeOn = (system: Actor, name: string, locationId: string) =>
  database.write(system, async (tx) => {
    const person = { userId: null, email: null, name, grants: [{ role: 'org:member' as const, locationId }] }
    return (await addMember(tx, system, person)).id
  })

async function one(sql: string, values: unknown[]): Promise<string> {
  return (await rows.query<{ id: string }>(sql, values)).rows[0]?.id ?? ''
}

const setPin = (memberId: string, at: string, isTemporary = false) =>
  rows.query(
    `insert into member_pins (tenant_id, member_id, pin_hash, is_temporary, set_at) values ($1, $2, 'x', $4, $3)
     on conflict (tenant_id, member_id) do update set set_at = $3, is_temporary = $4`,
    [home.system.tenantId, memberId, at, isTemporary],
  )

const seatOf = (memberId: string) =>
  one(
    `insert into kiosk_sessions (tenant_id, location_id, kiosk_id, member_id, token_hash, ended_at)
     values ($1, $2, $3, $4, decode(md5(random()::text) || md5(random()::text), 'hex'), now()) returning id`,
    [home.system.tenantId, home.downtown, kioskId, memberId],
  )

const receiptOf = (memberId: string, succeeded: boolean) =>
  one(
    `insert into pin_tries (tenant_id, location_id, kiosk_id, tried_as, purpose, succeeded_at)
     values ($1, $2, $3, $4, 'signature', case when $5 then now() end) returning id`,
    [home.system.tenantId, home.downtown, kioskId, memberId, succeeded],
  )

const onTablet = (more: Partial<SeatProof> = {}): SeatProof => ({
  seat: null,
  pinSetAt: PIN_SET,
  signature: null,
  ...more,
})

describe('a replica of a tablet is read', () => {
  test('as the tablet, at its location, whoever sits at it and while nobody does', async () => {
    const seated: Actor = { ...tablet, kind: 'member', id: ana, kioskId, name: 'Ana' }
    for (const actor of [tablet, seated]) {
      const reader = await actors.reader(actor)
      expect(reader).toMatchObject({ kind: 'kiosk', id: kioskId, locationIds: new Set([home.downtown]) })
      expect([...reader.permissions.keys()].every((permission) => permission.endsWith('.read'))).toBe(true)
      expect(reader.permissions.get('temperature.read')).toEqual(new Set([home.downtown]))
    }
  })

  test('not while a manager keeps it locked', async () => {
    await rows.query('update kiosks set locked_at = now()')
    await expect(actors.reader(tablet)).rejects.toMatchObject({ code: 'kiosks.locked' })
  })

  test.each(['wiped_at', 'revoked_at'])('never again after %s', async (column) => {
    await rows.query(`update kiosks set ${column} = now()`)
    await expect(actors.reader(tablet)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('and a person’s own session reads as itself', async () => {
    const own: Actor = { ...tablet, kind: 'member', id: ana, name: 'Ana' }
    expect(await actors.reader(own)).toBe(own)
  })
})

describe('what someone did on a tablet', () => {
  test('runs as that person at its location, and says that the tablet proved them', async () => {
    const doer = await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)
    expect(doer).toMatchObject({ may: true, proved: 'tablet', actor: { kind: 'member', id: ana, kioskId } })
    if (doer.may) expect(doer.actor.permissions.get('temperature.record')).toEqual(new Set([home.downtown]))
  })

  test('was proved to the server only in a seat that the server opened, for them and on this tablet', async () => {
    const own = await actors.doer(tablet, { by: ana, proof: onTablet({ seat: await seatOf(ana) }) }, ORDINARY)
    const foreign = await actors.doer(tablet, { by: ana, proof: onTablet({ seat: await seatOf(pat) }) }, ORDINARY)
    expect([own.proved, foreign.proved]).toEqual(['seat', 'tablet'])
  })

  test('is flagged when their PIN was changed before it arrived', async () => {
    await setPin(ana, '2026-11-21T08:00:00Z')
    expect(await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)).toMatchObject({
      may: true,
      proved: 'outdated',
    })
    expect(await actors.doer(tablet, { by: ana, proof: null }, ORDINARY)).toMatchObject({ proved: 'outdated' })
  })

  test('is flagged when a manager gave them a new PIN', async () => {
    await setPin(ana, PIN_SET, true)
    expect(await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)).toMatchObject({ proved: 'outdated' })
  })

  test.each(['suspended', 'removed'])('is set aside when they were %s', async (status) => {
    await rows.query('update members set status = $1 where id = $2', [status, ana])
    const doer = await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)
    expect(doer).toMatchObject({ may: false, memberId: ana, code: 'kiosks.works_elsewhere' })
  })

  test('is set aside when they work at another location', async () => {
    const doer = await actors.doer(tablet, { by: pat, proof: onTablet() }, ORDINARY)
    expect(doer).toMatchObject({ may: false, memberId: pat, code: 'kiosks.works_elsewhere' })
  })

  test('is set aside when the tablet was locked meanwhile', async () => {
    await rows.query('update kiosks set locked_at = now()')
    const doer = await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)
    expect(doer).toMatchObject({ may: false, code: 'kiosks.locked' })
  })

  test('is set aside when they never had a PIN to prove themselves with', async () => {
    await rows.query('delete from member_pins where member_id = $1', [ana])
    const doer = await actors.doer(tablet, { by: ana, proof: onTablet() }, ORDINARY)
    expect(doer).toMatchObject({ may: false, code: 'kiosks.no_pin' })
  })

  test('is refused of nobody, of an unknown person and of another tenant’s', async () => {
    const away = await chain('Away')
    const stranger = await takeOn(away.system, 'Fay', away.downtown)
    for (const [by, code] of [
      [null, 'sync.by_missing'],
      [crypto.randomUUID(), 'sync.by_unknown'],
      [stranger, 'sync.by_unknown'],
    ] as const) {
      await expect(actors.doer(tablet, { by, proof: onTablet() }, ORDINARY)).rejects.toMatchObject({ code })
    }
  })

  test('is refused of anyone else in a personal session', async () => {
    const own: Actor = { ...tablet, kind: 'member', id: ana, name: 'Ana' }
    expect(await actors.doer(own, { by: null }, CRITICAL)).toEqual({ may: true, actor: own, proved: 'own' })
    await expect(actors.doer(own, { by: pat }, ORDINARY)).rejects.toMatchObject({ code: 'sync.by_not_you' })
  })
})

describe('a critical record on a tablet', () => {
  const signed = (receipt: string | null, more: Partial<SeatProof> = {}) =>
    onTablet({ signature: { receipt }, ...more })

  test('is refused without a signature', async () => {
    const sent = { by: ana, proof: onTablet({ seat: await seatOf(ana) }) }
    await expect(actors.doer(tablet, sent, CRITICAL)).rejects.toMatchObject({ code: 'signature.missing' })
  })

  test('stands by its own proof, not by that of the seat', async () => {
    const seat = await seatOf(ana)
    const [server, device, wrong, foreign] = await Promise.all(
      [await receiptOf(ana, true), null, await receiptOf(ana, false), await receiptOf(pat, true)].map((receipt) =>
        actors.doer(tablet, { by: ana, proof: signed(receipt, { seat }) }, CRITICAL),
      ),
    )
    expect([server, device, wrong, foreign].map((doer) => doer?.proved)).toEqual(['seat', 'tablet', 'tablet', 'tablet'])
  })

  test('signed with a PIN that was changed since is set aside', async () => {
    await setPin(ana, '2026-11-21T08:00:00Z')
    const doer = await actors.doer(tablet, { by: ana, proof: signed(null) }, CRITICAL)
    expect(doer).toMatchObject({ may: false, memberId: ana, code: 'kiosks.signature_outdated' })
  })
})
