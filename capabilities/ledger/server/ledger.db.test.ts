import { gunzipSync } from 'node:zlib'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { checkEvidence } from '@opsflow/platform/evidence-check'
import { checkRecord } from '@opsflow/platform/record-check'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type LedgerWorld, ledgerWorld } from '@opsflow/platform/server/ledger/ledger.for-tests'
import { nodeGround } from '@opsflow/platform/server/ledger/node-ground'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerImplementations } from './http.ts'

let world: LedgerWorld
let pool: ReturnType<typeof openPool>
let served: Awaited<ReturnType<typeof serveForTests>>
let ask: Ask
let auditor: Actor
let local: Actor
let reader: Actor
let elsewhere: Actor
let cook: Actor
let stranger: Actor
let other: TestTenant
let task: string

const ledger = ['ledger.read', 'ledger.export']

beforeAll(async () => {
  world = await ledgerWorld()
  pool = openPool(world.test.urls.auth, 1)
  served = await serveForTests(ledgerImplementations({ pool, database: world.database }), world.database)
  ask = served.ask
  other = await foundTenant(world.database, 'Juniper')
  auditor = await hire(world.database, world.tenant, 'Ana', ledger, 'all')
  local = await hire(world.database, world.tenant, 'Lou', ledger, new Set([world.tenant.locations[0]]))
  reader = await hire(world.database, world.tenant, 'Rae', ['ledger.read'], 'all')
  elsewhere = await hire(world.database, world.tenant, 'Eli', ledger, new Set([world.tenant.locations[1]]))
  cook = await hire(world.database, world.tenant, 'Cy', ['tasks.read'], 'all')
  stranger = await hire(world.database, other, 'Max', ledger, 'all')
  const system = systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test')
  const made = await world.database.write({ ...system, doing: 'POST /tasks' }, (tx) =>
    tx.query<{ id: string }>(
      `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id) values ($1, 'Mop', 'cleaning', 'low', 'manual', uuidv7()) returning id`,
      [world.tenant.locations[0]],
    ),
  )
  task = made[0]?.id ?? ''
})
afterAll(async () => {
  await served.close()
  await pool.end()
  await world.close()
})

test('before anything is sealed an export says so', async () => {
  expect(await ask(auditor, 'GET /ledger/export.jsonl.gz')).toMatchObject({
    status: 409,
    body: { code: 'ledger.nothing_sealed' },
  })
  await world.seal()
})

test('the history of a record says who, when and by what', async () => {
  const { body } = await ask(auditor, `GET /ledger/history?kind=tasks&id=${task}`)
  expect(body.items).toMatchObject([{ op: 'insert', actor: 'system:test', doing: 'POST /tasks', before: null }])
  expect(body.items[0].leaf).toBeGreaterThan(0)
  expect((await ask(local, `GET /ledger/history?kind=tasks&id=${task}`)).body).toEqual(body)
})

test('it holds what belongs to the record, with names, the place and the head it is sealed under', async () => {
  const at = world.tenant.locations[0]
  await world.database.write({ ...auditor, kioskId: await tablet(at), doing: 'tasks.comment' }, (tx) =>
    tx.query(
      `insert into task_comments (location_id, task_id, text, made_by, made_at, time_quality) values ($1, $2, 'Wet floor', $3, now(), 'server')`,
      [at, task, auditor.id],
    ),
  )
  const waiting = (await ask(auditor, `GET /ledger/history?kind=tasks&id=${task}`)).body.items
  expect(waiting).toMatchObject([
    { kind: 'tasks', by: { kind: 'system' } },
    { kind: 'task_comments', leaf: null, head: null },
  ])
  await world.seal()
  const { items } = (await ask(auditor, `GET /ledger/history?kind=tasks&id=${task}`)).body
  expect(items[1]).toMatchObject({
    by: { kind: 'member', name: 'Ana', tablet: 'Pass' },
    place: { id: at, name: 'Downtown' },
  })
  expect(items[1].head.size).toBeGreaterThan(items[1].leaf)
})

test('a history is proven to the browser that asks, and goes on from the head it kept', async () => {
  const first = (await ask(auditor, 'GET /ledger')).body
  await world.database.write(systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test'), (tx) =>
    tx.query(`update tasks set status = 'in_progress' where id = $1`, [task]),
  )
  await world.seal()
  const { body } = await ask(auditor, `GET /ledger/proof?kind=tasks&id=${task}&kept=${first.size}`)
  const checked = await checkRecord(nodeGround, body, first.head)
  expect(checked).toMatchObject({ wrong: [], isContinued: true, rows: 2 })
  expect(checked.events.map(({ event }) => [event.source, event.op])).toEqual([
    ['tasks', 'insert'],
    ['task_comments', 'insert'],
    ['tasks', 'update'],
  ])
  // Nobody but who may take out records gets their content.
  const proof = (await ask(reader, `GET /ledger/proof?kind=tasks&id=${task}`)).body
  expect(proof).toMatchObject({ rows: [], since: null })
  expect(await checkRecord(nodeGround, proof)).toMatchObject({ wrong: [], rows: 0, isContinued: false })

  const said = async (forged: object, kept?: string) =>
    (await checkRecord(nodeGround, { ...body, ...forged }, kept)).wrong[0]
  const [event, ...others] = body.events
  const [row] = body.rows
  expect(
    await said({ events: [{ ...event, body: event.body.replace('system:test', 'member:me') }, ...others] }),
  ).toMatch(/is not what was sealed/)
  expect(await said({ events: others.slice(-1).map((one: object) => ({ ...one, leaf: 0 })) })).toMatch(
    /is not what was sealed/,
  )
  expect(await said({ rows: [{ ...row, content: row.content.replace('Mop', 'Mob') }] })).toMatch(
    /changed beside the log/,
  )
  expect(await said({ rows: [{ ...row, content: null }] })).toMatch(/is missing/)
  expect(await said({ since: { size: first.size, proof: [] } }, first.head)).toMatch(/history was written anew/)
  expect(await said({ head: body.head.replace('\ntime 2', '\ntime 3') })).toMatch(/not signed by a key of this log/)
})

