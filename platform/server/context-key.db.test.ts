import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contextSigner, hmacPads } from './context.ts'
import { anyoneOf, type Chain, enter, failureOf, plantTwoChains, type TwoChains } from './isolation/chain.ts'
import { installContextKey } from './migrate.ts'
import { type TestDatabase, testDatabase } from './postgres/for-tests.ts'

let database: TestDatabase
let world: TwoChains
let ours: Chain
beforeAll(async () => {
  database = await testDatabase()
  world = await plantTwoChains(database)
  ours = world.ours
})
afterAll(async () => {
  await world.admin.end()
  await database.drop()
})

const withKey = async (key: Buffer) => {
  const db = enter(database, database.urls.app, { prepared: true, key })
  const outcome = await db.readOne(anyoneOf(ours), 'select id from units').then(
    (rows) => rows.length,
    (error) => error.code,
  )
  await db.close()
  return outcome
}

test('a new key leaves the one before valid for an hour, so that servers can be replaced one by one', async () => {
  const [second, third] = [randomBytes(32), randomBytes(64)]
  await installContextKey(database.urls.owner, second)
  expect(await withKey(second)).toBe(2)
  expect(await withKey(database.contextKey)).toBe(2)
  await world.admin.query(`update sec.context_keys set previous_until = now() - interval '1 second'`)
  expect(await withKey(database.contextKey)).toBe('OF002')
  expect(await withKey(second)).toBe(2)

  await installContextKey(database.urls.owner, third)
  expect([await withKey(third), await withKey(second), await withKey(database.contextKey)]).toEqual([2, 2, 'OF002'])
})

test('installing the key that is there keeps everything as it is', async () => {
  const read = async () => (await world.admin.query('select * from sec.context_keys')).rows
  const key = randomBytes(32)
  await installContextKey(database.urls.owner, key)
  const before = await read()
  await Promise.all([installContextKey(database.urls.owner, key), installContextKey(database.urls.owner, key)])
  expect(await read()).toEqual(before)
})

test('an expired context of the previous key is expired too', async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)]
  await installContextKey(database.urls.owner, old)
  await installContextKey(database.urls.owner, fresh)
  const late = enter(database, database.urls.app, { prepared: true, key: old, clock: () => Date.now() - 3_600_000 })
  expect(await failureOf(late.readOne(anyoneOf(ours), 'select id from units'))).toMatchObject({ code: 'OF003' })
  await late.close()
})

test('a key is 32 to 64 bytes', () => {
  expect(() => hmacPads(randomBytes(31))).toThrow('32 to 64 bytes')
  expect(() => hmacPads(randomBytes(65))).toThrow('32 to 64 bytes')
})

test('no part of a context can pass for two', () => {
  const sign = contextSigner(randomBytes(32))
  expect(() => sign({ ...anyoneOf(ours), id: 'x|*' })).toThrow('separates')
  expect(() => sign({ ...anyoneOf(ours), locationIds: new Set(['x|9999999999']) })).toThrow('separates')
})

test('a context is signed once for a request, and anew before it grows old', () => {
  let now = 1_000_000_000_000
  const sign = contextSigner(randomBytes(32), () => now)
  const actor = anyoneOf(ours)
  const first = sign(actor)
  now += 29_000
  expect(sign(actor)).toBe(first)
  now += 2_000
  expect(sign(actor)).not.toBe(first)
})

test('a short list of locations is drawn out, a long one and none stay as they are', () => {
  const sign = contextSigner(randomBytes(32))
  const listOf = (ids: string[]) => sign(anyoneOf(ours, new Set(ids))).context.split('|')[2]
  expect(listOf(['b', 'a'])).toBe('a,b,a,b,a,b,a')
  expect(listOf([...'abcdefgh'])).toBe('a,b,c,d,e,f,g,h')
  expect(listOf([])).toBe('')
})
