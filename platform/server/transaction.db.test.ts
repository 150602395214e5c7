import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Refusal, refuse } from '../refusal.ts'
import { anyoneOf, type Chain, enter, failureOf, plantTwoChains, type TwoChains } from './isolation/chain.ts'
import { type TestDatabase, testDatabase } from './postgres/for-tests.ts'
import type { Database, Tx } from './tenant.ts'

let database: TestDatabase
let world: TwoChains
let ours: Chain
let db: Database

beforeAll(async () => {
  database = await testDatabase()
  world = await plantTwoChains(database)
  ours = world.ours
  db = enter(database, database.urls.app, { prepared: true, poolSize: 4 })
})
afterAll(async () => {
  await db.close()
  await world.admin.end()
  await database.drop()
})
beforeEach(() =>
  world.admin.query(`update units set name = 'u' || left(id::text, 8) || right(id::text, 8), position = 0`),
)

const nameOf = async (id: string) =>
  (await world.admin.query<{ name: string }>('select name from units where id = $1', [id])).rows[0]?.name

const RENAME = 'update units set name = $2 where id = $1'

describe('a transaction', () => {
  test('stores all of its work, or nothing', async () => {
    const before = await nameOf(ours.unitId)
    const work = db.write(anyoneOf(ours), async (tx) => {
      await tx.query(RENAME, [ours.unitId, 'half'])
      refuse('conflict', 'test.changed_my_mind')
    })
    await expect(work).rejects.toMatchObject({ kind: 'conflict' })
    expect(await nameOf(ours.unitId)).toBe(before)
    await db.write(anyoneOf(ours), (tx) => tx.query(RENAME, [ours.unitId, 'whole']))
    expect(await nameOf(ours.unitId)).toBe('whole')
  })

  test('whose statement failed stores nothing, even when the work forgave it', async () => {
    const before = await nameOf(ours.unitId)
    const work = db.write(anyoneOf(ours), async (tx) => {
      await tx.query(RENAME, [ours.unitId, 'forgiven'])
      await tx.query('select 1 / 0').catch(() => undefined)
      return 'done'
    })
    expect(await failureOf(work)).toMatchObject({ code: '22012' })
    expect(await nameOf(ours.unitId)).toBe(before)
  })

  test('tells the first failure, whatever was tried after it', async () => {
    const work = db.write(anyoneOf(ours), async (tx) => {
      await tx.query('select 1 / 0').catch(() => undefined)
      await tx.query('select 2')
    })
    expect(await failureOf(work)).toMatchObject({ code: '22012' })
  })

  test('that has ended answers no forgotten query', async () => {
    let forgotten: (() => Promise<unknown>) | undefined
    await db.write(anyoneOf(ours), async (tx) => {
      forgotten = () => tx.query('select id from units')
    })
    await expect(forgotten?.()).rejects.toThrow('This transaction has ended')
  })

  test('without any statement does not trouble the database', async () => {
    const asleep = enter(database, 'postgres://nobody@127.0.0.1:1/none', { prepared: true })
    await expect(asleep.write(anyoneOf(ours), async () => 1)).rejects.toMatchObject({ kind: 'unavailable' })
    await asleep.close()
    expect(await db.write(anyoneOf(ours), async () => 'nothing to do')).toBe('nothing to do')
  })

  test('that met a deadlock runs again, and both writers are done', async () => {
    let attempts = 0
    const meeting = oneMeetingOf(2)
    const writer = (first: string, second: string) =>
      db.write(anyoneOf(ours), async (tx) => {
        attempts++
        await tx.query('update units set position = position + 1 where id = $1', [first])
        await meeting()
        await tx.query('update units set position = position + 1 where id = $1', [second])
      })
    await Promise.all([writer(ours.unitId, ours.siblingUnitId), writer(ours.siblingUnitId, ours.unitId)])
    expect(attempts).toBe(3)
    const { rows } = await world.admin.query('select position from units where tenant_id = $1', [ours.tenantId])
    expect(rows).toEqual([{ position: 2 }, { position: 2 }])
  })

  test('that the database asks to repeat runs again from its beginning', async () => {
    let attempts = 0
    const result = await db.write(anyoneOf(ours), async (tx) => {
      attempts++
      await tx.query('update units set position = position + 1 where id = $1', [ours.unitId])
      if (attempts < 3) await tx.query(`do $$ begin raise exception 'lost a race' using errcode = '40001'; end $$`)
      return attempts
    })
    expect(result).toBe(3)
    const { rows } = await world.admin.query('select position from units where id = $1', [ours.unitId])
    expect(rows).toEqual([{ position: 1 }])
  })

  test('that keeps failing for the same reason gives up', async () => {
    let attempts = 0
    const work = db.write(anyoneOf(ours), async () => {
      attempts++
      throw Object.assign(new Error('again'), { code: '40001' })
    })
    await expect(work).rejects.toThrow('again')
    expect(attempts).toBe(4)
  })

  test('of reading sees one moment', async () => {
    await db.read(anyoneOf(ours), async (tx) => {
      const before = await tx.query('select name from units order by id')
      await world.admin.query(`update units set name = name || '!'`)
      expect(await tx.query('select name from units order by id')).toEqual(before)
    })
  })
})

