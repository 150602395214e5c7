import { type Actor, systemActor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, type Tx } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { taskImplementations } from './index.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

const crews = async (by: Actor, ...locationIds: string[]) => {
  const { status, body } = await world.ask(by, `GET /crews?locationIds=${locationIds}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items as {
    locationId: string
    people: { id: string; name: string; leads: boolean }[]
    roles: unknown[]
  }[]
}
const names = async (at: string) => (await crews(world.hana, at))[0]?.people.map(({ name }) => name)

test('a device is told by name who can be given work at its places: by a grant there, above it, or for all of it', async () => {
  await world.grant(world.ana, { role: 'org:member', location_id: world.downtown })
  await world.grant(world.dora, { role: 'org:manager', group_id: world.group })
  await world.grant(world.hana, { role: 'org:admin' })
  expect(await crews(world.hana, world.downtown, world.airport)).toEqual([
    {
      locationId: world.downtown,
      people: [
        { id: world.ana.id, name: 'Ana', leads: false },
        { id: world.dora.id, name: 'Dora', leads: true },
        { id: world.hana.id, name: 'Hana', leads: true },
      ],
      roles: [],
    },
    { locationId: world.airport, people: [{ id: world.hana.id, name: 'Hana', leads: true }], roles: [] },
  ])
})

test('whoever loses the role, is suspended or renamed is so at the next asking', async () => {
  const id = await world.grant(world.luis, { role: 'org:member', location_id: world.airport })
  expect(await names(world.airport)).toEqual(['Hana', 'Luis'])
  await world.run(`update members set name = 'Luis B.' where id = $1`, world.luis.id)
  expect(await names(world.airport)).toEqual(['Hana', 'Luis B.'])
  await world.run(`update members set status = 'suspended' where id = $1`, world.luis.id)
  expect(await names(world.airport)).toEqual(['Hana'])
  await world.run(`update members set status = 'active' where id = $1`, world.luis.id)
  await world.run('update role_grants set revoked_at = now() where id = $1', id)
  expect(await names(world.airport)).toEqual(['Hana'])
})

test('a role of the organization’s own is named, and leads where it may lead and see what there is to lead', async () => {
  const [role] = await world.run(
    `insert into roles (organization_id, name, permissions) values ($1, 'Baker', '{tasks.read,alerts.lead}') returning id`,
    world.home.organizationId,
  )
  await world.grant(world.luis, { role_id: role?.id ?? '', location_id: world.airport })
  const luis = async () => (await crews(world.hana, world.airport))[0]?.people.find(({ id }) => id === world.luis.id)
  expect((await crews(world.hana, world.airport))[0]?.roles).toEqual([{ id: role?.id, name: 'Baker' }])
  expect(await luis()).toMatchObject({ leads: false })
  await world.run(`update roles set permissions = '{alerts.read,alerts.lead}' where id = $1`, role?.id ?? '')
  expect(await luis()).toMatchObject({ leads: true })
})

test('who may not give work there, or sees another place or another customer, is told of nobody', async () => {
  expect(await crews(world.pilot, world.downtown, world.airport)).toMatchObject([{ locationId: world.airport }])
  expect(await crews(world.stranger, world.downtown)).toEqual([])
  expect(await crews(world.hana, '01890a5d-ac96-774b-bcce-b302099a8066')).toEqual([])
  const { status } = await world.ask(world.ana, `GET /crews?locationIds=${world.downtown}`)
  expect(status).toBe(403)
  await world.run('update locations set closed_at = now() where id = $1', world.airport)
  expect(await crews(world.hana, world.airport)).toEqual([])
})

test('more places than a device holds, and what is no id, are refused before the database hears of it', async () => {
  for (const locationIds of [Array(31).fill(world.downtown).join(), 'downtown', '', `${world.downtown},`]) {
    const { status } = await world.ask(world.hana, `GET /crews?locationIds=${locationIds}`)
    expect(status).toBe(422)
  }
})

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 4, prepared: true })
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const asSystem = systemActor(home.tenantId, home.organizationId, 'test')
  const write = <T>(work: (tx: Tx) => Promise<T>) => database.write(asSystem, work)
  const run = (sql: string, param: string) => write((tx) => tx.query<{ id: string }>(sql, [param]))
  const [group] = await run(
    `insert into location_groups (organization_id, name) values ($1, 'North') returning id`,
    home.organizationId,
  )
  await write((tx) => tx.query('update locations set group_id = $2 where id = $1', [downtown, group?.id]))
  const giver = ['tasks.read', 'tasks.create']
  const { ask, close } = await serveForTests(taskImplementations(), database)
  return {
    ...{ home, downtown, airport, group: group?.id ?? '', run, ask: ask as Ask },
    ana: await hire(database, home, 'Ana', ['tasks.read'], 'all'),
    dora: await hire(database, home, 'Dora', giver, 'all'),
    hana: await hire(database, home, 'Hana', giver, 'all'),
    luis: await hire(database, home, 'Luis', giver, 'all'),
    pilot: await hire(database, home, 'Paul', giver, new Set([airport])),
    stranger: await hire(database, away, 'Fay', giver, 'all'),
    grant: async (who: Actor, more: { role?: string; role_id?: string; location_id?: string; group_id?: string }) => {
      const given: Record<string, string> = { member_id: who.id, ...more }
      const columns = Object.keys(given)
      const [made] = await write((tx) =>
        tx.query<{ id: string }>(
          `insert into role_grants (${columns}) values (${columns.map((_, at) => `$${at + 1}`)}) returning id`,
          Object.values(given),
        ),
      )
      return made?.id ?? ''
    },
    async close() {
      await close()
      await database.close()
      await made.drop()
    },
  }
}
