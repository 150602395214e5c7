import { randomUUID } from 'node:crypto'
import { digestWith, whoMay } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import type { Letter, Mail } from '@opsflow/platform/server/mail'
import { paperRegister } from '@opsflow/platform/server/paper/register'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Mailing } from '../mailing.ts'
import { reportsPermissions } from '../permissions.ts'
import { reportImplementations } from './index.ts'
import { lookAfterMailings, type MailingParts } from './send-mailings.ts'

let testDb: TestDatabase
let database: Database
let admin: ReturnType<typeof openPool>
let pools: ReturnType<typeof openPool>[]
let home: TestTenant
let downtown: string
let manager: Actor
let cook: Actor
let pilot: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let parts: MailingParts
let letters: Letter[]
/** Addresses that a mail server does not take. */
let refused: Set<string>
const HOUR = 3_600_000
const digest = digestWith('pepper')
const publicUrl = 'https://ops.example.com'

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 4, prepared: true })
  admin = openPool(testDb.admin, 1)
  const [auth, relay] = [openPool(testDb.urls.auth, 2), openPool(testDb.urls.relay, 2)]
  pools = [admin, auth, relay]
  home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  downtown = home.locations[0]
  const everything = Object.keys(reportsPermissions)
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  cook = await hire(database, home, 'Carl', ['tasks.read'], new Set([downtown]))
  pilot = await hire(database, home, 'Paul', everything, new Set([home.locations[1]]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  await admin.query(`update members set email = 'mona@home.example' where id = $1`, [manager.id])
  await grant(manager, downtown)
  const mail: Mail = {
    isOn: true,
    send: async (letter) => {
      if (refused.has(letter.to)) return false
      letters.push(letter)
      return true
    },
    close: () => undefined,
  }
  parts = { database, relayPool: relay, mail, whoMay, digest, publicUrl }
  const limiter = rateLimiter(rateLimitsOf(100_000), undefined)
  const papers = paperRegister({ database, digest, publicUrl })
  const storage = folderStorage(emptyFolder())
  const served = { pool: auth, database, rateLimiter: limiter, digest, papers, storage, mailIsOn: true }
  ;({ ask, close } = await serveForTests(reportImplementations(served), database))
})
beforeEach(() => {
  letters = []
  refused = new Set()
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), ...pools.map((pool) => pool.end())])
  await testDb.drop()
})

const grant = ({ tenantId, id }: Actor, locationId: string | null) =>
  admin.query(`insert into role_grants (tenant_id, member_id, role, location_id) values ($1, $2, 'org:manager', $3)`, [
    ...[tenantId, id, locationId],
  ])
const revoke = ({ id }: Actor) =>
  admin.query('update role_grants set revoked_at = now() where member_id = $1 and revoked_at is null', [id])
const asked = (more: object = {}) => ({
  ...{ locationId: downtown, every: 'week', recipients: ['Officer@County.example', 'qa@home.example'] },
  ...{ givenTo: 'County', waitsForGaps: false, ...more },
})
const begin = async (more: object = {}): Promise<Mailing> => {
  const { status, body } = await ask(manager, 'POST /report-mailings', asked(more))
  expect(status).toBe(201)
  return body
}
const read = async (id: string): Promise<Mailing> => {
  const { body } = await ask(manager, `GET /report-mailings?locationId=${downtown}`)
  return body.items.find((one: Mailing) => one.id === id)
}
/** As at the moment the mailing is due, and so much later. */
const lookAt = (mailing: Mailing, later = 0) => lookAfterMailings(parts, Date.parse(mailing.dueAt) + later)
const end = (id: string) => ask(manager, `DELETE /report-mailings/${id}`)
/** Something is missing: a unit that nobody read. */
const addUnit = () =>
  admin.query(
    `insert into units (tenant_id, id, location_id, name, kind, created_by, created_at) values ($1, $2, $3, $4, 'walk_in_cooler', $5, now() - interval '1 year')`,
    [manager.tenantId, randomUUID(), downtown, `Walk-in ${randomUUID().slice(0, 8)}`, manager.id],
  )

