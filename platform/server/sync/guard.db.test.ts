import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../actor.ts'
import { openPool } from '../tenant.ts'
import { retireFromDevices } from './retire.ts'
import { Device, hire, openSyncWorld, PERMISSIONS, type SyncWorld, syncedTask } from './world.for-tests.ts'

let world: SyncWorld
let cook: Actor
let stranger: Actor
let relay: ReturnType<typeof openPool>
let downtown: string
let airport: string

beforeAll(async () => {
  world = await openSyncWorld()
  ;[downtown, airport] = world.home.locations
  cook = await hire(world.database, world.home, 'Carl', PERMISSIONS, new Set([downtown]))
  stranger = await hire(world.database, world.away, 'Fay', PERMISSIONS, 'all')
  relay = openPool(world.test.urls.relay, 2)
})
afterAll(async () => {
  await relay.end()
  await world.close()
})

const rows = async <Row>(sql: string, params: unknown[] = []) => (await world.admin.query(sql, params)).rows as Row[]
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

async function addTask(place = downtown, status = 'todo'): Promise<string> {
  const [task] = await rows<{ id: string }>(
    `insert into tasks (tenant_id, location_id, title, task_type, status, completed_at, cause_kind, cause_id)
     values ($1, $2, 'Task', 'other', $3, case when $3 = 'completed' then now() end, 'test', uuidv7()) returning id`,
    [world.home.tenantId, place, status],
  )
  return task?.id ?? ''
}

describe('a statement someone got in', () => {
  const inject = (actor: Actor, sql: string, params: unknown[] = []) =>
    codeOf(world.database.write(actor, (tx) => tx.query(sql, params)))

  test.each([
    [
      'writes the feed',
      `insert into sync_changes (scope_id, entity, entity_id, version, op) values (gen_random_uuid(), 'task', gen_random_uuid(), 1, 'gone')`,
    ],
    ['changes the feed', `update sync_changes set op = 'gone'`],
    ['empties the feed', 'delete from sync_changes'],
    ['takes back a version', 'update scopes set version = 1'],
    [
      'writes notes',
      `insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids) values (gen_random_uuid(), 'task', true, '{}', '{}')`,
    ],
    ['drops notes', 'delete from app.feed_notes'],
    ['reads notes', 'select * from app.feed_notes'],
    ['retires rows', `select app.retire_from_feed(gen_random_uuid(), 'task', '{}', '{}')`],
    ['forgets tombstones', 'select app.trim_feed(0)'],
    ['begins an epoch', 'select app.new_sync_epoch()'],
    ['writes the epoch', 'update app.sync_epoch set epoch = gen_random_uuid()'],
    ['silences the notes', 'alter table tasks disable trigger feed_update'],
    ['plays a replica', 'set session_replication_role = replica'],
    ['changes an outcome', `update sync_mutations set outcome = 'applied'`],
    ['takes over a client', `update sync_clients set member_id = gen_random_uuid()`],
  ])('that %s is refused', async (_, sql) => {
    expect(await inject(cook, sql)).toBe('42501')
  })

  test('sees the changes of its own locations alone, and none of another tenant', async () => {
    await addTask(airport)
    await addTask(downtown)
    const see = (actor: Actor) =>
      world.database.readOne<{ place: string }>(actor, 'select distinct scope_id as place from sync_changes')
    expect(await see(cook)).toEqual([{ place: downtown }])
    expect((await see(stranger)).map(({ place }) => place).sort()).toEqual([...world.away.locations].sort())
  })

  test('asks for a new epoch in vain while the database is the one it was', async () => {
    const device = new Device(world.ask, cook)
    await device.pull()
    await inject(cook, 'select app.renew_sync_epoch()')
    expect((await device.pull())[0]?.reset).toBe(false)
  })

  test('cannot hide a change behind settings or constraints', async () => {
    const device = new Device(world.ask, cook)
    await device.pull()
    const id = await addTask()
    await device.pull()
    await world.database.write(cook, async (tx) => {
      await tx.query('set constraints all immediate')
      await tx.query(`select set_config('app.feed', 'off', true), set_config('app.taken_by', 'me', true)`)
      await tx.query('set constraints all deferred')
      await tx.query(`update tasks set status = 'in_progress' where id = $1`, [id])
    })
    expect((await device.pull())[0]?.changes).toMatchObject([{ id, row: { status: 'in_progress' } }])
  })

  test('locks scopes of its own tenant only, whatever it names', async () => {
    const [theirs] = world.away.locations
    await world.database.write(cook, async (tx) => {
      await tx.query('select app.lock_scopes(array[$1, $2]::uuid[])', [theirs, downtown])
      const lock = 'select 1 from scopes where tenant_id = $1 and id = $2 for update nowait'
      expect(await rows(lock, [world.away.tenantId, theirs])).toHaveLength(1)
      expect(await codeOf(rows(lock, [world.home.tenantId, downtown]))).toBe('55P03')
    })
  })
})

