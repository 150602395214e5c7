import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasksPermissions } from '../permissions.ts'
import { MOST_VIEWS } from '../view-routes.ts'
import { placeCodeImplementations, taskImplementations } from './index.ts'
import { faultPlace, reportFault } from './report-fault.ts'

let testDb: TestDatabase
let database: Database
let admin: ReturnType<typeof openPool>
let auth: ReturnType<typeof openPool>
let home: TestTenant
let downtown: string
let airport: string
let unitId: string
let manager: Actor
let cook: Actor
let pilot: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let origin: string

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  admin = openPool(testDb.admin, 1)
  auth = openPool(testDb.urls.auth, 2)
  home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const everything = Object.keys(tasksPermissions)
  ;[downtown, airport] = home.locations
  const here = new Set([downtown])
  manager = await hire(database, home, 'Mona', everything, here)
  cook = await hire(database, home, 'Carl', ['tasks.read', 'tasks.update', 'tasks.create'], here)
  pilot = await hire(database, home, 'Paul', everything, new Set([airport]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  unitId = randomUUID()
  await admin.query(
    `insert into units (tenant_id, id, location_id, name, kind, created_by) values ($1, $2, $3, 'Ice machine', 'other', $4)`,
    [home.tenantId, unitId, downtown, manager.id],
  )
  const parts = { pool: auth, database, rateLimiter: unlimited }
  ;({ ask, close, origin } = await serveForTests(
    [...taskImplementations(), ...placeCodeImplementations(parts)],
    database,
  ))
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), admin.end(), auth.end()])
  await testDb.drop()
})

const unlimited = { report: async () => undefined, link: async () => undefined }
const nobodysCode = 'ZZZZZZZZZZZZZZZZZZZZ'