describe('a savepoint', () => {
  const positionOf = async (id: string) =>
    (await world.admin.query<{ position: number }>('select position from units where id = $1', [id])).rows[0]?.position
  const move = (tx: Tx, id: string, to: number) => tx.query('update units set position = $2 where id = $1', [id, to])

  test.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['a refusal', async () => refuse('conflict', 'test.refused')],
    ['a statement that PostgreSQL refuses', (tx) => tx.query('select 1 / 0')],
    ['one that was forgiven', (tx) => tx.query('select 1 / 0').catch(() => undefined)],
    ['a value that cannot be sent', (tx) => tx.query('select $1::int', [new Array(3).fill({ toPostgres: broken })])],
  ])('that ends in %s undoes its own work and lets the rest be done', async (_, end) => {
    const thrown = await db.write(anyoneOf(ours), async (tx) => {
      await move(tx, ours.unitId, 1)
      const outcome = await failed(
        tx.savepoint(async () => {
          await move(tx, ours.unitId, 7)
          await tx.savepoint(() => move(tx, ours.siblingUnitId, 7))
          await end(tx)
        }),
      )
      await tx.savepoint(() => move(tx, ours.siblingUnitId, 2))
      return outcome
    })
    expect(thrown).toBe(true)
    expect([await positionOf(ours.unitId), await positionOf(ours.siblingUnitId)]).toEqual([1, 2])
  })

  test('that fails before its first statement costs nothing and spoils nothing', async () => {
    await db.write(anyoneOf(ours), async (tx) => {
      await failed(tx.savepoint(async () => refuse('conflict', 'test.refused')))
      await failed(tx.savepoint(() => tx.query('select $1::int', [new Array(3).fill({ toPostgres: broken })])))
      await move(tx, ours.unitId, 3)
    })
    expect(await positionOf(ours.unitId)).toBe(3)
  })

  test('ends with its whole transaction when PostgreSQL wants that again', async () => {
    let attempts = 0
    await db.write(anyoneOf(ours), async (tx) => {
      attempts++
      await tx.savepoint(async () => {
        await move(tx, ours.unitId, 4)
        if (attempts === 1) await tx.query(`do $$ begin raise exception 'raced' using errcode = '40P01'; end $$`)
      })
    })
    expect([attempts, await positionOf(ours.unitId)]).toEqual([2, 4])
  })

  const broken = () => {
    throw new Error('cannot be sent')
  }
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => false,
      () => true,
    )
})