describe('a database connection that is cut in the middle of a push', () => {
  test('leaves nothing behind; the repeat does everything once', async () => {
    const device = new Device(world.ask, cook)
    await device.pull()
    for (let round = 0; round < 6; round++) {
      const mutations = Array.from({ length: 20 }, (_, n) =>
        device.mutation('test.add', { id: randomUUID(), locationId: downtown, title: `cut ${round} ${n}` }),
      )
      const pushed = device.push(mutations)
      await new Promise((resolve) => setTimeout(resolve, 3 + round * 6))
      await rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename = 'opsflow_app' and state <> 'idle'`,
      )
      const first = await pushed
      expect([200, 503]).toContain(first.status)
      if (first.status === 503) {
        const kept = await rows<{ n: number }>(`select count(*)::int as n from tasks where title like $1`, [
          `cut ${round} %`,
        ])
        expect([0, 20]).toContain(kept[0]?.n) // all, when only the answer was lost
      }
      const again = await device.push(mutations)
      expect(again.body.results.map(({ outcome }) => outcome)).toEqual(new Array(20).fill('applied'))
    }
    const doubled = await rows(`select title from tasks where title like 'cut %' group by title having count(*) <> 1`)
    expect(doubled).toEqual([])
    expect(await rows(`select 1 from tasks where title like 'cut %'`)).toHaveLength(120)
  })
})

describe('what is long over', () => {
  const parts = () => ({ database: world.database, relayPool: relay, entities: [endedTask] })
  const endedTask = {
    ...syncedTask,
    leaves: {
      afterDays: 14,
      over: async (tx: Parameters<typeof syncedTask.read>[0], ids: readonly string[]) =>
        (
          await tx.query<{ id: string }>(`select id from tasks where id = any ($1::uuid[]) and status = 'completed'`, [
            ids,
          ])
        ).map(({ id }) => id),
    },
  }
  const age = (id: string, days: number) =>
    rows(`update sync_changes set at = now() - make_interval(days => $2) where entity_id = $1`, [id, days])

  test('leaves devices, and stays in the record; what is open, or was touched since, stays on devices', async () => {
    const device = new Device(world.ask, cook)
    const [old, open, recent] = [
      await addTask(downtown, 'completed'),
      await addTask(),
      await addTask(downtown, 'completed'),
    ]
    await age(old, 15)
    await age(open, 15)
    await age(recent, 13)
    await device.pull()
    await retireFromDevices(parts())
    const changes = (await device.pull()).flatMap((page) => page.changes)
    expect(changes).toMatchObject([{ id: old, row: null }])
    const held = [open, recent].map((id) => device.rows.has(`task ${id}`))
    expect(held).toEqual([true, true])
    expect(await rows('select 1 from tasks where id = $1', [old])).toHaveLength(1)
    const fresh = new Device(world.ask, cook)
    await fresh.pull()
    expect(new Map([...fresh.rows].sort())).toEqual(new Map([...device.rows].sort()))
    // Touched again, it comes back until it is old again.
    await rows(`update tasks set title = 'Reopened in the books' where id = $1`, [old])
    await device.pull()
    expect(device.rows.has(`task ${old}`)).toBe(true)
  })

  test('is not taken off devices by someone who looked before it was changed', async () => {
    const id = await addTask(downtown, 'completed')
    const [seen] = await rows<{ version: number }>('select version::int from sync_changes where entity_id = $1', [id])
    await rows(`update tasks set title = 'Meanwhile' where id = $1`, [id])
    const retired = await relay.query('select app.retire_from_feed($1, $2, $3, $4)::int as n', [
      world.home.tenantId,
      'task',
      [id],
      [seen?.version],
    ])
    expect(retired.rows).toEqual([{ n: 0 }])
  })

  test('is forgotten in the end; a copy that was away for longer is made anew, one that was not is left in peace', async () => {
    const away = new Device(world.ask, cook)
    const id = await addTask()
    await away.pull()
    expect(away.rows.has(`task ${id}`)).toBe(true)
    await rows('delete from tasks where id = $1', [id])
    const here = new Device(world.ask, cook)
    await here.pull()
    await age(id, 31)
    await retireFromDevices(parts())
    expect(await rows('select 1 from sync_changes where entity_id = $1', [id])).toEqual([])
    expect((await here.pull())[0]?.resetScopes).toEqual([])
    expect((await away.pull())[0]?.resetScopes).toEqual([downtown])
    expect(away.rows.has(`task ${id}`)).toBe(false)
    const anew = new Device(world.ask, cook)
    await anew.pull()
    expect(new Map([...away.rows].sort())).toEqual(new Map([...anew.rows].sort()))
  })

  test('in pages, while the horizon lies ahead of them, does not begin again and again', async () => {
    const many = `insert into tasks (tenant_id, location_id, title, task_type, cause_kind, cause_id)
                  select $1, $2, 'many', 'other', 'test', uuidv7() from generate_series(1, 400)`
    for (let n = 0; n < 4; n++) await rows(many, [world.home.tenantId, downtown])
    await rows('update scopes set horizon = version where id = $1', [downtown])
    const device = new Device(world.ask, cook)
    const pages = await device.pull()
    expect(pages.length).toBeLessThan(6)
    expect(pages.flatMap(({ resetScopes }) => resetScopes)).toEqual([])
  })

  test('no longer answers repeats after a hundred days; what waits for a manager does', async () => {
    const device = new Device(world.ask, cook)
    const done = device.mutation('test.add', { id: randomUUID(), locationId: downtown, title: 'Long ago' })
    const waiting = device.mutation('test.add', { id: randomUUID(), locationId: airport, title: 'Not mine' })
    await device.push([done, waiting])
    await rows(`update sync_mutations set received_at = now() - interval '101 days' where id = any ($1)`, [
      [done.uid, waiting.uid],
    ])
    await retireFromDevices(parts())
    expect(await rows('select id from sync_mutations where id = any ($1)', [[done.uid, waiting.uid]])).toEqual([
      { id: waiting.uid },
    ])
  })
})

test('what there was before the feed is on devices too, as far as it is still of use', async () => {
  const [open, old] = [await addTask(), await addTask(downtown, 'completed')]
  await rows(`update tasks set created_at = now() - interval '30 days' where id = any ($1)`, [[open, old]])
  await rows('delete from sync_changes')
  const sql = readFileSync(new URL('../../../db/migrations/0021_synced.sql', import.meta.url), 'utf8')
  const beginning = sql.match(/^do \$\$\n.*?^end \$\$;$/ms)?.[0] ?? ''
  const owner = openPool(world.test.urls.owner, 1)
  await owner.query(beginning).finally(() => owner.end())
  const device = new Device(world.ask, cook)
  await device.pull()
  expect([open, old].map((id) => device.rows.has(`task ${id}`))).toEqual([true, false])
  expect(device.rows.has(`location ${downtown}`)).toBe(true)
  const unfenced = await rows(`select relname from pg_class where relrowsecurity and not relforcerowsecurity`)
  expect(unfenced).toEqual([])
})
