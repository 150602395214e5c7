import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evidenceImplementations, filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { type Photo, photoForTests, plainPicture } from '@opsflow/platform/server/files/photo.for-tests'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasksPermissions } from '../permissions.ts'
import { MOST_VIEWS } from '../view-routes.ts'
import { placeCodeImplementations, taskImplementations } from './index.ts'
import { photoOfFault } from './photo-of-fault.ts'
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
let folder: string
let files: FileParts
const ROOM = 4 * 1024 * 1024

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  admin = openPool(testDb.admin, 1)
  auth = openPool(testDb.urls.auth, 2)
  home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const everything = [...Object.keys(tasksPermissions), 'evidence.read']
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
  folder = emptyFolder()
  files = filesOfEvidence({ storage: folderStorage(folder), database, quotaBytes: ROOM })
  const parts = { pool: auth, database, rateLimiter: unlimited, files }
  ;({ ask, close, origin } = await serveForTests(
    [
      ...taskImplementations(),
      ...placeCodeImplementations(parts),
      ...evidenceImplementations(files, { clientOf: async () => undefined }),
    ],
    database,
  ))
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), admin.end(), auth.end()])
  await testDb.drop()
})

const unlimited = {
  report: async () => undefined,
  reportPhoto: async () => undefined,
  link: async () => undefined,
}
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