describe('a transaction as someone else', () => {
  test('sees and does what they may, and afterwards what the first may again, also after a savepoint', async () => {
    const seen = await db.write(anyoneOf(ours), async (tx) => {
      const count = async (by: Tx) => (await by.query('select id from units')).length
      const there = anyoneOf(ours, new Set([ours.siblingLocationId]))
      const inside = await tx.as(there, async (other) => [await count(other), other.actor.id === there.id])
      const undone = tx.savepoint(() => tx.as(there, async (other) => refuse('conflict', String(await count(other)))))
      const code = await undone.catch((error: Refusal) => error.code)
      return [...inside, code, await count(tx)]
    })
    expect(seen).toEqual([1, true, '1', 2])
  })

  test('is never someone of another organization', async () => {
    const work = db.write(anyoneOf(ours), (tx) => tx.as(anyoneOf(world.theirs), async () => 'there'))
    await expect(work).rejects.toThrow('stays in its organization')
  })
})

describe('when the database goes away', () => {
  test('in the middle of a transaction, the caller may try again and the pool recovers', async () => {
    const work = db.write(anyoneOf(ours), async (tx) => {
      const [me] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      await world.admin.query('select pg_terminate_backend($1, 5000)', [me?.pid])
      await tx.query(RENAME, [ours.unitId, 'lost'])
    })
    await expect(work).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database.connection_lost',
    } satisfies Partial<Refusal>)
    expect(await db.readOne(anyoneOf(ours), 'select count(*) as n from units')).toEqual([{ n: 2 }])
    expect(await nameOf(ours.unitId)).not.toBe('lost')
  })

  test('just before the work ends in a refusal, its connection is not used again', async () => {
    const alone = enter(database, database.urls.app, { prepared: true, poolSize: 1 })
    const work = alone.write(anyoneOf(ours), async (tx) => {
      const [me] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      await world.admin.query('select pg_terminate_backend($1, 5000)', [me?.pid])
      refuse('conflict', 'test.refused')
    })
    await expect(work).rejects.toMatchObject({ kind: 'conflict' })
    expect(await alone.readOne(anyoneOf(ours), 'select count(*) as n from units')).toEqual([{ n: 2 }])
    await alone.close()
  })

  test('while nobody asks, nobody notices', async () => {
    const alone = enter(database, database.urls.app, { prepared: true, poolSize: 1 })
    const [me] = await alone.readOne<{ pid: number }>(anyoneOf(ours), 'select pg_backend_pid() as pid')
    await world.admin.query('select pg_terminate_backend($1, 5000)', [me?.pid])
    await vi.waitFor(() => expect(alone.pool.total()).toBe(0))
    expect(await alone.readOne(anyoneOf(ours), 'select count(*) as n from units')).toEqual([{ n: 2 }])
    await alone.close()
  })

  test('altogether, the answer is: unavailable', async () => {
    const nowhere = enter(database, 'postgres://opsflow_app@127.0.0.1:1/none', { prepared: true })
    await expect(nowhere.readOne(anyoneOf(ours), 'select 1')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database.unavailable',
    })
    await nowhere.close()
  })
})

