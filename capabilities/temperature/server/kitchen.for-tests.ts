import { randomUUID } from 'node:crypto'
import { rolePermissions } from '@opsflow/capabilities/people'
import type { Actor, Reach } from '@opsflow/platform/actor'
import type { TestDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool, type Tx } from '@opsflow/platform/server/tenant'
import type { UnitKind, UnitPolicyInput } from '../index.ts'
import { addSensor, addUnit, type Months, monthsThrough, systemActor } from './index.ts'

/** Two tenants; in the first, two locations with people in every role. What tests of this capability stand on. */
export type Kitchen = {
  database: Database
  relay: ReturnType<typeof openPool>
  admin: ReturnType<typeof openPool>
  months: Months
  tenantId: string
  organizationId: string
  downtown: string
  airport: string
  /** org:admin · org:manager of downtown · org:member of downtown · another member there · org:member of the airport */
  chief: Actor
  manager: Actor
  cook: Actor
  porter: Actor
  pilot: Actor
  gateway: Actor
  system: Actor
  foreign: { actor: Actor; locationId: string }
  unit: (
    kind?: UnitKind,
    policy?: UnitPolicyInput,
    locationId?: string,
  ) => Promise<{ unitId: string; sensorId: string }>
  write: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
  rows: <Row>(sql: string, params?: unknown[]) => Promise<Row[]>
  close: () => Promise<void>
}

export async function openKitchen(given?: TestDatabase): Promise<Kitchen> {
  const test = given ?? (await (await import('@opsflow/platform/server/postgres/for-tests')).testDatabase())
  const { database, relay, admin, months } = open(test)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const reachOf = (...ids: string[]): Reach => new Set(ids)
  const chief = await hire(database, home, 'Chief', rolePermissions['org:admin'], 'all')
  let units = 0
  const kitchen: Kitchen = {
    database,
    relay,
    admin,
    months,
    tenantId: home.tenantId,
    organizationId: home.organizationId,
    downtown: home.locations[0],
    airport: home.locations[1],
    chief,
    manager: await hire(database, home, 'Mona', rolePermissions['org:manager'], reachOf(home.locations[0])),
    cook: await hire(database, home, 'Carl', rolePermissions['org:member'], reachOf(home.locations[0])),
    porter: await hire(database, home, 'Pia', rolePermissions['org:manager'], reachOf(home.locations[0])),
    pilot: await hire(database, home, 'Paul', rolePermissions['org:member'], reachOf(home.locations[1])),
    gateway: {
      ...systemActor('x', home.tenantId, home.organizationId),
      kind: 'device',
      id: randomUUID(),
      permissions: new Map([['temperature.ingest', reachOf(home.locations[0])]]),
      locationIds: reachOf(home.locations[0]),
    },
    system: systemActor('test', home.tenantId, home.organizationId),
    foreign: {
      actor: await hire(database, away, 'Fay', rolePermissions['org:admin'], 'all'),
      locationId: away.locations[0],
    },
    unit: (kind = 'walk_in_cooler', policy, locationId = home.locations[0]) =>
      database.write(chief, async (tx) => {
        const unit = await addUnit(tx, { locationId, name: `${kind} ${++units}`, kind, policy, createdAt: LONG_AGO })
        const name = `probe ${units}`
        const sensor = await addSensor(tx, { unitId: unit.id, name, cadenceSeconds: 600, createdAt: new Date() })
        return { unitId: unit.id, sensorId: sensor.id }
      }),
    write: (actor, work) => database.write(actor, work),
    rows: async <Row>(sql: string, params: unknown[] = []) => (await admin.query(sql, params)).rows as Row[],
    async close() {
      await Promise.all([database.close(), relay.end(), admin.end()])
      if (!given) await test.drop()
    },
  }
  return kitchen
}

const LONG_AGO = new Date('2022-01-01T00:00:00Z')

function open(test: TestDatabase) {
  const relay = openPool(test.urls.relay, 2)
  return {
    database: openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true }),
    relay,
    admin: openPool(test.admin, 2),
    months: monthsThrough((day) => relay.query('select app.ensure_month($1::date)', [day])),
  }
}
