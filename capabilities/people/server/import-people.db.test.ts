import type { Actor } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import type { Refusal } from '@opsflow/platform/refusal'
import { openPool } from '@opsflow/platform/server/tenant'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleTable } from '../people-csv.ts'
import { admin, type Chain, hire, makeChain, type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { importPeople } from './import-people.ts'
import { MEMBERS } from './store.ts'
import { wordsOf } from './store-people-file.ts'

let people: PeopleUnderTest
let rows: pg.Pool
let chain: Chain
let ana: Actor // admin
let mo: Actor // manages Burger 1 and its people

beforeAll(async () => {
  people = await peopleUnderTest()
  rows = openPool(people.testDb.admin, 1)
  chain = await makeChain(people, { name: 'Burger', locations: 2 })
  ana = (await hire(people, chain, { name: 'Ana', grants: admin })).actor
  const grants = [{ role: 'org:manager' as const, locationId: chain.locationIds[0] as string }]
  mo = (await hire(people, chain, { name: 'Mo', grants })).actor
  await rows.query(`insert into location_groups (tenant_id, organization_id, name) values ($1, $2, 'East')`, [
    chain.system.tenantId,
    chain.system.organizationId,
  ])
})
afterAll(async () => {
  await rows.end()
  await people.close()
})

const send = async (text: string, plan?: string, actor = ana) => {
  const take = await importPeople(new TextEncoder().encode(text), { plan })
  return people.database.write(actor, (tx) => take(tx, actor))
}
const apply = async (text: string, actor = ana) =>
  send(text, (await send(text, undefined, actor)).plan ?? undefined, actor)
const count = async (from: string) => Number((await rows.query(`select count(*) as n from ${from}`)).rows[0].n)

const FILE = `Full name,Email,Role,Store
Zoe Quinn,ZOE@example.com,member,Burger 1
Zoe Quinn,zoe@example.com,manager,group:East
Kim Park,,org:member,burger 2
`

test('a file of people says first what it would do; then they are there, and once more changes nothing', async () => {
  const before = await count('members')
  const plan = await send(FILE)
  expect(plan).toMatchObject({ create: 2, change: 1, leave: 0, refused: 0, applied: false })
  expect(await count('members')).toBe(before)
  expect(await apply(FILE)).toMatchObject({ create: 2, change: 1, applied: true })
  expect(await count('members')).toBe(before + 2)
  expect(await count(`role_grants g join members m on m.id = g.member_id where m.email = 'zoe@example.com'`)).toBe(2)
  expect(await count(`events where name = 'people.member_added'`)).toBeGreaterThanOrEqual(2)
  expect(await send(FILE)).toMatchObject({ create: 0, change: 0, leave: 3 })
})

test.each([
  ['Lee,,cook,Burger 1', 'people.role_unknown'],
  ['Lee,,member,Nowhere', 'people.place_unknown'],
  ['Lee,,member,', 'people.place_missing'],
  ['Lee,,,Burger 1', 'people.role_missing'],
  ['Lee,no address,member,Burger 1', 'people.email_wrong'],
  [',,member,Burger 1', 'people.name_missing'],
  ['Lee,,admin,Burger 1', 'people.admin_everywhere'],
  ['Someone else,zoe@example.com,member,Burger 1', 'people.name_differs'],
])('%s is an error of its row', async (row, code) => {
  const plan = await send(`name,email,role,place\n${row}\n`)
  expect(plan).toMatchObject({ refused: 1, plan: null, rows: [{ errors: [{ code }] }] })
})

test('nobody gives by a file what they do not hold', async () => {
  const of = (row: string) => send(`name,email,role,place\n${row}\n`, undefined, mo)
  expect(await of('Lee,,member,Burger 1')).toMatchObject({ create: 1, refused: 0 })
  for (const row of ['Lee,,member,Burger 2', 'Lee,,admin,*', 'Lee,,member,*', 'Lee,,,']) {
    expect(await of(row), row).toMatchObject({ refused: 1 })
  }
})

test('a file of another tenant knows neither places nor people of this one; a team member sends none', async () => {
  const other = await makeChain(people, { name: 'Taco', locations: 1 })
  const ora = (await hire(people, other, { name: 'Ora', grants: admin })).actor
  const mine = async () =>
    (await rows.query(`select * from members where organization_id = $1 order by id`, [chain.system.organizationId]))
      .rows
  const before = await mine()
  const plan = await send('name,email,role,place\nZoe Quinn,zoe@example.com,member,Burger 1\n', undefined, ora)
  expect(plan).toMatchObject({ refused: 1, rows: [{ errors: [{ code: 'people.place_unknown' }] }] })
  expect(await apply('name,email,role,place\nZoe Quinn,zoe@example.com,member,Taco 1\n', ora)).toMatchObject({
    create: 1,
  })
  expect(await mine()).toEqual(before)

  const grants = [{ role: 'org:member' as const, locationId: chain.locationIds[0] as string }]
  const cook = (await hire(people, chain, { name: 'Cook', grants })).actor
  await expect(send(FILE, undefined, cook)).rejects.toMatchObject({ code: 'forbidden' })
})

test('a file of another plan, or of too many rows, writes nothing', async () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'not refused',
      ({ code }: Refusal) => code,
    )
  const file = 'name,email,role,place\nPat,,member,Burger 1\n'
  expect(await refusal(send(file, '0'.repeat(64)))).toBe('people.import_outdated')
  expect(await refusal(send(`name\n${'A\n'.repeat(10_001)}`))).toBe('people.file_too_long')
})

test('who is exported is who is there: read again, the file changes nothing', async () => {
  const name = fc.stringMatching(/^['=+@-]{0,2}[A-Za-z ,;"]{0,12}z$/)
  const somebody = fc.record({
    name,
    role: fc.constantFrom('member', 'manager', ''),
    place: fc.constantFrom('*', 'Burger 1', 'group:East'),
  })
  let made = 0
  await fc.assert(
    fc.asyncProperty(fc.array(somebody, { minLength: 1, maxLength: 4 }), async (some) => {
      const table = some.map((one) => [`${one.name.trim()}${made++}`, '', one.role, one.role && one.place])
      await apply(csvText([['name', 'email', 'role', 'place'], ...table]))
      const page = [ana.tenantId, ana.organizationId, 'active', null, null, null, 100_000, null, null, null, null]
      const exported = await people.database.read(ana, async (tx) =>
        csvText(peopleTable(await tx.query(MEMBERS, page), await wordsOf(tx, ana))),
      )
      expect(await send(exported)).toMatchObject({ create: 0, change: 0, refused: 0 })
    }),
    { numRuns: 10 },
  )
}, 60_000)
