import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type KillableServer, killableServer } from './killable.ts'
import { Caller } from './kitchen.ts'

const patience = { timeout: 90_000, interval: 20 }
const ROWS = 12_000

let server: KillableServer
beforeAll(async () => {
  server = await killableServer()
  await server.launch()
}, 120_000)
afterAll(async () => {
  await server.kill()
  await server.database.drop()
})

test('the server is killed twice while inspections are imported: each is there exactly once', async () => {
  const founder = { organizationName: 'Crash', locationName: 'Main', name: 'Ada', timezone: 'UTC', jurisdiction: 'us' }
  const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' }
  const nobody = new Caller(server.origin, { origin: server.origin })
  await nobody.must('POST', '/first-run', { body: { ...founder, ...credentials } })
  const signedIn = await nobody.signedIn(credentials.email, credentials.password)
  const chief = new Caller(server.origin, { origin: server.origin, ...signedIn.headers })
  const { locations } = await chief.must('GET', '/session')
  const { id } = await chief.must('POST', '/audit-imports?fileName=city.csv', {
    body: theFile(),
    headers: { 'content-type': 'application/octet-stream' },
  })
  const now = () => chief.must('GET', `/audit-imports/${id}`)
  await vi.waitFor(async () => expect((await now()).state).toBe('previewed'), patience)
  const { items } = await chief.must('GET', `/audit-imports/${id}/places`)
  const said = { items: [{ placeId: items[0].id, locationId: locations[0].id }] }
  await chief.must('PUT', `/audit-imports/${id}/places`, { body: said })
  await chief.must('POST', `/audit-imports/${id}/runs`, { body: { makeTemplates: false } })
  let done = 0
  for (let kills = 0; kills < 2; kills++) {
    await vi.waitFor(async () => expect(await rowsDone(id)).toBeGreaterThan(done), patience)
    await server.kill()
    done = await rowsDone(id)
    expect(done).toBeLessThan(ROWS)
    await server.launch()
  }
  await vi.waitFor(async () => expect((await now()).state).toBe('done'), patience)
  expect((await now()).rows).toMatchObject({ done: ROWS, accepted: ROWS, duplicate: 0, refused: 0 })
  const [count] = await asAdmin(
    'select count(*)::int as audits, count(distinct source_id)::int as each from imported_audits',
  )
  expect(count).toEqual({ audits: ROWS, each: ROWS })
}, 300_000)

const theFile = () =>
  `Inspection ID,DBA Name,Inspection Date,Results,Violations\n${Array.from({ length: ROWS }, (_, n) => `${n},Made up,01/02/2026,Pass,3. SOAP`).join('\n')}\n`

const rowsDone = async (id: string) =>
  (await asAdmin<{ n: number }>('select rows_done as n from audit_imports where id = $1', [id]))[0]?.n ?? 0

async function asAdmin<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(server.database.admin)
  await client.connect()
  try {
    return (await client.query(sql, params)).rows as Row[]
  } finally {
    await client.end()
  }
}