test('a record that someone changed or took out beside the log is told, with the next proof', async () => {
  const wrongNow = async () =>
    (await checkRecord(nodeGround, (await ask(auditor, `GET /ledger/proof?kind=tasks&id=${task}`)).body)).wrong
  const forge = (sql: string) =>
    world.admin.query(`begin; set local session_replication_role = replica; ${sql}; commit`)
  await forge(`update tasks set title = 'Forged' where id = '${task}'`)
  expect((await wrongNow())[0]).toMatch(/is not what the log says/)
  await forge(`update tasks set title = 'Mop' where id = '${task}'`)
  expect(await wrongNow()).toEqual([])
})

test('a stranger’s record is as one that is not there, and the wrong role is refused', async () => {
  for (const route of ['history', 'proof']) {
    const of = (id: string) => `GET /ledger/${route}?kind=tasks&id=${id}`
    const missing = await ask(stranger, of('01890a5d-ac96-774b-bcce-b302099a8041'))
    expect(missing.status).toBe(404)
    expect((await ask(stranger, of(task))).body).toMatchObject({ status: 404, code: missing.body.code })
    expect((await ask(elsewhere, of(task))).body).toMatchObject({ status: 404, code: missing.body.code })
    expect((await ask(cook, of(task))).status, route).toBe(403)
  }
  for (const route of ['GET /ledger', 'GET /ledger/export.jsonl.gz']) {
    expect((await ask(cook, route)).status, route).toBe(403)
  }
})

test('what is exported verifies without us', async () => {
  for (const [who, query] of [
    [auditor, ''],
    [auditor, '?kind=tasks'],
    [local, `?locationId=${world.tenant.locations[0]}`],
  ] as const) {
    const checked = await checkEvidence(nodeGround, await linesOf(who, query))
    expect(checked.wrong).toEqual([])
    expect(checked.records).toBeGreaterThan(0)
  }
})

test('a place that is not one’s own, or not there, is exported to nobody', async () => {
  const statusOf = async (who: Actor, locationId: string) =>
    (await ask(who, `GET /ledger/export.jsonl.gz?locationId=${locationId}`)).status
  expect(await statusOf(local, world.tenant.locations[1])).toBe(404)
  expect(await statusOf(auditor, other.locations[0])).toBe(404)
  expect(await statusOf(auditor, '01890a5d-ac96-774b-bcce-b302099a8041')).toBe(404)
  expect((await ask(local, 'GET /ledger/export.jsonl.gz')).status).toBe(403)
})

test('an export holds nothing that opens a door', async () => {
  const text = (await linesOf(auditor, '')).join('\n')
  expect(text).not.toMatch(/_hash\\":/)
})

test('the last head of a log is public by its name, and tells no content', async () => {
  const { body: state } = await ask(auditor, 'GET /ledger')
  expect(state).toMatchObject({ unsealed: 0, kinds: expect.arrayContaining(['tasks', 'temperature_logs']) })
  const { body: head } = await ask(stranger, `GET /ledger/head?logId=${state.logId}`)
  expect(head).toEqual({ logId: state.logId, head: state.head, keys: state.keys })
  expect((await ask(stranger, 'GET /ledger/head?logId=01890a5d-ac96-774b-bcce-b302099a8041')).status).toBe(404)
})

async function linesOf(who: Actor, query: string): Promise<string[]> {
  await ask(who, 'GET /ledger') // now the server knows who has this key
  const headers = { authorization: `Bearer ${who.id}` }
  const response = await fetch(`${served.origin}/ledger/export.jsonl.gz${query}`, { headers })
  return gunzipSync(Buffer.from(await response.arrayBuffer()))
    .toString('utf8')
    .split('\n')
}

async function tablet(locationId: string): Promise<string> {
  const [made] = await world.database.write(auditor, (tx) =>
    tx.query<{ id: string }>(
      `insert into kiosks (location_id, name, created_by) values ($1, 'Pass', $2) returning id`,
      [...[locationId, auditor.id]],
    ),
  )
  return made?.id ?? ''
}
