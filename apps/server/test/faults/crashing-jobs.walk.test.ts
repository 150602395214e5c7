import { randomUUID } from 'node:crypto'
import { beginning, from, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Caller } from '../kitchen.ts'
import { type House, openHouse, type Server, until } from './house.ts'

// Work that ends the process which does it. The server kills itself (SIGKILL) whenever it is about to store what a file of ours
// brings; a supervisor starts it again. After the third time the file is set aside with a reason, the server stays up, and
// what was under way beside it is done.
/** A reading of 66.666 °C, a finding, the end of a photo's id. */
const POISON = '(^|[^0-9a-f-])66666([^0-9a-f-]|$)|POISON|-666666666666$'
const MOST_STARTS = 12
let house: House
let server: Server
let starts: number

beforeAll(async () => {
  house = await openHouse()
  server = await house.server({
    POISON,
    NODE_OPTIONS: `--import=${new URL('../poison.for-tests.ts', import.meta.url)}`,
  })
  await server.start()
}, 300_000)
afterAll(() => house?.close(), 60_000)

const octets = { 'content-type': 'application/octet-stream' }
const csv = (value: string, rows: number) =>
  `time,temperature C\n${Array.from({ length: rows }, (_, n) => `${new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()},${value}`).join('\n')}\n`

async function chief(): Promise<Caller> {
  const signedIn = await server.signIn(house.customers[0])
  return new Caller(server.origin, { ...signedIn.headers, origin: server.origin })
}

/** As a supervisor: whenever it ends, it is started again, until the condition holds while it stays up. */
async function supervise(what: string, holds: () => Promise<boolean>) {
  starts = 0
  await until(
    what,
    async () => {
      if (server.ended !== undefined) {
        if (++starts > MOST_STARTS) throw new Error(`ended ${starts} times: ${what}`)
        await server.start().catch(() => undefined)
      }
      return holds().catch(() => false)
    },
    180,
  )
}

const rowOf = async (sql: string, id: string) => (await house.rows.query(sql, [id])).rows[0]
const seen: { work: string; 'server ended': number; 'set aside as': string; 'tried again': string }[] = []

test('a file of readings that ends the server is set aside; another under way is imported', async () => {
  const by = await chief()
  const { locationId } = house.customers[0]
  const upload = async (name: string, content: string) => {
    const unit = await by.must('POST', '/units', { body: { locationId, name, kind: 'freezer' } })
    const { import: one, mapping } = await by.must('POST', `/imports?unitId=${unit.id}&fileName=${name}.csv`, {
      body: content,
      headers: { 'content-type': 'text/csv' },
    })
    const body = { mapping: { ...mapping, temperature: { ...mapping.temperature, unit: 'C' } } }
    return { id: one.id as string, run: (caller: Caller) => caller.ask('POST', `/imports/${one.id}/runs`, { body }) }
  }
  const poisoned = await upload('Poisoned', csv('66.666', 1))
  const sound = await upload('Sound', csv('-18', 30_000))
  await sound.run(by)
  await poisoned.run(by).catch(() => undefined)
  const stateOf = (id: string) => rowOf('select state, rows_done as done from imports where id = $1', id)
  await supervise('it is set aside', async () => (await stateOf(poisoned.id)).state === 'paused')
  const ended = starts
  await supervise('the other one is imported', async () => (await stateOf(sound.id)).state === 'done')
  expect(starts).toBe(0)
  // Tried again by a person, it is tried as often again, and set aside again.
  await poisoned.run(await chief()).catch(() => undefined)
  await supervise('it is set aside again', async () => (await stateOf(poisoned.id)).state === 'paused')
  expect([ended, starts]).toEqual([3, 3])
  seen.push({
    work: 'import of readings',
    'server ended': ended,
    'set aside as': 'paused',
    'tried again': `ended ${starts} times, paused`,
  })
}, 400_000)

test('a file of audits that ends the server is set aside and can be imported again', async () => {
  const { locationId } = house.customers[0]
  const header = 'Inspection ID,DBA Name,Inspection Date,Results,Violations'
  const by = await chief()
  const { id } = await by.must('POST', '/audit-imports?fileName=city.csv', {
    body: `${header}\n1,Made up,01/02/2026,Pass,3. SOAP POISON\n`,
    headers: octets,
  })
  const stateOf = () => rowOf('select state, failure from audit_imports where id = $1', id)
  await until('it is looked through', async () => (await stateOf()).state === 'previewed')
  const { items } = await by.must('GET', `/audit-imports/${id}/places`)
  await by.must('PUT', `/audit-imports/${id}/places`, { body: { items: [{ placeId: items[0].id, locationId }] } })
  await by.ask('POST', `/audit-imports/${id}/runs`, { body: { makeTemplates: false } }).catch(() => undefined)
  await supervise('it is set aside', async () => (await stateOf()).failure === 'set_aside')
  expect([(await stateOf()).state, starts]).toEqual(['previewed', 3])
  // What ended the server is mended.
  await server.kill()
  server.startWith({ POISON: '' })
  await server.start()
  await (await chief()).must('POST', `/audit-imports/${id}/runs`, { body: { makeTemplates: false } })
  await until('it is imported', async () => (await stateOf()).state === 'done')
  seen.push({
    work: 'import of audits',
    'server ended': 3,
    'set aside as': 'previewed, set_aside',
    'tried again': 'imported, once it was mended',
  })
  await server.kill()
  server.startWith({})
  await server.start()
}, 400_000)

test('a photo that ends the server each time it is opened is refused by name; another goes on', async () => {
  const { locationId } = house.customers[0]
  const photo = await photoForTests(60)
  const send = async (id: string) => {
    const by = await chief()
    const begun = await by.ask('POST', '/files/uploads', { headers: beginning({ ...photo, id }, locationId) })
    if (begun.status >= 400) return begun
    const { offset } = await by.must('GET', `/files/uploads/${id}`)
    return by.ask('PATCH', `/files/uploads/${id}`, { body: photo.bytes.subarray(offset), headers: from(offset) })
  }
  const poisoned = `${randomUUID().slice(0, 24)}${'6'.repeat(12)}`
  let code: string | undefined
  await supervise('it is refused', async () => {
    code = (await send(poisoned)).body?.code
    return code !== undefined
  })
  expect((await send(randomUUID())).status).toBeLessThan(300)
  seen.push({
    work: 'photo',
    'server ended': starts,
    'set aside as': String(code),
    'tried again': 'taken again at its record',
  })
  proven('faults', {
    title: 'Work that ends the process which does it',
    method:
      'The server kills itself (SIGKILL) whenever it is about to store what a file brings; it is started again each time. What was under way beside it is done meanwhile.',
    findings: [{ what: 'kinds of work set aside', seen: String(seen.length) }],
    table: seen,
  })
  expect([code, starts]).toEqual(['files.set_aside', 3])
}, 400_000)
