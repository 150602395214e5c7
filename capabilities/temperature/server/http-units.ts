import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInteger, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { z } from 'zod'
import { editions, publishedLimits } from '../index.ts'
import type { Sensor, temperatureRoutes, Unit, UnitPolicyRecord } from '../routes.ts'
import { addSensor } from './add-sensor.ts'
import { addUnit } from './add-unit.ts'
import { changeSensor } from './change-sensor.ts'
import { changePolicy, changeUnit } from './change-unit.ts'
import { LIST_POLICIES, listSensors, listUnits, ONE_UNIT } from './store-units.ts'
import { unitSeries } from './unit-series.ts'

const isName = (key: unknown) => typeof key === 'string' && key.length <= 120

export const unitHandlers = {
  'GET /units': async ({ actor, query, readOne }) => {
    const { locationId, state, limit } = query
    const after = cursorKeys(query.cursor, isInteger, isUuid)
    const rows = await readOne<Unit>(listUnits(actor, { locationId, state, after }, limit))
    return pageOf(rows, query.limit, ({ position, id }) => [position, id])
  },
  'POST /units': ({ body, write }) => write((tx) => addUnit(tx, body)),
  'GET /units/{id}': async ({ actor, params, readOne }) => {
    const [unit] = await readOne<Unit>(ONE_UNIT, [params.id])
    return unit && can(actor, 'temperature.read', unit.locationId) ? unit : notFound()
  },
  'PATCH /units/{id}': ({ params, body, write }) => write((tx) => changeUnit(tx, params.id, body)),
  'GET /units/{id}/policies': async ({ actor, params, readBatch }) => {
    const [units, policies] = (await readBatch([
      { sql: ONE_UNIT, params: [params.id] },
      { sql: LIST_POLICIES, params: [params.id] },
    ])) as [Unit[], { policy: z.infer<typeof UnitPolicyRecord> }[]]
    if (!units[0] || !can(actor, 'temperature.read', units[0].locationId)) notFound()
    return { items: policies.map(({ policy }) => policy) }
  },
  'POST /units/{id}/policies': ({ params, body, write }) => write((tx) => changePolicy(tx, params.id, body)),
  'GET /units/{id}/series': ({ params, query, read }) => read((tx) => unitSeries(tx, params.id, query)),
  'GET /sensors': async ({ actor, query, readOne }) => {
    const { locationId, unitId, state, limit } = query
    const after = cursorKeys(query.cursor, isName, isUuid)
    const rows = await readOne<Sensor>(listSensors(actor, { locationId, unitId, state, after }, limit))
    return pageOf(rows, query.limit, ({ name, id }) => [name, id])
  },
  'POST /sensors': ({ body, write }) => write((tx) => addSensor(tx, body)),
  'PATCH /sensors/{id}': ({ params, body, write }) => write((tx) => changeSensor(tx, params.id, body)),
  'GET /limits': () => ({ limits: [...publishedLimits], editions: [...editions] }),
} satisfies Partial<Handlers<typeof temperatureRoutes>>
