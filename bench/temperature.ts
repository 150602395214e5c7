import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { dashboardHandlers } from '../capabilities/temperature/server/http-dashboard.ts'
import { addSensor, addUnit, recordReadings } from '../capabilities/temperature/server/index.ts'
import { type Kitchen, openKitchen } from '../capabilities/temperature/server/kitchen.for-tests.ts'
import { serveKitchen } from '../capabilities/temperature/server/kitchen-http.for-tests.ts'
import { insertLogs, type LogRow } from '../capabilities/temperature/server/store-readings.ts'
import type { Actor } from '../platform/actor.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { uuid7 } from '../platform/server/uuid7.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, SHORT, tableOf } from './lib.ts'

const UNITS_OF_A_GATEWAY = 20
const DAY = 86_400_000

type Gateway = { units: { unitId: string; sensorId: string }[]; at: number }

/** Each loop is a gateway with units of its own: gateways of different kitchens do not wait for each other. */
async function gateways(kitchen: Kitchen, count: number): Promise<Gateway[]> {
  const made: Gateway[] = []
  for (let n = 0; n < count; n++) {
    const units: Gateway['units'] = []
    for (let unit = 0; unit < UNITS_OF_A_GATEWAY; unit++) units.push(await kitchen.unit('walk_in_cooler'))
    made.push({ units, at: Date.now() - DAY })
  }
  return made
}

/** The next readings of a gateway: every unit once a second of device time. */
function* next(gateway: Gateway, count: number) {
  for (let n = 0; n < count; n++) {
    const unit = gateway.units[n % UNITS_OF_A_GATEWAY] as Gateway['units'][number]
    if (n % UNITS_OF_A_GATEWAY === 0) gateway.at += 1000
    yield { ...unit, measuredAt: gateway.at, value: 3 + (n % 15) / 10, seq: Math.floor(gateway.at / 1000) }
  }
}

const logRows = (kitchen: Kitchen, gateway: Gateway, count: number): LogRow[] =>
  [...next(gateway, count)].map(({ unitId, sensorId, measuredAt, value, seq }) => ({
    id: uuid7(),
    locationId: kitchen.downtown,
    unitId,
    sensorId,
    measuredAt,
    receivedAt: Date.now(),
    text: String(value),
    unit: 'C',
    milli: Math.round(value * 1000),
    fault: null,
    isCompliant: true,
    limitId: 'us.cold_hold',
    ruleEdition: 'fda-2022',
    policyId: null,
    seq,
    flags: [],
    isOld: false,
  }))

const COLUMNS =
  'tenant_id, id, location_id, unit_id, sensor_id, measured_at, received_at, source, value_text, value_unit, value_milli, is_compliant, limit_id, rule_edition, device_seq'
const TYPES = 'uuid uuid uuid uuid uuid timestamptz timestamptz text text text int boolean text text bigint'.split(' ')

const cells = (kitchen: Kitchen, row: LogRow) => [
  kitchen.tenantId,
  row.id,
  row.locationId,
  row.unitId,
  row.sensorId,
  new Date(row.measuredAt).toISOString(),
  new Date(row.receivedAt).toISOString(),
  'sensor',
  row.text,
  row.unit,
  row.milli,
  row.isCompliant,
  row.limitId,
  row.ruleEdition,
  row.seq,
]

const RAW_UNNEST = `insert into temperature_logs (${COLUMNS}) select * from unnest(${TYPES.map((type, n) => `$${n + 1}::${type}[]`).join(', ')})`
const ONE_ROW = `insert into temperature_logs (${COLUMNS}) values (${TYPES.map((_, n) => `$${n + 1}`).join(', ')})`