describe('a picture of it, without an account', () => {
  const photo = async (code: string, reportId: string, bytes: Uint8Array, type = 'application/octet-stream') => {
    const response = await fetch(`${origin}/fault-reports/photos?code=${code}&reportId=${reportId}`, {
      method: 'POST',
      headers: { 'content-type': type, origin: 'https://ops.example.com' },
      body: new Uint8Array(bytes),
    })
    const { requestId: _, ...told } = (await response.json()) as Record<string, unknown>
    return { status: response.status, body: told }
  }
  const reportedHere = async () => {
    const { code } = await made()
    const reportId = randomUUID()
    expect((await report(code, { reportId })).status).toBe(201)
    const task = (await reported()).find(({ cause }) => (cause as { id: string }).id === reportId)
    return { code, reportId, taskId: task?.id as string }
  }
  const photosOf = async (taskId: string, by = manager) =>
    (await ask(by, `GET /evidence?ownerKind=task&ownerId=${taskId}`)).body.items as Record<string, string>[]
  const received = { status: 201, body: { received: true } }
  let picture: Photo
  beforeAll(async () => {
    picture = await photoForTests(300)
  })

  test('stands with its task, drawn anew, once; and tells nothing to whoever sent it', async () => {
    const { code, reportId, taskId } = await reportedHere()
    const answers = await Promise.all(Array.from({ length: 6 }, () => photo(code, reportId, picture.bytes)))
    expect(answers).toEqual(Array(6).fill(received))
    expect(await photo(code, reportId, (await photoForTests(200)).bytes)).toEqual(received)
    const [one, ...more] = await photosOf(taskId)
    expect(more).toEqual([])
    expect(one).toMatchObject({ namedBy: null, sha256: picture.sha256, capturedQuality: 'doubtful' })
    expect(one?.arrivedAt).not.toBeNull()
    const bytes = (await ask(manager, `GET /files/${one?.fileId}`)).text
    expect(bytes.length).toBeGreaterThan(100)
    for (const nobody of [
      await anyone('GET', `/files/${one?.fileId}`),
      await anyone('GET', `/evidence?ownerKind=task&ownerId=${taskId}`),
    ])
      expect(nobody.status).toBe(401)
    for (const other of [stranger, pilot]) expect((await ask(other, `GET /files/${one?.fileId}`)).status).toBe(404)
  })

  test('goes only to what was reported here and a moment ago; all else is answered with the same bytes', async () => {
    const { code, reportId, taskId } = await reportedHere()
    const elsewhere = (await ask(pilot, 'POST /place-codes', { locationId: airport })).body
    const { id: own } = (await ask(cook, 'POST /tasks', { locationId: downtown, title: 'Not for you' })).body
    const none = await photo(nobodysCode, reportId, picture.bytes)
    expect(none.status).toBe(404)
    expect(await photo(code, randomUUID(), picture.bytes)).toEqual(none)
    expect(await photo(code, own, picture.bytes)).toEqual(none)
    expect(await photo(elsewhere.code, reportId, picture.bytes)).toEqual(none)
    await admin.query(`update tasks set created_at = now() - interval '61 minutes' where id = $1`, [taskId])
    expect(await photo(code, reportId, picture.bytes)).toEqual(none)
    expect(await photosOf(taskId)).toEqual([])
    expect(await photosOf(own)).toEqual([])
  })

  test('is what its bytes are, not what it says', async () => {
    const { code, reportId, taskId } = await reportedHere()
    const wrong: [string, string | Uint8Array, string][] = [
      ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'files.type_refused'],
      ['HTML', '<!DOCTYPE html><script>alert(1)</script>', 'files.type_refused'],
      ['PDF', '%PDF-1.7\n1 0 obj\n%%EOF\n', 'files.type_refused'],
      ['a program', '#!/bin/sh\nrm -rf /', 'files.type_unknown'],
      ['a GIF', 'GIF89a/*', 'files.type_unknown'],
      ['the first bytes of a JPEG', '\xff\xd8\xff<html>', 'files.image_broken'],
      ['half a picture', picture.bytes.subarray(0, picture.bytes.length / 2), 'files.image_broken'],
    ]
    for (const [what, bytes, refused] of wrong) {
      const { status, body } = await photo(
        code,
        reportId,
        typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
      )
      expect([what, status, body.code]).toEqual([what, 422, refused])
    }
    expect((await photo(code, reportId, Buffer.of())).status).toBe(422)
    expect((await photo(code, reportId, picture.bytes, 'text/html')).status).toBe(415)
    expect((await photo(code, reportId, Buffer.alloc(4 * 1024 * 1024 + 1))).status).toBe(413)
    expect((await photo('short', reportId, picture.bytes)).status).toBe(422)
    expect(await photosOf(taskId)).toEqual([])
    const polyglot = Buffer.concat([picture.bytes, Buffer.from('<script>alert(1)</script>')])
    expect(await photo(code, reportId, polyglot)).toEqual(received)
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(kept.length).toBeGreaterThan(0)
    for (const { parentPath, name } of kept)
      expect(readFileSync(join(parentPath, name)).includes('<script>')).toBe(false)
  })

  test('a picture of too many pixels for a stranger is not opened', async () => {
    const { code, reportId } = await reportedHere()
    const wide = await plainPicture(6000, 5000)
    expect((await photo(code, reportId, wide)).body.code).toBe('files.image_too_many_pixels')
  })

  test('leaves the last of the room to those who work here', async () => {
    const { code, reportId, taskId } = await reportedHere()
    await admin.query('update file_usage set bytes = bytes + $2 where tenant_id = $1', [
      home.tenantId,
      Math.ceil(ROOM * 0.8),
    ])
    expect(await photo(code, reportId, picture.bytes)).toMatchObject({
      status: 429,
      body: { code: 'files.quota_full' },
    })
    expect(await photosOf(taskId)).toEqual([])
    await admin.query('update file_usage set bytes = bytes - $2 where tenant_id = $1', [
      home.tenantId,
      Math.ceil(ROOM * 0.8),
    ])
    expect(await photo(code, reportId, picture.bytes)).toEqual(received)
  })

  test('is limited for each network and for each code, whatever the bytes are', async () => {
    const [one, other] = await Promise.all([reportedHere(), reportedHere()])
    const parts = { pool: auth, database, files, rateLimiter: rateLimiter(rateLimitsOf(600), undefined) }
    const send = (to: typeof one, ip: string) =>
      photoOfFault(parts, to, Buffer.from('no picture'), { ip, setHeader: () => undefined }).then(
        () => 'received',
        ({ code }) => code,
      )
    const told: string[] = []
    for (let n = 0; n < 26; n++) told.push(await send(one, '2001:db8::1'))
    expect(told.filter((code) => code === 'files.type_unknown')).toHaveLength(24)
    expect(told.at(-1)).toBe('rate_limited')
    for (let n = 0; n < 50; n++) told.push(await send(one, `10.0.${n}.1`))
    expect(told.filter((code) => code === 'files.type_unknown')).toHaveLength(72)
    expect(await send(other, '10.9.9.9')).toBe('files.type_unknown')
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
