import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { refuse } from '../refusal.ts'
import { anyoneOf, type Chain, enter, failureOf, plantTwoChains, type TwoChains } from './isolation/chain.ts'
import { type TestDatabase, testDatabase } from './postgres/for-tests.ts'
import type { Database } from './tenant.ts'

const happened = defineFact({
  name: 'test.happened',
  event: 'poke',
  schema: z.object({ scope: z.uuid(), n: z.int() }),
  scope: ({ scope }) => scope,
  room: ({ scope }) => `scope:${scope}`,
})

let database: TestDatabase
let world: TwoChains
let ours: Chain
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  world = await plantTwoChains(database)
  ours = world.ours
  db = enter(database, database.urls.app, { prepared: true, poolSize: 24 })
})
afterAll(async () => {
  await db.close()
  await world.admin.end()
  await database.drop()
})

type Stored = { version: number; body: { scope: string; n: number } }
const factsOf = (scope: string) =>
  db.readOne<Stored>(anyoneOf(ours), 'select version, body from facts where scope_id = $1 order by version', [scope])
const versionsOf = async (scope: string) => (await factsOf(scope)).map(({ version }) => version)
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('facts keep the order in which they were announced, each scope with its own versions', async () => {
  const [kitchen, bar] = [randomUUID(), randomUUID()]
  await db.write(anyoneOf(ours), async (tx) => {
    for (const [scope, n] of [
      [kitchen, 1],
      [bar, 2],
      [kitchen, 3],
      [kitchen, 4],
      [bar, 5],
    ] as const)
      await tx.emit(happened, { scope, n })
  })
  await db.write(anyoneOf(ours), (tx) => tx.emit(happened, { scope: bar, n: 6 }))
  expect((await factsOf(kitchen)).map(({ version, body }) => [version, body.n])).toEqual([
    [1, 1],
    [2, 3],
    [3, 4],
  ])
  expect((await factsOf(bar)).map(({ version, body }) => [version, body.n])).toEqual([
    [1, 2],
    [2, 5],
    [3, 6],
  ])
})

test('a fact of a transaction that was rolled back was never announced, and leaves no gap', async () => {
  const scope = randomUUID()
  await db.write(anyoneOf(ours), (tx) => tx.emit(happened, { scope, n: 1 }))
  const refused = db.write(anyoneOf(ours), async (tx) => {
    await tx.emit(happened, { scope, n: 2 })
    await tx.query('select 1')
    refuse('conflict', 'test.refused')
  })
  await expect(refused).rejects.toMatchObject({ kind: 'conflict' })
  const broken = db.write(anyoneOf(ours), async (tx) => {
    await tx.emit(happened, { scope, n: 3 })
    await tx.query('select 1 / 0')
  })
  expect(await failureOf(broken)).toMatchObject({ code: '22012' })
  await db.write(anyoneOf(ours), (tx) => tx.emit(happened, { scope, n: 4 }))
  expect((await factsOf(scope)).map(({ version, body }) => [version, body.n])).toEqual([
    [1, 1],
    [2, 4],
  ])
})

test('a fact that is not of its shape stops the transaction', async () => {
  const scope = randomUUID()
  const work = db.write(anyoneOf(ours), async (tx) => {
    await tx.query('select 1')
    await tx.emit(happened, { scope, n: 1.5 })
  })
  await expect(work).rejects.toThrow()
  expect(await versionsOf(scope)).toEqual([])
})

test('the same scope in two tenants counts for each alone', async () => {
  const scope = randomUUID()
  await db.write(anyoneOf(ours), (tx) => tx.emit(happened, { scope, n: 1 }))
  await db.write(anyoneOf(world.theirs), (tx) => tx.emit(happened, { scope, n: 1 }))
  expect(await versionsOf(scope)).toEqual([1])
})

test('24 writers on two scopes: versions have no gaps, and no reader sees one before those below it', async () => {
  const [kitchen, bar] = [randomUUID(), randomUUID()]
  const reader = enter(database, database.urls.app, { prepared: true, poolSize: 1 })
  let writing = true
  let looks = 0
  const watch = async () => {
    while (writing) {
      for (const scope of [kitchen, bar]) {
        const seen = await reader.readOne<Stored>(
          anyoneOf(ours),
          'select version, body from facts where scope_id = $1 order by version',
          [scope],
        )
        expect(seen.map(({ version }) => version)).toEqual(upTo(seen.length))
        looks++
      }
    }
  }
  const writer = async (me: number) => {
    for (let i = 0; i < 10; i++) {
      const rolledBack = (me + i) % 5 === 0
      const work = db.write(anyoneOf(ours), async (tx) => {
        await tx.query('select pg_backend_pid()')
        // Opposite orders: scopes are locked in the order of their ids, whatever the order of the facts.
        for (const scope of me % 2 ? [kitchen, bar] : [bar, kitchen])
          await tx.emit(happened, { scope, n: me * 100 + i })
        if (rolledBack) refuse('conflict', 'test.refused')
      })
      await (rolledBack ? expect(work).rejects.toMatchObject({ kind: 'conflict' }) : work)
    }
  }
  const watching = watch()
  await Promise.all(upTo(24).map(writer))
  writing = false
  await watching
  await reader.close()
  const stored = 240 - 48
  expect(await versionsOf(kitchen)).toEqual(upTo(stored))
  expect(await versionsOf(bar)).toEqual(upTo(stored))
  expect(looks).toBeGreaterThan(2)
})