test('each week its days go to each address once, in a letter of its own, with a link that works', async () => {
  const mailing = await begin()
  expect(mailing.recipients).toEqual(['officer@county.example', 'qa@home.example'])
  await lookAfterMailings(parts, Date.parse(mailing.dueAt) - HOUR)
  expect(letters).toEqual([])

  await Promise.all([lookAt(mailing), lookAt(mailing)])
  expect(letters.map(({ to }) => to).sort()).toEqual(['officer@county.example', 'qa@home.example'])
  const after = await read(mailing.id)
  const [sending] = after.sendings
  expect(sending).toMatchObject({ state: 'sent', sentTo: mailing.recipients })
  // From a Monday to the Sunday before the day it was due on.
  expect(new Date(`${sending?.from}T12:00:00Z`).getUTCDay()).toBe(1)
  expect(Date.parse(String(sending?.to)) - Date.parse(String(sending?.from))).toBe(6 * 24 * HOUR)
  expect(Date.parse(after.dueAt) - Date.parse(mailing.dueAt)).toBeGreaterThanOrEqual(7 * 24 * HOUR - HOUR)

  const secret = /inspection#([\w-]{43})/.exec(letters[0]?.text ?? '')?.[1] ?? ''
  const { rows } = await admin.query('select given_to from inspector_links where secret_hash = $1', [digest(secret)])
  expect(rows).toEqual([{ given_to: 'County' }])
  await lookAt(mailing, HOUR)
  expect(letters).toHaveLength(2)
  await end(mailing.id)
})

test('a month is its days, and one that was missed is caught up', async () => {
  const mailing = await begin({ every: 'month', recipients: ['a@b.example'] })
  await lookAt(mailing, 40 * 24 * HOUR)
  await lookAt(mailing, 40 * 24 * HOUR)
  const { sendings } = await read(mailing.id)
  expect(sendings).toHaveLength(2)
  for (const { from, to } of sendings) {
    expect([from.slice(8), from.slice(0, 7)]).toEqual(['01', to.slice(0, 7)])
    const next = new Date(Date.parse(to) + 24 * HOUR)
    expect(next.getUTCDate()).toBe(1)
  }
  await end(mailing.id)
})

test('what lacks something waits, whoever set it up is told, and it leaves when it is released', async () => {
  await addUnit()
  const mailing = await begin({ waitsForGaps: true, recipients: ['a@b.example'], language: 'es' })
  await lookAt(mailing)
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    ['mona@home.example', 'Records of Downtown wait to be sent'],
  ])
  const [sending] = (await read(mailing.id)).sendings
  expect(sending).toMatchObject({ state: 'waiting', sentTo: [] })
  expect(sending?.gaps).toBeGreaterThan(0)
  const route = `POST /report-sendings/${sending?.id}/release`
  for (const actor of [pilot, stranger]) expect((await ask(actor, route)).status).toBe(404)
  expect((await ask(cook, route)).status).toBe(403)
  expect((await ask(manager, route)).status).toBe(200)
  expect((await ask(manager, route)).body.code).toBe('reports.not_waiting')
  await lookAt(mailing)
  expect(letters.at(-1)).toMatchObject({ to: 'a@b.example' })
  expect(letters.at(-1)?.subject).toMatch(/^Registros/)
  await end(mailing.id)
})

test('an address that is not taken is tried again, the others get it once; in the end someone is told', async () => {
  const mailing = await begin({ recipients: ['a@b.example', 'gone@b.example'] })
  refused.add('gone@b.example')
  for (const later of [0, 2, 20, 90]) await lookAt(mailing, later * 60_000)
  expect(letters.map(({ to }) => to)).toEqual(['a@b.example'])
  const [sending] = (await read(mailing.id)).sendings
  expect(sending).toMatchObject({ state: 'failed', sentTo: ['a@b.example'] })
  refused.clear()
  expect((await ask(manager, `POST /report-sendings/${sending?.id}/release`)).status).toBe(200)
  await lookAt(mailing, 2 * HOUR)
  expect(letters.map(({ to }) => to)).toEqual(['a@b.example', 'gone@b.example'])
  await end(mailing.id)
})

