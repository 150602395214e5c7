import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../actor.ts'
import type { SignedContext } from '../context.ts'
import type { TestDatabase } from '../postgres/for-tests.ts'
import type { Database } from '../tenant.ts'
import {
  anyoneOf,
  type Chain,
  contextOf,
  enter,
  failureOf,
  inOne,
  plantTwoChains,
  setContext,
  type TwoChains,
  withContext,
} from './chain.ts'

/** Where the sentences are tried: directly, or through a pooler that hands every transaction another connection. */
export type Way = {
  /** Of the runtime role. */
  url: string
  prepared: boolean
  database: TestDatabase
  close: () => Promise<void>
}

const ANNOUNCE = `select app.announce($1, $2, jsonb_build_array(jsonb_build_object(
  'name', 'test.happened', 'event', 'poke', 'room', 'scope:1', 'body', '{}'::jsonb)))`

export function tenancySentences(open: () => Promise<Way>) {
  let way: Way
  let world: TwoChains
  let ours: Chain
  let theirs: Chain
  let db: Database
  let client: pg.Client

  beforeAll(async () => {
    way = await open()
    world = await plantTwoChains(way.database)
    ours = world.ours
    theirs = world.theirs
    db = enter(way.database, way.url, { prepared: way.prepared })
    client = new pg.Client(way.url)
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await db.close()
    await world.admin.end()
    await way.close()
  })

  const apart = (signed: SignedContext) => signed
  const UNITS = 'select id from units order by id'
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
  const unitsOf = (chain: Chain) => [chain.unitId, chain.siblingUnitId].sort()

  describe('context', () => {
    test('everyone sees the rows of their own tenant, and no others', async () => {
      for (const chain of [ours, theirs]) {
        const actor = anyoneOf(chain)
        expect(idsOf(await db.readOne(actor, UNITS)).sort()).toEqual(unitsOf(chain))
        expect(idsOf(await db.read(actor, (tx) => tx.query<{ id: string }>(UNITS))).sort()).toEqual(unitsOf(chain))
        expect(idsOf(await db.write(actor, (tx) => tx.query<{ id: string }>(UNITS))).sort()).toEqual(unitsOf(chain))
        const [first, second] = await db.readBatch(actor, [{ sql: UNITS }, { sql: 'select tenant_id from tenants' }])
        expect(idsOf(first as { id: string }[]).sort()).toEqual(unitsOf(chain))
        expect(second).toEqual([{ tenant_id: chain.tenantId }])
      }
    })

    test('without a context nothing is answered, not even an empty list', async () => {
      expect(await failureOf(client.query(UNITS))).toMatchObject({ code: 'OF001', message: 'tenant context missing' })
      expect(await failureOf(withContext(client, { context: '', seal: '' }, UNITS))).toMatchObject({ code: 'OF001' })
      expect(
        await failureOf(
          client.query(`insert into units (location_id, name, kind) values ($1, 'x', 'freezer')`, [ours.locationId]),
        ),
      ).toMatchObject({ code: 'OF001' })
    })

    test('a context with any part changed is forged', async () => {
      const genuine = contextOf(way.database, ours, { locations: ours.locationId })
      const { seal } = genuine
      const [tenant, actor, locations, expiry] = genuine.context.split('|') as [string, string, string, string]
      const tampered = {
        tenant: [theirs.tenantId, actor, locations, expiry, seal],
        actor: [tenant, 'system:root', locations, expiry, seal],
        'every location': [tenant, actor, '*', expiry, seal],
        'another location': [tenant, actor, ours.siblingLocationId, expiry, seal],
        'a longer life': [tenant, actor, locations, '9999999999', seal],
        'no signature': [tenant, actor, locations, expiry, ''],
        'a short signature': [tenant, actor, locations, expiry, seal.slice(0, 63)],
        'a signature in capitals': [tenant, actor, locations, expiry, seal.toUpperCase()],
        'one part more': [tenant, actor, locations, expiry, '', seal],
        'one part less': [tenant, actor, expiry, seal],
        'parts in another order': [actor, tenant, locations, expiry, seal],
        'the signature of another': [
          tenant,
          actor,
          locations,
          expiry,
          contextOf(way.database, theirs, { locations: ours.locationId }).seal,
        ],
      }
      for (const form of [apart, inOne]) {
        expect(await withContext(client, form(genuine), UNITS)).toEqual([{ id: ours.unitId }])
        for (const [what, parts] of Object.entries(tampered)) {
          const context = form({ context: parts.slice(0, -1).join('|'), seal: parts.at(-1) as string })
          expect(await failureOf(withContext(client, context, UNITS)), what).toMatchObject({
            code: 'OF002',
            message: 'tenant context forged',
          })
        }
        for (const noise of [
          '|',
          '||||',
          'null',
          ours.tenantId,
          `${form(genuine).context}|`,
          ` ${form(genuine).context}`,
          'é'.repeat(500),
          `${'a'.repeat(64)}`,
        ]) {
          const context = { context: noise, seal: form(genuine).seal }
          expect(await failureOf(withContext(client, context, UNITS)), noise).toMatchObject({ code: 'OF002' })
        }
      }
    })

    test('a context signed with a key of one’s own is forged', async () => {
      const own = contextOf(way.database, theirs, { key: randomBytes(32) })
      expect(await failureOf(withContext(client, own, UNITS))).toMatchObject({ code: 'OF002' })
      const other = enter(way.database, way.url, { prepared: way.prepared, key: randomBytes(32) })
      expect(await failureOf(other.readOne(anyoneOf(ours), UNITS))).toMatchObject({ code: 'OF002' })
      await other.close()
    })

    test('an expired context is refused by its own name', async () => {
      const expired = contextOf(way.database, ours, { lifetimeSeconds: -1 })
      expect(await failureOf(withContext(client, expired, UNITS))).toMatchObject({
        code: 'OF003',
        message: 'tenant context expired',
      })
      const late = enter(way.database, way.url, { prepared: way.prepared, clock: () => Date.now() - 3_600_000 })
      expect(await failureOf(late.readOne(anyoneOf(ours), UNITS))).toMatchObject({ code: 'OF003' })
      await late.close()
    })

    test('a context that was good is worth nothing after its expiry, even in a transaction it opened', async () => {
      const brief = contextOf(way.database, ours, { lifetimeSeconds: 1 })
      await client.query('begin')
      await setContext(client, brief)
      let answers = 0
      let failure: unknown
      while (!failure) {
        await client.query(UNITS).then(
          () => answers++,
          (error) => {
            failure = error
          },
        )
      }
      await client.query('rollback')
      expect(answers).toBeGreaterThan(0)
      expect(failure).toMatchObject({ code: 'OF003' })
      expect(await failureOf(withContext(client, brief, UNITS))).toMatchObject({ code: 'OF003' })
    })
  })

  describe('an injected statement', () => {
    const injected = (sql: string, params: unknown[] = []) => db.readOne<{ id: string }>(anyoneOf(ours), sql, params)

    test('cannot become another tenant by setting a context', async () => {
      const made: Record<string, string> = {
        'made up': `${theirs.tenantId}|member:x|*|9999999999|${'0'.repeat(64)}`,
        'old one of another tenant': inOne(contextOf(way.database, theirs, { lifetimeSeconds: -1 })).context,
        empty: '',
      }
      const own = contextOf(way.database, ours)
      for (const { context } of [own, inOne(own)]) {
        made[`own one with another tenant: ${context}`] = context.replace(ours.tenantId, theirs.tenantId)
      }
      const statements = [
        `select u.id from units u, (select set_config('app.context', $1, true)) as injected`,
        `select u.id from units u where set_config('app.context', $1, true) is not null`,
        `with injected as materialized (select set_config('app.context', $1, true)) select u.id from injected, units u`,
        `select id from (select u.id from units u order by set_config('app.context', $1, true)) x union all select id from units`,
        `select u.id from (select set_config('app.context', $1, true) offset 0) injected left join units u on true`,
      ]
      for (const [what, context] of Object.entries(made)) {
        for (const statement of statements) {
          // Either the tenant was known before the setting changed, or the change is noticed. Never another's row.
          const outcome = await injected(statement, [context]).then(idsOf, (error: pg.DatabaseError) => error.code)
          if (Array.isArray(outcome))
            for (const id of outcome) expect(unitsOf(ours), `${what}: ${statement}`).toContain(id)
          else expect(['OF001', 'OF002', 'OF003'], `${what}: ${statement}`).toContain(outcome)
        }
      }
    })

    test.each([
      ['read the keys', 'select * from sec.context_keys', '42501'],
      ['call the signing function', `select app.is_signed('', '', '')`, '42501'],
      [
        'switch row security off',
        `select id from units where set_config('row_security', 'off', true) is not null`,
        undefined,
      ],
      ['become the owner', 'set role opsflow_owner', '42501'],
      ['become anyone', 'set session authorization opsflow_owner', '42501'],
      ['become the owner by a setting', `select set_config('role', 'opsflow_owner', true)`, '42501'],
      ['disable the fence', 'alter table units disable row level security', '42501'],
      ['drop the policy', 'drop policy tenant on units', '42501'],
      ['empty a table', 'truncate units', '42501'],
      ['make a function', `create function public.peek() returns int language sql as 'select 1'`, '42501'],
      ['make a temporary table', 'create temp table t (id int)', '42501'],
      ['read a file of the server', `select pg_read_file('/etc/passwd')`, '42501'],
      ['send more than one statement', 'select 1; select 2', '42601'],
      [
        'read a partition by itself',
        `select * from public.temperature_logs_${new Date().toISOString().slice(0, 7).replace('-', '')}`,
        '42501',
      ],
      ['read accounts', 'select * from auth.users', '42501'],
      ['learn values from statistics', `select most_common_vals from pg_stats where tablename = 'units'`, undefined],
    ])('cannot %s', async (_what, sql, code) => {
      await world.admin.query('analyze units')
      const inRead = await injected(sql).catch((error: pg.DatabaseError) => error.code)
      const inWrite = await db
        .write(anyoneOf(ours), (tx) => tx.query<{ id: string }>(sql))
        .catch((error: pg.DatabaseError) => error.code)
      for (const outcome of [inRead, inWrite]) {
        if (Array.isArray(outcome) && !code) for (const row of outcome) expect(unitsOf(ours)).toContain(row.id)
        else expect([code ?? '42501', outcome === inRead ? '25006' : code]).toContain(outcome)
      }
    })

    test('cannot make a reading transaction write', async () => {
      const unlock = `select set_config('transaction_read_only', 'off', true)`
      expect(await failureOf(injected(unlock))).toMatchObject({ code: '25001' })
      const rename = `update units set name = 'x' where (${unlock}) is not null`
      expect(await failureOf(injected(rename))).toMatchObject({ code: '25006' })
      expect(await failureOf(db.read(anyoneOf(ours), (tx) => tx.query(rename)))).toMatchObject({ code: '25006' })
      expect(await failureOf(db.readBatch(anyoneOf(ours), [{ sql: UNITS }, { sql: rename }]))).toMatchObject({
        code: '25006',
      })
    })

    test('with the owner’s rights still sees one tenant only', async () => {
      const owner = new pg.Client(way.database.urls.owner)
      await owner.connect()
      expect(await failureOf(owner.query(UNITS))).toMatchObject({ code: 'OF001' })
      expect(idsOf(await withContext(owner, contextOf(way.database, ours), UNITS)).sort()).toEqual(unitsOf(ours))
      await owner.end()
    })
  })

  describe('a row of another tenant behaves like one that does not exist', () => {
    const attempts: [string, (id: string, chain: Chain) => { sql: string; params: unknown[] }][] = [
      ['read', (id) => ({ sql: 'select * from units where id = $1', params: [id] })],
      ['update', (id) => ({ sql: `update units set name = 'mine' where id = $1 returning *`, params: [id] })],
      [
        'reference',
        (id, chain) => ({
          sql: 'insert into sensors (location_id, unit_id, name) values ($1, $2, $3) returning name',
          params: [chain.locationId, id, 's'],
        }),
      ],
      [
        'share an id',
        (id, chain) => ({
          sql: `insert into units (id, location_id, name, kind) values ($1, $2, 'same id', 'freezer') returning name`,
          params: [id, chain.locationId],
        }),
      ],
      [
        'upsert',
        (id, chain) => ({
          sql: `insert into units (id, location_id, name, kind) values ($1, $2, 'upserted', 'freezer') on conflict (tenant_id, id) do update set name = 'taken' returning name`,
          params: [id, chain.locationId],
        }),
      ],
      ['announce to a scope', (id, chain) => ({ sql: ANNOUNCE, params: [chain.organizationId, id] })],
      ['announce to an organization', (id) => ({ sql: ANNOUNCE, params: [id, id] })],
      [
        'divide by what it is named',
        (id) => ({ sql: 'select 1 / length(name) - length(name) as n from units where id = $1', params: [id] }),
      ],
      ['lock', (id) => ({ sql: 'select id from units where id = $1 for update', params: [id] })],
    ]
    /** Whatever one can see of an answer or an error, to the byte. */
    const outcomeOf = async (sql: string, params: unknown[]) => {
      const context = contextOf(way.database, ours)
      const told = await withContext(client, context, sql, params).catch(
        ({ code, message, detail, hint, where, constraint }: pg.DatabaseError) => ({
          code,
          message,
          detail,
          hint,
          where,
          constraint,
        }),
      )
      return JSON.stringify(told)
    }

    test.each(attempts)('%s', async (what, attempt) => {
      const foreign = attempt(what.includes('organization') ? theirs.organizationId : theirs.unitId, ours)
      const missing = attempt(randomUUID(), ours)
      expect(await outcomeOf(foreign.sql, foreign.params)).toBe(await outcomeOf(missing.sql, missing.params))
    })

    test('a name that another tenant uses is free', async () => {
      await db.write(anyoneOf(theirs), (tx) =>
        tx.query(`insert into units (location_id, name, kind) values ($1, 'Walk-in', 'freezer')`, [theirs.locationId]),
      )
      await db.write(anyoneOf(ours), (tx) =>
        tx.query(`insert into units (location_id, name, kind) values ($1, 'Walk-in', 'freezer')`, [ours.locationId]),
      )
      const { rows } = await world.admin.query(`delete from units where name = 'Walk-in' returning tenant_id`)
      expect(rows.map(({ tenant_id }) => tenant_id).sort()).toEqual([ours.tenantId, theirs.tenantId].sort())
    })

    test('an error tells nothing of their values', async () => {
      await world.admin.query('update units set name = $1 where id = $2', ['their secret', theirs.unitId])
      await world.admin.query(`update units set name = '7' where tenant_id = $1 and id = $2`, [
        ours.tenantId,
        ours.unitId,
      ])
      await world.admin.query(`update units set name = '8' where tenant_id = $1 and id = $2`, [
        ours.tenantId,
        ours.siblingUnitId,
      ])
      expect(await db.readOne(anyoneOf(ours), 'select id from units where name::int = 7')).toEqual([
        { id: ours.unitId },
      ])
    })

    test('a view shows what the one who looks may see', async () => {
      await world.admin.query(
        'create view unit_names with (security_invoker = true) as select * from units; grant select on unit_names to opsflow_app',
      )
      expect(idsOf(await db.readOne(anyoneOf(ours), 'select id from unit_names')).sort()).toEqual(unitsOf(ours))
      expect(await failureOf(client.query('select id from unit_names'))).toMatchObject({ code: 'OF001' })
      await world.admin.query('drop view unit_names')
    })
  })

  describe('locations', () => {
    test('rows of a location that is not granted are neither seen nor written', async () => {
      const cook = anyoneOf(ours, new Set([ours.locationId]))
      expect(await db.readOne(cook, UNITS)).toEqual([{ id: ours.unitId }])
      expect(await db.readOne(cook, 'select id from locations')).toEqual([{ id: ours.locationId }])
      expect(
        await db.write(cook, (tx) =>
          tx.query(`update units set name = 'x' where id = $1 returning id`, [ours.siblingUnitId]),
        ),
      ).toEqual([])
      const insert = (locationId: string) =>
        db.write(cook, (tx) =>
          tx.query(`insert into units (location_id, name, kind) values ($1, $2, 'freezer')`, [
            locationId,
            randomUUID(),
          ]),
        )
      expect(await insert(ours.locationId)).toEqual([])
      expect(await failureOf(insert(ours.siblingLocationId))).toMatchObject({ code: '42501' })
      await world.admin.query('delete from units where tenant_id = $1 and not id = any ($2)', [
        ours.tenantId,
        unitsOf(ours),
      ])
    })

    test('no location is not every location', async () => {
      expect(await db.readOne(anyoneOf(ours, new Set()), UNITS)).toEqual([])
    })

    test('a location of another tenant, were it in the list, shows nothing', async () => {
      expect(await db.readOne(anyoneOf(ours, new Set([theirs.locationId])), UNITS)).toEqual([])
    })
  })

  test('4,000 switches between 20 tenants over three connections show no wrong row and leave no setting behind', async () => {
    const actors: Actor[] = []
    while (actors.length < 20) {
      const tenant = await world.factory.plantTenant()
      await world.factory.plant(tenant, 'public.units')
      actors.push(anyoneOf(tenant))
    }
    const raw = new pg.Pool({ connectionString: way.url, max: 3 })
    let right = 0
    const wrong: unknown[] = []
    const left: unknown[] = []
    const someone = async (start: number) => {
      for (let i = 0; i < 100; i++) {
        const actor = actors[(start * 7 + i * 3) % actors.length] as Actor
        const rows = await oneOf(i)(actor)
        if (rows.length === 1 && rows[0]?.tenant_id === actor.tenantId) right++
        else wrong.push(rows)
        if (i % 10 === 0)
          left.push(
            ...(
              await raw.query(
                `select current_setting('app.context', true) || current_setting('app.seal', true) as context`,
              )
            ).rows,
          )
      }
    }
    const sql = 'select tenant_id from units'
    const ways = [
      (actor: Actor) => db.readOne<{ tenant_id: string }>(actor, sql),
      (actor: Actor) => db.write(actor, (tx) => tx.query<{ tenant_id: string }>(sql)),
      (actor: Actor) => db.read(actor, (tx) => tx.query<{ tenant_id: string }>(sql)),
    ]
    const oneOf = (i: number) => ways[i % ways.length] as (typeof ways)[number]
    await Promise.all(Array.from({ length: 40 }, (_, start) => someone(start)))
    await raw.end()
    expect(wrong.slice(0, 3)).toEqual([])
    expect(right).toBe(4000)
    expect(left.filter((row) => (row as { context: string | null }).context).slice(0, 3)).toEqual([])
  })

  // Last, because it leaves its mark on the connections: only our own way in overrides it, with every transaction.
  test('a context that an injected statement left on a connection serves no one else', async () => {
    const leave = `select set_config('app.context', $1, false)`
    for (let i = 0; i < 9; i++)
      await db.readOne(anyoneOf(ours), leave, [inOne(contextOf(way.database, theirs)).context])
    for (let i = 0; i < 60; i++) {
      expect(idsOf(await db.readOne(anyoneOf(ours), UNITS)).sort()).toEqual(unitsOf(ours))
      expect(idsOf(await db.write(anyoneOf(ours), (tx) => tx.query<{ id: string }>(UNITS))).sort()).toEqual(
        unitsOf(ours),
      )
    }
  })
}