/** Ways to store readings, beside a superuser who knows no tenancy, judges nothing and announces nothing. */
export async function ingest(database: TestDatabase, effort: Effort): Promise<Report> {
  const kitchen = await openKitchen(database)
  const http = await serveKitchen(kitchen)
  const figures: Record<string, number> = {}
  const report: Report = { title: 'Readings in: the product beside bare PostgreSQL', table: [], findings: [], figures }
  try {
    const loops = await gateways(kitchen, effort.loops)
    const of = (loop: number) => loops[loop] as Gateway
    const raw = (rows: LogRow[]) => {
      const lines = rows.map((row) => cells(kitchen, row))
      return kitchen.admin.query({
        name: 'raw',
        text: RAW_UNNEST,
        values: TYPES.map((_, n) => lines.map((line) => line[n])),
      })
    }
    const modes = [
      { name: 'COPY of 1,000, no tenancy', work: (n: number) => copy(kitchen, logRows(kitchen, of(n), 1000)) },
      {
        name: 'unnest of 1,000, tenancy',
        work: async (n: number) =>
          (
            await kitchen.write(kitchen.chief, (tx) =>
              insertLogs(tx, logRows(kitchen, of(n), 1000), { source: 'sensor' }),
            )
          ).size,
      },
      { name: 'raw unnest of 500', work: async (n: number) => (await raw(logRows(kitchen, of(n), 500))).rowCount ?? 0 },
      {
        name: 'device path, 500 judged',
        work: async (n: number) => {
          const readings = [...next(of(n), 500)].map(({ value, ...reading }) => ({
            ...reading,
            sent: value,
            unit: 'C' as const,
          }))
          const recorded = await kitchen.write(kitchen.gateway, (tx) =>
            recordReadings(tx, readings, { source: 'sensor' }),
          )
          return recorded.filter(({ status }) => status === 'accepted').length
        },
      },
      {
        name: 'device path over HTTP, 500',
        work: async (n: number) => {
          const readings = [...next(of(n), 500)].map(({ sensorId, seq, value, measuredAt }) => ({
            sensorId,
            seq,
            value,
            unit: 'C',
            measuredAt: new Date(measuredAt).toISOString(),
          }))
          return (await http.ask(kitchen.gateway, 'POST /ingest/readings', { readings })).body.accepted as number
        },
      },
      {
        name: 'single inserts, no tenancy',
        work: async (n: number) => {
          const [row] = logRows(kitchen, of(n), 1) as [LogRow]
          return (await kitchen.admin.query({ name: 'one', text: ONE_ROW, values: cells(kitchen, row) })).rowCount ?? 0
        },
      },
    ]
    const admin = await kitchen.admin.connect()
    let present = 0
    for (const millions of effort.millions ?? (effort.rounds === SHORT.rounds ? [0] : [1, 5, 10])) {
      await fill(kitchen, loops, present, millions)
      present = millions
      const measured = await measure(modes, effort, backendsOf(admin as unknown as pg.Client))
      report.table.push(...tableOf(measured).map((row) => ({ 'rows present': `${millions} million`, ...row })))
      const rate = (name: string) => measured.find(({ mode }) => mode.startsWith(name))?.rate ?? Number.NaN
      const byDevice = measured.find(({ mode }) => mode === 'device path over HTTP, 500')
      figures.readingNodeMicros = byDevice?.nodeMicros ?? Number.NaN
      figures.readingDatabaseMicros = byDevice?.databaseMicros ?? Number.NaN
      figures.bytesPerReading = await bytesPerReading(kitchen)
      const at = `at ${millions} million rows`
      report.findings.push(
        atLeast(`unnest of 1,000 under tenancy to COPY without, ${at}`, 1, rate('unnest') / rate('COPY'), '×'),
        atLeast(`device path over HTTP to raw unnest, ${at}`, 0.4, rate('device path over HTTP') / rate('raw'), '×'),
        atLeast(
          `device path over HTTP to single inserts, ${at}`,
          20,
          rate('device path over HTTP') / rate('single'),
          '×',
        ),
      )
    }
    admin.release()
    return report
  } finally {
    await http.close()
    await kitchen.close()
  }
}

/** History of the gateways' sensors, one reading each 10 seconds, up to so many million in all. */
async function fill(kitchen: Kitchen, loops: readonly Gateway[], present: number, millions: number) {
  const sensors = loops.flatMap(({ units }) => units)
  const each = (rows: number) => Math.floor((rows * 1_000_000) / sensors.length)
  const admin = await kitchen.admin.connect()
  await admin.query(`set session_replication_role = replica`)
  for (const { unitId, sensorId } of sensors) {
    await admin.query(
      `insert into temperature_logs (${COLUMNS})
       select $1, uuidv7(), $2, $3, $4, at, at, 'sensor', '3.4', 'C', 3400, true, 'us.cold_hold', 'fda-2022', null
         from (select now() - interval '2 days' - n * interval '10 seconds' as at from generate_series($5::int + 1, $6::int) n) s`,
      [kitchen.tenantId, kitchen.downtown, unitId, sensorId, each(present), each(millions)],
    )
  }
  await admin.query('reset session_replication_role')
  await admin.query('vacuum (analyze) temperature_logs')
  admin.release()
}

/** With their indexes, over the months there are. */
async function bytesPerReading(kitchen: Kitchen): Promise<number> {
  const [size] = await kitchen.rows<{ bytes: number }>(
    `select (sum(pg_total_relation_size(relid)) / (select count(*) from temperature_logs))::int as bytes
       from pg_partition_tree('temperature_logs')`,
  )
  return size?.bytes ?? Number.NaN
}

