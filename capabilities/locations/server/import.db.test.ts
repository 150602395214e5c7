import { rolePermissions } from '@opsflow/capabilities/people'
import type { Actor } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import type { Refusal } from '@opsflow/platform/refusal'
import { openPool } from '@opsflow/platform/server/tenant'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  admin,
  type Chain,
  hire,
  makeChain,
  type PeopleUnderTest,
  peopleUnderTest,
} from '../../people/server/for-tests.ts'
import type { ImportQuery } from '../import-plan.ts'
import { NewLocation } from '../location.ts'
import { locationTable } from '../location-csv.ts'
import { makeGroup } from './change-group.ts'
import { importLocations } from './import-locations.ts'
import { storeOpened } from './open-location.ts'
import { readLocations } from './store.ts'
import { readGroups } from './store-groups.ts'

let people: PeopleUnderTest
let rows: pg.Pool
let chain: Chain
let ana: Actor

beforeAll(async () => {
  people = await peopleUnderTest()
  rows = openPool(people.testDb.admin, 1)
  chain = await makeChain(people, { name: 'Burger', locations: 2 })
  ana = (await hire(people, chain, { name: 'Ana', grants: admin })).actor
  await people.database.write(ana, async (tx) => {
    const { id } = await makeGroup(tx, ana, { name: 'East', parentId: null }, rolePermissions)
    await makeGroup(tx, ana, { name: 'Shore', parentId: id }, rolePermissions)
  })
})
afterAll(async () => {
  await rows.end()
  await people.close()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const send = async (text: string | Uint8Array, query: ImportQuery = {}, actor = ana) => {
  const take = await importLocations(typeof text === 'string' ? bytes(text) : text, query)
  return people.database.write(actor, (tx) => take(tx, actor, rolePermissions))
}
const apply = async (text: string) => send(text, { plan: (await send(text)).plan ?? undefined })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    ({ code }: Refusal) => code,
  )
const count = async (from: string) => Number((await rows.query(`select count(*) as n from ${from}`)).rows[0].n)

const FILE = `Store Number,Store,Region,Type,Timezone,Hours,attribute:drive_thru
B-1,Burger 1,East > Shore,Quick service,America/New_York,Mo-Su 06:00-23:00,yes
P-9,Pier Nine,shore,cafe,America/New_York,"Mo-Fr 06:30-16:00; Sa 18:00-01:00",
,Burger 2,,,,,
`

test('a file says first what it would do and writes nothing; then it is done, and once more changes nothing', async () => {
  const before = await count('events')
  const plan = await send(FILE)
  expect(plan).toMatchObject({ create: 1, change: 1, leave: 1, refused: 0, applied: false, plan: expect.any(String) })
  expect(plan.columns.map(({ field }) => field)).toEqual([
    ...['code', 'name', 'group', 'kind', 'timezone', 'opening_hours', 'attribute:drive_thru'],
  ])
  expect(plan.rows.find(({ name }) => name === 'Burger 1')?.changes).toEqual(
    expect.arrayContaining(['code', 'group', 'kind', 'timezone', 'opening_hours', 'attributes']),
  )
  expect(await count('events')).toBe(before)
  expect(await apply(FILE)).toMatchObject({ create: 1, change: 1, leave: 1, applied: true })
  expect(await send(FILE)).toMatchObject({ create: 0, change: 0, leave: 3 })
  const pier = (await rows.query(`select * from locations where name = 'Pier Nine'`)).rows[0]
  expect(pier).toMatchObject({ code: 'P-9', kind: 'cafe', timezone: 'America/New_York' })
  expect(await count(`events where subject_id = '${pier.id}'`)).toBe(1)
})

test.each([
  ['an unknown zone', 'name,kind,timezone\nX,cafe,Mars/Base', 'timezone', 'locations.custom'],
  ['an unknown group', 'name,kind,timezone,group\nX,cafe,Europe/Rome,Nowhere', 'group', 'locations.group_unknown'],
  ['an unknown kind', 'name,kind,timezone\nX,castle,Europe/Rome', 'kind', 'locations.invalid_value'],
  ['no name', 'name,kind,timezone\n,cafe,Europe/Rome', 'name', 'locations.invalid_type'],
  [
    'hours that are none',
    'name,kind,timezone,opening_hours\nX,cafe,Europe/Rome,always',
    'opening_hours',
    'locations.hours_unreadable',
  ],
  [
    'hours that overlap',
    'name,kind,timezone,opening_hours\nX,cafe,Europe/Rome,"Mo 06:00-12:00,11:00-14:00"',
    'opening_hours',
    'locations.custom',
  ],
  ['a latitude that is none', 'name,kind,timezone,lat\nX,cafe,Europe/Rome,north', 'lat', 'locations.number_unreadable'],
  ['half a position', 'name,kind,timezone,latitude\nX,cafe,Europe/Rome,41.9', 'longitude', 'locations.custom'],
  [
    'a position beyond the poles',
    'name,kind,timezone,latitude,longitude\nX,cafe,Europe/Rome,91,12.5',
    ...(['latitude', 'locations.too_big'] as const),
  ],
  [
    'a radius of a whole town',
    'name,kind,timezone,radius_metres\nX,cafe,Europe/Rome,9000',
    ...(['radius_metres', 'locations.too_big'] as const),
  ],
  ['a code with spaces', 'name,kind,timezone,code\nX,cafe,Europe/Rome,A 1', 'code', 'locations.invalid_format'],
])('%s is an error of its row, and nothing is written', async (_, file, column, code) => {
  const plan = await send(`${file}\n`)
  expect(plan).toMatchObject({ refused: 1, plan: null })
  expect(plan.rows[0]?.errors[0]).toMatchObject({ column, code })
  expect(await refusal(send(`${file}\n`, { plan: '0'.repeat(64) }))).toBe('locations.import_has_errors')
})

test('where a place lies is read in degrees, with a point or a comma; half of it is not taken', async () => {
  const file = 'name,lat,lng,radius\nBurger 2,"41,8827",-87.6233,80\n'
  expect(await apply(file)).toMatchObject({ change: 1, applied: true })
  expect(await send(file)).toMatchObject({ change: 0, leave: 1 })
  const burger = (await rows.query(`select * from locations where name = 'Burger 2'`)).rows[0]
  expect(burger).toMatchObject({ latitude: 41.8827, longitude: -87.6233, radius_metres: 80 })
  expect((await send('name,lat\nBurger 1,41.9\n')).rows[0]?.errors[0]).toMatchObject({
    ...{ column: 'longitude', code: 'locations.position_half' },
  })
})

test('a file of another tenant sees and touches nothing here, and who may not manage places writes none', async () => {
  const other = await makeChain(people, { name: 'Taco', locations: 1 })
  const ora = (await hire(people, other, { name: 'Ora', grants: admin })).actor
  const before = await rows.query('select * from locations where tenant_id = $1 order by id', [chain.system.tenantId])
  const file = 'name,kind,timezone\nBurger 1,cafe,America/Denver\n'
  const plan = await send(file, {}, ora)
  expect(plan).toMatchObject({ create: 1, change: 0 })
  expect(await send(file, { plan: plan.plan ?? undefined }, ora)).toMatchObject({ applied: true })
  const after = await rows.query('select * from locations where tenant_id = $1 order by id', [chain.system.tenantId])
  expect(after.rows).toEqual(before.rows)

  const [here = ''] = chain.locationIds
  const cook = (await hire(people, chain, { name: 'Cook', grants: [{ role: 'org:member', locationId: here }] })).actor
  expect(await refusal(send(file, {}, cook))).toBe('forbidden')
})

test('twice the same name, or the code of another location, is refused', async () => {
  const twice = await send('name,kind,timezone\nTwin,cafe,Europe/Rome\ntwin,cafe,Europe/Rome\n')
  expect(twice).toMatchObject({ create: 1, refused: 1 })
  expect(twice.rows[0]).toMatchObject({ row: 2, errors: [{ code: 'locations.name_twice' }] })
  const stolen = await send('name,code,kind,timezone\nBurger 2,B-1,cafe,Europe/Rome\n')
  expect(stolen.rows[0]).toMatchObject({ outcome: 'refused', errors: [{ code: 'locations.name_twice' }] })
})

test('a plan is done only while it is still what would happen', async () => {
  const file = 'name,kind,timezone\nLate,cafe,Europe/Rome\n'
  const { plan } = await send(file)
  await apply('name,address\nBurger 2,1 Elm St\n')
  expect(await send(file, { plan: plan ?? '' })).toMatchObject({ applied: true })
  expect(await refusal(send(file, { plan: plan ?? '' }))).toBe('locations.import_outdated')
})

test('what is no table of at most 10,000 rows is refused as a whole', async () => {
  const of = (text: string | Uint8Array, query?: ImportQuery) => refusal(send(text, query))
  expect(await of(new Uint8Array([0x6e, 0xe4, 0x6d, 0x65, 0x0a, 0x41]))).toBe('locations.file_not_utf8')
  expect(await of(new Uint8Array(Buffer.from('\uFEFFname\nA\n', 'utf16le')))).toMatch(
    /^locations\.file_not_(utf8|csv)$/,
  )
  expect(await of('name\n')).toBe('locations.file_empty')
  expect(await of(`name\n${'A\n'.repeat(10_001)}`)).toBe('locations.file_too_long')
  expect(await of('shop,zone\nA,B\n')).toBe('locations.columns_wrong')
  expect(await of('a,b\nA,B\n', { columns: 'name,name' })).toBe('locations.columns_wrong')
  expect(await of('a,b\nA,B\n', { columns: 'name,nonsense' })).toBe('locations.columns_wrong')
})

test('ten thousand rows are one transaction', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `Bulk ${n},cafe,Europe/Rome`).join('\n')
  expect(await apply(`name,kind,timezone\n${many}\n`)).toMatchObject({ create: 10_000, applied: true })
  expect(await count(`locations where name like 'Bulk %'`)).toBe(10_000)
}, 60_000)