test('what a server was sending when it ended is unknown, not sent twice', async () => {
  const mailing = await begin({ recipients: ['a@b.example'] })
  const dies: Mail = { ...parts.mail, send: () => Promise.reject(new Error('killed')) }
  await expect(lookAfterMailings({ ...parts, mail: dies }, Date.parse(mailing.dueAt))).rejects.toThrow('killed')
  await lookAt(mailing, 60_000)
  expect((await read(mailing.id)).sendings[0]?.state).toBe('sending')
  await lookAt(mailing, 6 * 60_000)
  expect((await read(mailing.id)).sendings[0]?.state).toBe('unknown')
  expect(letters).toEqual([])
  await end(mailing.id)
})

test('one that ended sends nothing; ended twice it ended once', async () => {
  const mailing = await begin()
  const { body } = await end(mailing.id)
  expect(body.endedAt).not.toBeNull()
  expect((await end(mailing.id)).status).toBe(200)
  await lookAt(mailing)
  expect(letters).toEqual([])
})

test('mailings are begun, seen and ended only where one may, with photos only by who sees them', async () => {
  const mailing = await begin()
  for (const actor of [pilot, stranger]) {
    expect((await ask(actor, 'POST /report-mailings', asked())).status).toBe(404)
    expect((await ask(actor, `GET /report-mailings?locationId=${downtown}`)).status).toBe(404)
    expect((await ask(actor, `DELETE /report-mailings/${mailing.id}`)).status).toBe(404)
  }
  expect((await ask(cook, 'POST /report-mailings', asked())).status).toBe(403)
  expect((await ask(cook, `DELETE /report-mailings/${mailing.id}`)).status).toBe(403)
  expect((await ask(manager, 'POST /report-mailings', asked({ photos: true }))).status).toBe(403)
  await end(mailing.id)
})

test('a location has ten at most, however many ask at once', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, () => ask(manager, 'POST /report-mailings', asked())))
  expect(made.filter(({ status }) => status === 201)).toHaveLength(10)
  const refusals = made.filter(({ status }) => status !== 201).map(({ body }) => body.code)
  expect(refusals).toEqual(['reports.too_many_mailings', 'reports.too_many_mailings'])
  for (const { body } of made) if (body.endedAt === null) await end(body.id)
})