/** COPY as the superuser: row-level security would refuse it. */
async function copy(kitchen: Kitchen, rows: readonly LogRow[]): Promise<number> {
  const lines = rows.map((row) => `${cells(kitchen, row).join('\t')}\n`).join('')
  const client = await kitchen.admin.connect()
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(
        new CopyIn(
          `copy temperature_logs (${COLUMNS}) from stdin`,
          lines,
          resolve,
          reject,
        ) as unknown as pg.Submittable,
      )
    })
    return rows.length
  } finally {
    client.release()
  }
}

type CopyWire = { query: (sql: string) => void; sendCopyFromChunk: (chunk: Buffer) => void; endCopyFrom: () => void }

class CopyIn {
  readonly #sql: string
  readonly #lines: string
  readonly #resolve: () => void
  readonly #reject: (error: Error) => void

  constructor(sql: string, lines: string, resolve: () => void, reject: (error: Error) => void) {
    this.#sql = sql
    this.#lines = lines
    this.#resolve = resolve
    this.#reject = reject
  }

  submit = (wire: CopyWire) => wire.query(this.#sql)
  handleCopyInResponse(wire: CopyWire) {
    wire.sendCopyFromChunk(Buffer.from(this.#lines))
    wire.endCopyFrom()
  }
  handleCommandComplete = () => undefined
  handleError = (error: Error) => this.#reject(error)
  handleReadyForQuery = () => this.#resolve()
}

/** The whole dashboard of twelve locations, in a tenant with a day of readings and in one with 300,000 rows. */
export async function dashboard(database: TestDatabase, effort: Effort): Promise<Report> {
  const kitchen = await openKitchen(database)
  try {
    const small = await chain(kitchen, kitchen.chief, 1)
    const whale = await chain(kitchen, kitchen.foreign.actor, 20)
    await kitchen.admin.query('vacuum (analyze)')
    const show = (actor: Actor) => async () => {
      const call = {
        actor,
        query: {},
        readBatch: (statements: Parameters<typeof kitchen.database.readBatch>[1]) =>
          kitchen.database.readBatch(actor, statements),
      }
      const shown = await dashboardHandlers['GET /dashboard'](call as never)
      if (shown.units.length < 120) throw new Error(`${shown.units.length} units`)
      return undefined
    }
    const modes = [
      { name: `12 locations, ${small.toLocaleString('en')} rows`, work: show(kitchen.chief) },
      { name: `12 locations, ${whale.toLocaleString('en')} rows`, work: show(kitchen.foreign.actor) },
    ]
    const admin = await kitchen.admin.connect()
    const measured = await measure(
      modes,
      { ...effort, loops: Math.min(effort.loops, 4) },
      backendsOf(admin as unknown as pg.Client),
    )
    admin.release()
    return {
      title: 'Dashboard in one round trip',
      table: tableOf(measured),
      findings: [atMost('CPU of a 300,000-row tenant to a small one', 1.5, measured[1]?.cpu ?? Number.NaN, '×')],
    }
  } finally {
    await kitchen.close()
  }
}

/** Twelve locations with ten units each, and so many days of readings with their rollups. Answers how many rows. */
async function chain(kitchen: Kitchen, owner: Actor, days: number): Promise<number> {
  const { tenantId, organizationId } = owner
  await kitchen.write(owner, async (tx) => {
    await tx.query(
      `insert into locations (organization_id, name, kind, timezone)
       select $1, 'Location ' || n, 'quick_service', 'America/Chicago' from generate_series(3, 12) n`,
      [organizationId],
    )
    for (const { id: locationId } of await tx.query<{ id: string }>('select id from locations')) {
      for (let n = 0; n < 10; n++) {
        const unit = await addUnit(tx, { locationId, name: `Cooler ${n}`, kind: 'walk_in_cooler' })
        await addSensor(tx, { id: randomUUID(), unitId: unit.id, name: 'Probe', cadenceSeconds: 600 })
      }
    }
  })
  await kitchen.admin.query(
    `insert into temperature_logs (tenant_id, location_id, unit_id, sensor_id, measured_at, source, value_text, value_unit, value_milli, is_compliant)
     select s.tenant_id, s.location_id, s.unit_id, s.id, at, 'sensor', '3.4', 'C', 3400, true
       from sensors s, generate_series(now() - make_interval(days => $2), now(), interval '690 seconds') at where s.tenant_id = $1`,
    [tenantId, days],
  )
  await kitchen.admin.query(
    `insert into temperature_hours (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
     select tenant_id, sensor_id, location_id, unit_id, date_trunc('hour', measured_at), count(*), count(*), count(*), 3400, 3400, sum(3400)
       from temperature_logs where tenant_id = $1 group by 1, 2, 3, 4, 5`,
    [tenantId],
  )
  const [count] = await kitchen.rows<{ n: number }>(
    'select count(*)::int as n from temperature_logs where tenant_id = $1',
    [tenantId],
  )
  return count?.n ?? 0
}
