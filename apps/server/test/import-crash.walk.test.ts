import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type KillableServer, killableServer } from './killable.ts'

const patience = { timeout: 90_000, interval: 20 }
const ROWS = 20_186

let server: KillableServer
let cookie: string

beforeAll(async () => {
  server = await killableServer()
  await server.launch()
}, 120_000)
afterAll(async () => {
  await server.kill()
  await server.database.drop()
})

test('the server is killed twice in the middle of an import: every row of the file is there exactly once', async () => {
  const unitId = await foundKitchen()
  const { body: preview } = await ask('POST', `/imports?unitId=${unitId}&fileName=freezer.csv`, theFile(), 'text/csv')
  expect(preview.import.rowsTotal).toBe(ROWS)
  const temperature = { ...preview.mapping.temperature, unit: preview.likelyUnit.unit }
  const run = JSON.stringify({ mapping: { ...preview.mapping, temperature } })
  expect((await ask('POST', `/imports/${preview.import.id}/runs`, run)).status).toBe(202)

  const progress = async () => (await ask('GET', `/imports/${preview.import.id}`)).body
  let done = 0
  for (let kills = 0; kills < 2; kills++) {
    await vi.waitFor(async () => expect((await progress()).rowsDone).toBeGreaterThan(done), patience)
    await server.kill()
    done = await rowsDone(preview.import.id)
    expect(done).toBeLessThan(ROWS)
    await server.launch()
  }
  await vi.waitFor(async () => expect((await progress()).state).toBe('done'), patience)
  expect(await progress()).toMatchObject({ rowsDone: ROWS, rowsAccepted: ROWS, rowsDuplicate: 0, rowsRejected: 0 })
  const [logs] = await asAdmin<{ rows: number; times: number; unit: string }>(
    `select count(*)::int as rows, count(distinct measured_at)::int as times, min(value_unit) as unit
       from temperature_logs where unit_id = $1`,
    [unitId],
  )
  expect(logs).toEqual({ rows: ROWS, times: ROWS, unit: 'C' })
  const [hours] = await asAdmin('select sum(readings)::int as rows from temperature_hours where unit_id = $1', [unitId])
  expect(hours).toEqual({ rows: ROWS })
}, 300_000)

/** 14 days of a real freezer where they lie beside the repository (their licence is unclear), else as many rows. */
function theFile(): string {
  const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../../shared')
  const real = join(shared, 'data/freezer/freezer-14-days-1-minute.csv')
  if (existsSync(real)) return readFileSync(real, 'utf8')
  const row = (n: number) => `${new Date(Date.UTC(2022, 6, 7) + n * 60_000).toISOString()},${-19 - (n % 10) / 10}`
  return `time,temperature\n${Array.from({ length: ROWS }, (_, n) => row(n)).join('\n')}\n`
}

async function foundKitchen(): Promise<string> {
  const founder = {
    organizationName: 'Crash',
    locationName: 'Main Street',
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
    timezone: 'America/Chicago',
    jurisdiction: 'us',
  }
  const founded = await ask('POST', '/first-run', JSON.stringify(founder))
  expect(founded.status).toBe(201)
  cookie = founded.cookie
  const { body: session } = await ask('GET', '/session')
  const unit = JSON.stringify({ locationId: session.locations[0].id, name: 'Freezer', kind: 'freezer' })
  return (await ask('POST', '/units', unit)).body.id
}

async function ask(method: string, path: string, body?: string, type = 'application/json') {
  const headers = {
    origin: server.origin,
    ...(cookie ? { cookie } : {}),
    ...(body === undefined ? {} : { 'content-type': type }),
  }
  const response = await fetch(`${server.origin}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  return {
    status: response.status,
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
    body: (await response.json()) as any,
  }
}

const rowsDone = async (id: string) =>
  (await asAdmin<{ n: number }>('select rows_done as n from imports where id = $1', [id]))[0]?.n ?? 0

async function asAdmin<Row>(sql: string, params: unknown[]): Promise<Row[]> {
  const client = new pg.Client(server.database.admin)
  await client.connect()
  try {
    return (await client.query(sql, params)).rows as Row[]
  } finally {
    await client.end()
  }
}