describe('a mailing whose maker may not see the place any more', () => {
  const WEEK = 7 * 24 * HOUR
  let max: Actor
  beforeAll(async () => {
    const held = [...Object.keys(reportsPermissions), 'evidence.read']
    max = await hire(database, home, 'Max', held, new Set([downtown]))
  })
  afterEach(() => revoke(max))
  const begunByMax = async (more: object = {}): Promise<Mailing> => {
    await grant(max, downtown)
    const { status, body } = await ask(max, 'POST /report-mailings', asked({ recipients: ['a@b.example'], ...more }))
    expect(status).toBe(201)
    return body
  }
  const takeOver = (actor: Actor, id: string) => ask(actor, `POST /report-mailings/${id}/takeover`)
  const tasksOf = async (id: string) =>
    (
      await admin.query(
        `select status, assigned_role, title from tasks where said ->> 'mailingId' = $1 order by created_at`,
        [id],
      )
    ).rows
  const eventsOf = async (id: string) =>
    (await admin.query('select name, actor from events where subject_id = $1 order by at, id', [id])).rows

  test('pauses before anything leaves, asks the managers there, and goes on under whoever takes it over', async () => {
    const mailing = await begunByMax()
    expect(mailing).toMatchObject({ keptBy: { name: 'Max' }, pausedAt: null })
    await revoke(max)
    await Promise.all([lookAt(mailing), lookAt(mailing)])
    await lookAt(mailing, 2 * WEEK)
    const paused = await read(mailing.id)
    expect([letters, paused.sendings, paused.dueAt]).toEqual([[], [], mailing.dueAt])
    expect(paused.pausedAt).not.toBeNull()
    expect(await tasksOf(mailing.id)).toEqual([
      {
        status: 'todo',
        assigned_role: 'org:manager',
        title: 'Records sent to County have paused: take it over or end it',
      },
    ])

    for (const actor of [pilot, stranger]) expect((await takeOver(actor, mailing.id)).status).toBe(404)
    expect((await takeOver(cook, mailing.id)).status).toBe(403)
    for (const _ of [1, 2]) {
      const { status, body } = await takeOver(manager, mailing.id)
      expect([status, body.keptBy.name, body.createdBy.name, body.pausedAt]).toEqual([200, 'Mona', 'Max', null])
    }
    expect((await tasksOf(mailing.id)).map(({ status }) => status)).toEqual(['completed'])
    expect((await eventsOf(mailing.id)).map(({ name, actor }) => [name, actor])).toEqual([
      ['reports.mailing_begun', `member:${max.id}`],
      ['reports.mailing_paused', 'system:report-mailings'],
      ['reports.mailing_taken_over', `member:${manager.id}`],
    ])

    await lookAt(mailing)
    const after = await read(mailing.id)
    expect(letters.map(({ to }) => to)).toEqual(['a@b.example'])
    const secret = /inspection#([\w-]{43})/.exec(letters[0]?.text ?? '')?.[1] ?? ''
    const { rows } = await admin.query('select created_by from inspector_links where secret_hash = $1', [
      digest(secret),
    ])
    expect(rows).toEqual([{ created_by: manager.id }])
    expect(after.sendings).toHaveLength(1)
    expect((await ask(max, `GET /report-mailings?locationId=${downtown}`)).status).toBe(200)
    await end(mailing.id)
  })

  test('of the weeks that passed meanwhile only the last goes out', async () => {
    const mailing = await begunByMax()
    await admin.query(
      `update report_mailings set next_day = next_day - 70, due_at = due_at - interval '70 days' where id = $1`,
      [mailing.id],
    )
    await revoke(max)
    await lookAt(mailing)
    await takeOver(manager, mailing.id)
    await lookAfterMailings(parts, Date.now() + 60_000)
    const [sending, ...more] = (await read(mailing.id)).sendings
    expect([sending?.state, more]).toEqual(['sent', []])
    expect(Date.now() - Date.parse(String(sending?.to))).toBeLessThan(8 * 24 * HOUR)
    await end(mailing.id)
  })

  test('what was to be tried again stays here until it is taken over, and cannot be released past it', async () => {
    const mailing = await begunByMax()
    refused.add('a@b.example')
    await lookAt(mailing)
    refused.clear()
    await revoke(max)
    await lookAt(mailing, 2 * 60_000)
    const paused = await read(mailing.id)
    expect([letters, paused.sendings.map(({ state }) => state)]).toEqual([[], ['paused']])
    await admin.query(`update report_sendings set state = 'waiting' where mailing_id = $1`, [mailing.id])
    const released = await ask(manager, `POST /report-sendings/${paused.sendings[0]?.id}/release`)
    expect([released.status, released.body.code]).toEqual([409, 'reports.mailing_paused'])
    await admin.query(`update report_sendings set state = 'paused' where mailing_id = $1`, [mailing.id])
    await takeOver(manager, mailing.id)
    await lookAt(mailing, 3 * 60_000)
    expect(letters.map(({ to }) => to)).toEqual(['a@b.example'])
    await end(mailing.id)
  })

  test('one with photos pauses for whoever may not see photos any more, and is taken over only by who does', async () => {
    const mailing = await begunByMax({ photos: true })
    await revoke(max)
    await admin.query(
      `with made as (insert into roles (tenant_id, organization_id, name, permissions) values ($1, $2, 'Sender', '{reports.share}') returning id)
       insert into role_grants (tenant_id, member_id, role_id, location_id) select $1, $3, id, $4 from made`,
      [max.tenantId, max.organizationId, max.id, downtown],
    )
    await lookAt(mailing)
    expect((await read(mailing.id)).pausedAt).not.toBeNull()
    expect((await takeOver(manager, mailing.id)).status).toBe(403)
    await end(mailing.id)
  })

  test('a suspended maker sends nothing; ended instead, nobody is asked any more', async () => {
    const mailing = await begunByMax()
    await admin.query(`update members set status = 'suspended' where id = $1`, [max.id])
    await lookAt(mailing)
    expect([letters, (await tasksOf(mailing.id)).map(({ status }) => status)]).toEqual([[], ['todo']])
    await end(mailing.id)
    expect((await tasksOf(mailing.id)).map(({ status }) => status)).toEqual(['completed'])
    const refusal = await takeOver(manager, mailing.id)
    expect([refusal.status, refusal.body.code]).toEqual([409, 'reports.not_paused'])
    await admin.query(`update members set status = 'active' where id = $1`, [max.id])
  })

  test('a role held above the place is as good as one held there', async () => {
    const mailing = await begunByMax()
    await revoke(max)
    await admin.query(
      `with made as (insert into location_groups (tenant_id, organization_id, name) values ($1, $2, 'East') returning id),
            moved as (update locations set group_id = made.id from made where locations.id = $4)
       insert into role_grants (tenant_id, member_id, role, group_id) select $1, $3, 'org:manager', id from made`,
      [max.tenantId, max.organizationId, max.id, downtown],
    )
    await lookAt(mailing)
    expect((await read(mailing.id)).pausedAt).toBeNull()
    expect(letters.map(({ to }) => to)).toEqual(['a@b.example'])
    await end(mailing.id)
  })
})