describe('statements under one Sync', () => {
  let alone: Database
  beforeAll(() => {
    alone = enter(database, database.urls.app, { prepared: true, poolSize: 1 })
  })
  afterAll(() => alone.close())
  const me = () => anyoneOf(ours)

  test('one that fails takes the others with it, and the connection stays right', async () => {
    for (let i = 0; i < 5; i++) {
      const failed = alone.readBatch(me(), [
        { sql: `select ${i} as before` },
        { sql: 'select 1 / $1::int as broken', params: [0] },
        { sql: `select ${i} as never_parsed` },
      ])
      expect(await failureOf(failed)).toMatchObject({ code: '22012' })
      expect(
        await alone.readBatch(me(), [
          { sql: `select ${i} as never_parsed` },
          { sql: 'select 1 / $1::int as broken', params: [1] },
          { sql: `select ${i} as before` },
        ]),
      ).toEqual([[{ never_parsed: i }], [{ broken: 1 }], [{ before: i }]])
    }
  })

  test('one that fails again and again is prepared once', async () => {
    const count = async () =>
      Number((await alone.readOne<{ n: number }>(me(), 'select count(*) as n from pg_prepared_statements'))[0]?.n)
    const fail = () => failureOf(alone.readOne(me(), 'select 7 / $1::int as seven', [0]))
    await fail()
    const before = await count()
    for (let i = 0; i < 10; i++) await fail()
    expect(await count()).toBe(before)
  })

  test('one that cannot be parsed spoils nothing', async () => {
    for (let i = 0; i < 3; i++)
      expect(await failureOf(alone.readOne(me(), 'selekt 1'))).toMatchObject({ code: '42601' })
    expect(await alone.readOne(me(), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a value that cannot be sent fails before anything is sent', async () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const before = await nameOf(ours.unitId)
    const work = alone.write(me(), async (tx) => {
      await tx.query(RENAME, [ours.unitId, 'sent'])
      await tx.query('select $1::jsonb', [circular])
    })
    await expect(work).rejects.toThrow('circular')
    await expect(alone.readOne(me(), 'select $1::jsonb', [circular])).rejects.toThrow('circular')
    await expect(alone.readOne(me(), 'select 1', new Array(65_536).fill(1))).rejects.toThrow('send arrays instead')
    expect(await nameOf(ours.unitId)).toBe(before)
    expect(await alone.readOne(me(), 'select $1::text as text', ['é\u{1f9ca}'])).toEqual([{ text: 'é\u{1f9ca}' }])
  })

  test('a value the database refuses is told as its error', async () => {
    expect(await failureOf(alone.readOne(me(), 'select $1::text', ['a\0b']))).toMatchObject({ code: '22021' })
    expect(await failureOf(alone.readOne(me(), 'select id from units where id = $1', ["' or true --"]))).toMatchObject({
      code: '22P02',
    })
  })

  test('a plan that a migration made stale is made anew', async () => {
    const select = 'select * from unit_policies'
    await alone.readOne(me(), select)
    await world.admin.query(
      'alter table unit_policies add column planted int; grant select (planted) on unit_policies to opsflow_app',
    )
    expect(await alone.readOne(me(), select)).toEqual([])
    await world.admin.query('alter table unit_policies drop column planted')
    expect(await alone.write(me(), (tx) => tx.query(select))).toEqual([])
  })

  test('COPY, were it injected, neither answers nor ends the process', async () => {
    await expect(alone.write(me(), (tx) => tx.query('copy units (name) from stdin'))).rejects.toThrow()
    await alone.readOne(me(), 'copy (select id from units) to stdout').catch(() => undefined)
    expect(await alone.readOne(me(), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('rows arrive as the product speaks: instants in UTC with microseconds, counts as numbers', async () => {
    const [row] = await alone.readOne(
      me(),
      `select timestamptz '2026-11-22 19:34:42.123456+02' as at, 9007199254740991::bigint as most, date '2026-03-01' as day,
              null::int as nothing, array[1, 2] as list, '{"a": 1}'::jsonb as json`,
    )
    expect(row).toEqual({
      at: '2026-11-22T17:34:42.123456Z',
      most: Number.MAX_SAFE_INTEGER,
      day: '2026-03-01',
      nothing: null,
      list: [1, 2],
      json: { a: 1 },
    })
    await expect(alone.readOne(me(), 'select 9007199254740992::bigint as beyond')).rejects.toThrow('does not fit')
    expect(await alone.readOne(me(), 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

/** Lets all who come wait for each other, once; who comes later walks through. */
function oneMeetingOf(people: number): () => Promise<void> {
  let open: (() => void) | undefined
  const met = new Promise<void>((resolve) => {
    open = resolve
  })
  let here = 0
  return () => {
    if (++here >= people) open?.()
    return met
  }
}