test('what is exported changes nothing when it is imported, formulas and all', async () => {
  const text = fc.oneof(
    fc.stringMatching(/^['=+@-]{0,3}[a-z ,;"']{0,10}z$/),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  const place = fc.record({
    address: text.map((one) => one.replaceAll('\0', '').trim()),
    kind: fc.constantFrom('cafe', 'full_service', 'other'),
    attributes: fc.dictionary(
      fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/),
      text.map((one) => `${one.replaceAll('\0', '')}.`.trim()),
      { maxKeys: 3 },
    ),
    rules: fc.constantFrom(['us', null], ['us', 'nyc-health-code'], ['eu', null]),
    openingHours: fc.constantFrom([], [{ weekday: 5, opens: '18:00', closes: '02:00' }]),
    inGroup: fc.boolean(),
    lies: fc.option(
      fc.record({
        latitude: fc.double({ min: -90, max: 90, noNaN: true }),
        longitude: fc.double({ min: -180, max: 180, noNaN: true }),
        radiusMetres: fc.integer({ min: 25, max: 2000 }),
      }),
      { nil: {} },
    ),
  })
  let made = 0
  await fc.assert(
    fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), async (some) => {
      const undo = new Error('undo')
      const plan = await people.database
        .write(ana, async (tx) => {
          const groups = await readGroups(tx, ana)
          for (const {
            inGroup,
            lies,
            rules: [jurisdiction, ruleEdition],
            ...fields
          } of some) {
            const groupId = inGroup ? groups[0]?.id : null
            const rest = {
              ...fields,
              ...lies,
              jurisdiction,
              ruleEdition,
              groupId,
              name: `=Place ${made++}`,
              timezone: 'Europe/Rome',
            }
            await storeOpened(tx, ana, [NewLocation.parse(rest)])
          }
          const ours = (await readLocations(tx, ana)).filter(({ name }) => name.startsWith('=Place'))
          const file = csvText(locationTable(ours, groups))
          const take = await importLocations(bytes(file), {})
          throw Object.assign(undo, { plan: await take(tx, ana, rolePermissions) })
        })
        .catch((error: Error & { plan?: unknown }) => error.plan ?? Promise.reject(error))
      expect(plan).toMatchObject({ create: 0, change: 0, leave: some.length, refused: 0 })
    }),
    { numRuns: 30 },
  )
}, 60_000)