const made = async (more: object = {}) => {
  const { status, body } = await ask(manager, 'POST /place-codes', { locationId: downtown, ...more })
  expect(status).toBe(201)
  return body
}
/** Without any account. */
async function anyone(method: 'GET' | 'POST', path: string, body?: unknown) {
  const response = await fetch(origin + path, {
    method,
    headers: { 'content-type': 'application/json', origin: 'https://ops.example.com' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const { requestId: _, ...told } = (await response.json()) as Record<string, unknown>
  return { status: response.status, body: told }
}
const report = (code: string, more: object = {}) =>
  anyone('POST', '/fault-reports', { code, reportId: randomUUID(), text: 'It leaks', ...more })
const reported = async () =>
  (await ask(manager, 'GET /tasks?causeKind=fault_report&limit=200')).body.items as Record<string, unknown>[]

describe('a code on the wall', () => {
  test('is made, listed and revoked by managers of the place, and is not to be guessed', async () => {
    const code = await made({ unitId, label: 'Ice' })
    expect(code).toMatchObject({ unit: { name: 'Ice machine' }, label: 'Ice', revokedAt: null })
    expect(code.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    expect((await made()).code).not.toBe(code.code)
    const listed = (await ask(manager, `GET /place-codes?locationId=${downtown}`)).body.items
    expect(listed.map(({ id }: { id: string }) => id)).toContain(code.id)
    expect((await ask(manager, `DELETE /place-codes/${code.id}`)).body.revokedAt).not.toBeNull()
    expect((await ask(manager, `DELETE /place-codes/${code.id}`)).status).toBe(200)
    const after = (await ask(manager, `GET /place-codes?locationId=${downtown}`)).body.items
    expect(after.map(({ id }: { id: string }) => id)).not.toContain(code.id)
  })

  test('is nobody else’s, and nothing for those who may not', async () => {
    const { id } = await made()
    for (const actor of [stranger, pilot]) {
      expect((await ask(actor, `GET /place-codes?locationId=${downtown}`)).status).toBe(404)
      expect((await ask(actor, 'POST /place-codes', { locationId: downtown })).status).toBe(404)
      expect((await ask(actor, `DELETE /place-codes/${id}`)).status).toBe(404)
    }
    expect((await ask(pilot, 'POST /place-codes', { locationId: airport, unitId })).body.code).toBe(
      'tasks.unit_unknown',
    )
    for (const route of [`GET /place-codes?locationId=${downtown}`, `DELETE /place-codes/${id}`]) {
      expect((await ask(cook, route)).status).toBe(403)
    }
    expect((await ask(cook, 'POST /place-codes', { locationId: downtown })).status).toBe(403)
  })
})

describe('a fault reported without an account', () => {
  test('tells the name of the place and nothing else', async () => {
    const names = await Promise.all([made({ unitId }), made({ label: 'Restroom' }), made()])
    const told = await Promise.all(names.map(({ code }) => anyone('GET', `/fault-reports?code=${code}`)))
    expect(told.map(({ body }) => body)).toEqual([
      { place: 'Ice machine' },
      { place: 'Restroom' },
      { place: 'Downtown' },
    ])
  })

  test('becomes one maintenance task there, sent twice or ten times at once', async () => {
    const { code } = await made({ unitId })
    const again = { reportId: randomUUID(), text: 'Water on the floor\nsince noon', name: 'A guest' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => report(code, again)))
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set(['[201,{"received":true}]']),
    )
    expect((await reported()).filter(({ title }) => title === 'Ice machine: Water on the floor')).toMatchObject([
      {
        locationId: downtown,
        description: 'Water on the floor\nsince noon\n\n— A guest',
        taskType: 'maintenance',
        status: 'todo',
        unit: { id: unitId },
        assignedRole: { id: 'org:manager' },
        cause: { kind: 'fault_report', id: again.reportId },
        createdBy: null,
      },
    ])
    expect((await ask(stranger, 'GET /tasks?causeKind=fault_report')).body.items).toEqual([])
  })

  test('keeps markup as the text it is, and refuses what is too long, too short or not a code', async () => {
    const { code } = await made()
    const text = `<img src=x onerror=alert(1)> '); drop table tasks; --`
    expect((await report(code, { text })).status).toBe(201)
    expect((await reported()).some(({ description }) => description === text)).toBe(true)
    for (const more of [
      { text: 'x'.repeat(1001) },
      { text: ' a ' },
      { name: 'x'.repeat(81) },
      { reportId: '1' },
      { tenantId: home.tenantId },
    ]) {
      expect((await report(code, more)).status).toBe(422)
    }
    expect((await report('short')).status).toBe(422)
  })

  test('by a code that was revoked, or never was, or of a closed place, is answered with the same bytes', async () => {
    const { id, code } = await made()
    await ask(manager, `DELETE /place-codes/${id}`)
    const closed = (await ask(pilot, 'POST /place-codes', { locationId: airport })).body
    await admin.query('update locations set closed_at = now() where id = $1', [airport])
    const before = (await reported()).length
    for (const one of [code, closed.code]) {
      expect(await report(one)).toEqual(await report(nobodysCode))
      expect(await anyone('GET', `/fault-reports?code=${one}`)).toEqual(
        await anyone('GET', `/fault-reports?code=${nobodysCode}`),
      )
    }
    expect((await report(code)).status).toBe(404)
    expect((await reported()).length).toBe(before)
    await admin.query('update locations set closed_at = null where id = $1', [airport])
  })

  test('by a program that fills in everything is thanked for and forgotten', async () => {
    const { code } = await made()
    const before = (await reported()).length
    expect(await report(code, { website: 'https://spam.example' })).toEqual({ status: 201, body: { received: true } })
    expect((await reported()).length).toBe(before)
  })

  test('is limited for each network and for each code', async () => {
    const [one, other] = await Promise.all([made(), made()])
    const parts = { pool: auth, database, rateLimiter: rateLimiter(rateLimitsOf(600), undefined) }
    const from = (ip: string) => ({ ip, setHeader: () => undefined })
    const send = async (code: string, ip: string) => {
      const fault = { code, reportId: randomUUID(), text: 'Broken', name: '', website: '' }
      return reportFault(parts, fault, from(ip)).then(
        () => 'received',
        ({ code: refused }) => refused,
      )
    }
    const each = async (times: number, work: (n: number) => Promise<string>) => {
      const told: string[] = []
      for (let n = 0; n < times; n++) told.push(await work(n))
      return told
    }
    const sameNetwork = await each(14, () => send(one.code, '2001:db8::1'))
    expect(sameNetwork.filter((said) => said === 'received')).toHaveLength(12)
    expect(sameNetwork.at(-1)).toBe('rate_limited')
    const manyNetworks = await each(40, (n) => send(one.code, `10.0.${n}.1`))
    expect(manyNetworks.filter((said) => said === 'received')).toHaveLength(24) // and twelve before
    expect(await send(other.code, '10.9.9.9')).toBe('received')
    const looking = await each(70, async () =>
      faultPlace(parts, nobodysCode, from('10.8.8.8')).then(
        () => '',
        ({ code }) => code,
      ),
    )
    expect(looking.at(-1)).toBe('rate_limited')
  })
})

describe('saved lists', () => {
  test('are their member’s own: saved, replaced by name, forgotten, and seen by nobody else', async () => {
    const first = await ask(cook, 'POST /task-views', {
      name: 'Mine, late',
      filter: { mine: 'true', status: 'overdue' },
    })
    expect(first.body).toMatchObject({ name: 'Mine, late', filter: { mine: 'true', status: 'overdue' } })
    const second = await ask(cook, 'POST /task-views', { name: 'Mine, late', filter: { mine: 'true' } })
    expect((await ask(cook, 'GET /task-views')).body.items).toEqual([second.body])
    expect((await ask(manager, 'GET /task-views')).body.items).toEqual([])
    for (const actor of [manager, stranger]) {
      expect((await ask(actor, `DELETE /task-views/${second.body.id}`)).status).toBe(404)
    }
    expect((await ask(cook, 'POST /task-views', { name: 'X', filter: { status: 'nonsense' } })).status).toBe(422)
    expect((await ask(cook, `DELETE /task-views/${second.body.id}`)).status).toBe(204)
    expect((await ask(cook, 'GET /task-views')).body.items).toEqual([])
  })

  test('are not endless', async () => {
    for (let n = 0; n < MOST_VIEWS; n++) await ask(manager, 'POST /task-views', { name: `List ${n}`, filter: {} })
    expect((await ask(manager, 'POST /task-views', { name: 'One more', filter: {} })).body.code).toBe(
      'tasks.too_many_views',
    )
    expect((await ask(manager, 'POST /task-views', { name: 'List 3', filter: { q: 'ice' } })).status).toBe(201)
  })

  test('need the right to see tasks', async () => {
    const outsider = { ...cook, id: randomUUID(), permissions: new Map() }
    for (const route of ['GET /task-views', `DELETE /task-views/${randomUUID()}`]) {
      expect((await ask(outsider, route)).status).toBe(403)
    }
    expect((await ask(outsider, 'POST /task-views', { name: 'X', filter: {} })).status).toBe(403)
  })
})
