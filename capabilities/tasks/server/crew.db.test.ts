import { type Actor, systemActor } from '@opsflow/platform/actor'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool, type Tx } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Crew } from '../crew.ts'
import { syncedTasks } from './synced.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

const names = async (at = world.downtown) => (await world.crew(at))?.people.map(({ name }) => name)
const grant = (who: Actor, more: { role?: string; role_id?: string; location_id?: string; group_id?: string }) => {
  const given: Record<string, string> = { member_id: who.id, ...more }
  const columns = Object.keys(given)
  return world.write((tx) =>
    tx.query<{ id: string }>(
      `insert into role_grants (${columns}) values (${columns.map((_, at) => `$${at + 1}`)}) returning id`,
      Object.values(given),
    ),
  )
}

test('a device holds by name who can be given work at its locations: by a grant there, above it, or for all of it', async () => {
  expect(await world.noted(() => grant(world.ana, { role: 'org:member', location_id: world.downtown }))).toEqual([
    'downtown',
  ])
  expect(await world.noted(() => grant(world.dora, { role: 'org:manager', group_id: world.group }))).toEqual([
    'downtown',
  ])
  expect(await world.noted(() => grant(world.hana, { role: 'org:admin' }))).toEqual(['airport', 'downtown'])
  expect(await world.crew()).toEqual({
    id: world.downtown,
    locationId: world.downtown,
    people: [
      { id: world.ana.id, name: 'Ana', leads: false },
      { id: world.dora.id, name: 'Dora', leads: true },
      { id: world.hana.id, name: 'Hana', leads: true },
    ],
    roles: [],
  })
  expect(await names(world.airport)).toEqual(['Hana'])
})

test('who is renamed, suspended or loses a role is told of where they work, and nowhere else', async () => {
  const [{ id } = { id: '' }] = await grant(world.luis, { role: 'org:member', location_id: world.airport })
  const change = (sql: string, params: unknown[]) => world.noted(() => world.write((tx) => tx.query(sql, params)))
  expect(await change(`update members set name = 'Luis B.' where id = $1`, [world.luis.id])).toEqual(['airport'])
  expect(await names(world.airport)).toEqual(['Hana', 'Luis B.'])
  expect(await change(`update members set email = 'l@home.example' where id = $1`, [world.luis.id])).toEqual([])
  expect(await change(`update members set status = 'suspended' where id = $1`, [world.luis.id])).toEqual(['airport'])
  expect(await names(world.airport)).toEqual(['Hana'])
  await change(`update members set status = 'active' where id = $1`, [world.luis.id])
  expect(await change('update role_grants set revoked_at = now() where id = $1', [id])).toEqual(['airport'])
  expect(await names(world.airport)).toEqual(['Hana'])
})

test('a role of the organization’s own stands where somebody holds it, and says whether it leads', async () => {
  const [role] = await world.write((tx) =>
    tx.query<{ id: string }>(
      `insert into roles (organization_id, name, permissions) values ($1, 'Baker', '{tasks.read}') returning id`,
      [world.home.organizationId],
    ),
  )
  const roleId = role?.id ?? ''
  await grant(world.luis, { role_id: roleId, location_id: world.airport })
  expect(await world.crew(world.airport)).toMatchObject({ roles: [{ id: roleId, name: 'Baker' }] })
  expect((await world.crew())?.roles).toEqual([])
  const lead = () =>
    world.write((tx) => tx.query(`update roles set permissions = '{tasks.read,alerts.lead}' where id = $1`, [roleId]))
  expect(await world.noted(lead)).toEqual(['airport'])
  expect((await world.crew(world.airport))?.people).toContainEqual({ id: world.luis.id, name: 'Luis B.', leads: true })
})

test('a location that hangs elsewhere has other people; a closed one has none', async () => {
  const move = (group: string | null) =>
    world.write((tx) => tx.query('update locations set group_id = $2 where id = $1', [world.downtown, group]))
  expect(await world.noted(() => move(null))).toEqual(['downtown'])
  expect(await names()).not.toContain('Dora')
  await move(world.group)
  expect(await names()).toContain('Dora')
  const close = () =>
    world.write((tx) => tx.query('update locations set closed_at = now() where id = $1', [world.airport]))
  expect(await world.noted(close)).toEqual(['airport'])
  expect(await world.crew(world.airport)).toBeUndefined()
})

test('nothing of it reaches who does not see the location, or another tenant', async () => {
  const pilot = { ...world.ana, locationIds: new Set([world.airport]) }
  expect(await world.crew(world.downtown, pilot)).toBeUndefined()
  expect(await world.crew(world.downtown, world.stranger)).toBeUndefined()
  expect(syncedTasks.find(({ name }) => name === 'crew')?.permission).toBe('tasks.read')
})

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 4, prepared: true })
  const admin = openPool(made.admin, 1)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const asSystem = systemActor(home.tenantId, home.organizationId, 'test')
  const write = <T>(work: (tx: Tx) => Promise<T>) => database.write(asSystem, work)
  const [group] = await write((tx) =>
    tx.query<{ id: string }>(`insert into location_groups (organization_id, name) values ($1, 'North') returning id`, [
      home.organizationId,
    ]),
  )
  await write((tx) => tx.query('update locations set group_id = $2 where id = $1', [downtown, group?.id]))
  const person = (name: string) => hire(database, home, name, ['tasks.read'], 'all')
  const versions = async () =>
    new Map<string, string>(
      (await admin.query(`select scope_id, version from sync_changes where entity = 'crew'`)).rows.map(
        ({ scope_id, version }) => [scope_id, version],
      ),
    )
  return {
    ...{ home, downtown, airport, write, group: group?.id ?? '' },
    ana: await person('Ana'),
    dora: await person('Dora'),
    hana: await person('Hana'),
    luis: await person('Luis'),
    stranger: await hire(database, away, 'Fay', ['tasks.read'], 'all'),
    /** The row as a device of that person gets it. */
    crew: async (at = downtown, by: Actor = asSystem): Promise<Crew | undefined> =>
      database.read(by, async (tx) => {
        const [found] = (await syncedTasks.find(({ name }) => name === 'crew')?.read(tx, [at])) ?? []
        return found?.row as Crew | undefined
      }),
    /** Of which locations devices hear that something changed. */
    noted: async (work: () => Promise<unknown>) => {
      const before = await versions()
      await work()
      const after = await versions()
      const changed = [...after].filter(([id, version]) => before.get(id) !== version).map(([id]) => id)
      return changed.map((id) => (id === downtown ? 'downtown' : id === airport ? 'airport' : id)).sort()
    },
    async close() {
      await Promise.all([database.close(), admin.end()])
      await made.drop()
    },
  }
}