test.each([
  [{ recipients: [] }, 'body.recipients'],
  [{ recipients: ['not an address'] }, 'body.recipients[0]'],
  [{ recipients: Array.from({ length: 11 }, (_, n) => `a${n}@b.example`) }, 'body.recipients'],
  [{ every: 'day' }, 'body.every'],
  [{ givenTo: '' }, 'body.givenTo'],
])('%o is refused by its field', async (more, path) => {
  const { status, body } = await ask(manager, 'POST /report-mailings', asked(more))
  expect([status, body.errors[0].path]).toEqual([422, path])
})

test('more records than any file holds are told where the mailing is, nothing leaves, and the next week is looked at again', async () => {
  const mailing = await begin({ recipients: ['a@b.example'] })
  await addUnit()
  const { rows } = await admin.query('select id from units where location_id = $1 limit 1', [downtown])
  await admin.query(
    `insert into excursions (tenant_id, location_id, unit_id, side, started_at, ended_at)
     select $1, $2, $3, 'above', at, at from generate_series(1, 20001) n, lateral (select $4::timestamptz - interval '3 days' + n * interval '1 second' as at) t`,
    [manager.tenantId, downtown, rows[0].id, mailing.dueAt],
  )
  await lookAt(mailing)
  const after = await read(mailing.id)
  const [sending] = after.sendings
  expect([sending?.state, letters]).toEqual(['too_much', []])
  expect(Date.parse(after.dueAt)).toBeGreaterThan(Date.parse(mailing.dueAt))
  const released = await ask(manager, `POST /report-sendings/${sending?.id}/release`)
  expect([released.status, released.body.code]).toEqual([409, 'reports.not_waiting'])
  await lookAt(after)
  expect(letters.map(({ to }) => to)).toEqual(['a@b.example'])
  await admin.query('delete from excursions where location_id = $1', [downtown])
  await end(mailing.id)
})
