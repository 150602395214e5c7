import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import { FUTURE_TOLERANCE_MS, type TemperatureLog } from '../readings.ts'
import type { ExcursionRecord, temperatureRoutes } from '../routes.ts'
import { correctReading } from './correct-reading.ts'
import { ingestReadings, instantsOf, readItems } from './ingest-readings.ts'
import { ingestUplink, uplinkInstants } from './ingest-uplink.ts'
import type { Months } from './months.ts'
import { recordByHand } from './record-by-hand.ts'
import { listExcursions } from './store-excursions.ts'
import { LIST_LOGS, ONE_LOG } from './store-logs.ts'

/** 'true' or 'false' of a query, or null when it was not asked. */
const flag = (text: 'true' | 'false' | undefined) => (text === undefined ? null : text === 'true')
const latestOf = (cursor: string | undefined, to: string | undefined) =>
  Math.min(Date.parse(cursor ?? '9999-01-01'), Date.parse(to ?? '9999-01-01'), Date.now() + FUTURE_TOLERANCE_MS)

/** The newest of many units lie in the last hour or two; only a quiet kitchen's whole history is asked. */
async function firstFull<Row>(
  limit: number,
  latest: number,
  from: string | null,
  read: (from: string | null) => Promise<Row[]>,
): Promise<Row[]> {
  for (const hours of [2, 72]) {
    const start = latest - hours * 3_600_000
    if (from !== null && Date.parse(from) >= start) break
    const rows = await read(new Date(start).toISOString())
    if (rows.length > limit) return rows
  }
  return read(from)
}

export const readingHandlers = (months: Months) =>
  ({
    'GET /temperature-logs': async ({ query, readOne }) => {
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const read = (from: string | null) =>
        readOne<TemperatureLog>(LIST_LOGS, [
          query.unitId ?? null,
          query.locationId ?? null,
          from,
          query.to ?? null,
          flag(query.compliant),
          query.source ?? null,
          after?.[0] ?? null,
          after?.[1] ?? null,
          query.limit + 1,
        ])
      const rows = query.unitId
        ? await read(query.from ?? null)
        : await firstFull(query.limit, latestOf(after?.[0], query.to), query.from ?? null, read)
      return pageOf(rows, query.limit, ({ measuredAt, id }) => [measuredAt, id])
    },
    'POST /temperature-logs': async ({ body, write }) => {
      await months.ensure([body.measuredAt ? Date.parse(body.measuredAt) : Date.now()])
      return write((tx) => recordByHand(tx, body))
    },
    'GET /temperature-logs/{id}': async ({ actor, params, readOne }) => {
      const [log] = await readOne<TemperatureLog>(ONE_LOG, [params.id])
      return log && can(actor, 'temperature.read', log.locationId) ? log : notFound()
    },
    'POST /temperature-logs/{id}/corrections': ({ params, body, write }) =>
      write((tx) => correctReading(tx, params.id, body)),
    'GET /excursions': async ({ actor, query, readOne }) => {
      const { unitId, locationId, from, to, limit } = query
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const open = query.open && query.open === 'true'
      const alarmed = query.alarmed && query.alarmed === 'true'
      const rows = await readOne<ExcursionRecord>(
        listExcursions(actor, { unitId, locationId, from, to, open, alarmed, after }, limit),
      )
      return pageOf(rows, query.limit, ({ startedAt, id }) => [startedAt, id])
    },
    'POST /ingest/readings': async ({ body, write }) => {
      const items = readItems(body.readings)
      await months.ensure(instantsOf(items))
      return write((tx) => ingestReadings(tx, items))
    },
    'POST /ingest/ttn': async ({ body, write }) => {
      await months.ensure(uplinkInstants(body))
      return write((tx) => ingestUplink(tx, body))
    },
  }) satisfies Partial<Handlers<typeof temperatureRoutes>>
