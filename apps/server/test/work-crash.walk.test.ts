import { randomUUID } from 'node:crypto'
import { checklistMutators } from '@opsflow/capabilities/checklists'
import { findingMutators } from '@opsflow/capabilities/findings'
import { processMutators } from '@opsflow/capabilities/processes'
import { Unreachable } from '@opsflow/platform/client/problem'
import { type OpenReplica, openReplica } from '@opsflow/platform/client/sync/open-replica'
import { sqliteDatabase } from '@opsflow/platform/client/sync/sqlite-database.for-tests'
import { openSqliteStore } from '@opsflow/platform/client/sync/store-sqlite'
import { apiTransport } from '@opsflow/platform/client/sync/transport'
import { openPool } from '@opsflow/platform/server/tenant'
import type { Row } from '@opsflow/platform/sync'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { audited } from './asked.ts'
import { type KillableServer, killableServer } from './killable.ts'
import { Caller } from './kitchen.ts'

// The real server, killed in the middle of the transaction that takes in what a device did: nothing of it is there then,
// and after the restart all of it is, once, as the device showed it.
const patience = { timeout: 60_000, interval: 20 }

let server: KillableServer
let rows: ReturnType<typeof openPool>
let ada: Caller
let locationId: string
let device: OpenReplica
/** What is done waits for the next sync. */
let isCut = false

beforeAll(async () => {
  server = await killableServer()
  rows = openPool(server.database.admin, 3)
  await server.launch()
  const email = 'ada@example.com'
  const password = 'correct horse battery staple'
  const place = { organizationName: 'Crash', locationName: 'Main Street', timezone: 'America/Chicago' }
  await new Caller(server.origin).must('POST', '/first-run', { body: { ...place, name: 'Ada', email, password } })
  ada = await new Caller(server.origin).signedIn(email, password)
  const { locations, member } = await ada.must('GET', '/session')
  locationId = locations[0].id
  device = await openReplica({
    name: 'crash',
    owner: { kind: 'member', id: member.id, name: member.name },
    mutators: [checklistMutators, findingMutators, processMutators].flatMap((all) => Object.values(all)),
    store: await openSqliteStore(sqliteDatabase(':memory:')),
    transport: apiTransport(call as never),
    later: () => () => undefined,
    tabs: () => ({ alone: (work) => work(), tell: () => undefined, close: () => undefined }),
  })
  await device.sync()
}, 120_000)
afterAll(async () => {
  await server.kill()
  await rows.end()
  await server.database.drop()
})

test.each([1, 3, 5])(
  'a food process, killed at its step %i of five',
  async (step) => {
    const id = randomUUID()
    isCut = true
    const reading = (value: string) => ({ id: randomUUID(), value, unit: 'F' as const })
    const plan = { kind: 'cooling', from: 'hot' } as const
    await device.mutate(processMutators.start, { id, locationId, plan, product: 'Chili', reading: reading('150') })
    await device.mutate(processMutators.read, { processId: id, ...reading('120') })
    await device.mutate(processMutators.read, { processId: id, ...reading('68') })
    await device.mutate(processMutators.read, { processId: id, ...reading('40') })
    await device.mutate(processMutators.finish, {
      processId: id,
      id: randomUUID(),
      disposition: 'discarded',
      note: 'Left out.',
    })
    const foreseen = device.row<Row & { state: string }>('process', id)
    await killedAt('process_steps', `process_id = '${id}'`, step)
    expect(await count('processes', `id = '${id}'`)).toBe(0)
    await device.sync()
    expect(device.status).toMatchObject({ unsent: 0, needsAttention: 0 })
    expect(await count('process_steps', `process_id = '${id}'`)).toBe(5)
    const { state, steps } = await ada.must('GET', `/processes/${id}`)
    expect([state, steps.length]).toEqual([foreseen?.state, 5])
    expect(device.row('process', id)).toMatchObject({ state })
  },
  60_000,
)

test('an audit and its finding, killed as it is found, and as it is put right', async () => {
  const made = { name: 'Kitchen audit', draft: audited }
  const { id: templateId } = await ada.must('POST', '/checklist-templates', { body: made })
  await ada.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const checklistId = randomUUID()
  await ada.must('POST', '/checklists', { body: { id: checklistId, templateId, locationId } })
  await device.sync()
  const itemId = audited.sections[0]?.items[0]?.id ?? ''
  isCut = true
  const value = { kind: 'pass_fail', passes: false } as const
  await device.mutate(checklistMutators.answer, { id: randomUUID(), checklistId, itemId, value })
  await device.mutate(checklistMutators.complete, { checklistId })
  await killedAt('findings', 'true', 1)
  expect(await count('checklist_answers', 'true')).toBe(0)
  await device.sync()
  expect(device.status).toMatchObject({ unsent: 0, needsAttention: 0 })
  expect([await count('findings', 'true'), await count('audits', 'true')]).toEqual([1, 1])

  isCut = true
  const [finding] = device.rows<Row & { id: string }>('finding')
  const fix = { findingId: finding?.id ?? '', stepId: randomUUID(), note: 'Traps set.', cause: 'other' } as const
  await device.mutate(findingMutators.fix, fix)
  await killedAt('finding_steps', `step = 'fixed'`, 1)
  expect(await count('finding_steps', `step = 'fixed'`)).toBe(0)
  await device.sync()
  expect(device.status).toMatchObject({ unsent: 0, needsAttention: 0 })
  expect(await count('finding_steps', `step = 'fixed'`)).toBe(1)
  expect(await ada.must('GET', `/findings/${finding?.id}`)).toMatchObject({ state: 'fixed' })
}, 60_000)

test('a link for an inspector, killed as it is given: asked for again with the same key it is given once', async () => {
  const body = { locationId, from: '2026-01-01', to: '2026-01-31', givenTo: 'Officer Lee' }
  const give = () => ada.ask('POST', '/inspector-links', { body, headers: { 'idempotency-key': 'the-same-link' } })
  await killedAt('inspector_links', 'true', 1, () => give().catch(() => undefined))
  expect(await count('inspector_links', 'true')).toBe(0)
  const [first, again] = [await give(), await give()]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body.id).toBe(first.body.id)
  expect(await count('inspector_links', 'true')).toBe(1)
}, 60_000)

/** The server is killed while its transaction holds `nth - 1` of these rows and is about to write the next; then started again. */
async function killedAt(table: string, which: string, nth: number, work: () => Promise<unknown> = () => device.sync()) {
  const holder = await rows.connect()
  await holder.query('select pg_advisory_lock(1)')
  await rows.query(`
    create function public.held() returns trigger language plpgsql as $$ begin
      if (select count(*) from ${table} where ${which}) >= ${nth - 1} then perform pg_advisory_xact_lock_shared(1); end if;
      return new;
    end $$;
    create trigger held before insert on ${table} for each row execute function public.held()`)
  isCut = false
  const done = work()
  const waiting = `from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`
  await vi.waitFor(async () => expect((await rows.query(`select ${waiting}`)).rowCount).toBe(1), patience)
  await server.kill()
  await done
  // The killed server's statement still waits here, and nobody is there to commit it.
  await rows.query(`select pg_terminate_backend(pid, 10000) ${waiting}`)
  await rows.query(`drop trigger held on ${table}; drop function public.held()`)
  await holder.query('select pg_advisory_unlock(1)')
  holder.release()
  await server.launch()
}

const count = async (table: string, which: string): Promise<number> =>
  (await rows.query<{ n: number }>(`select count(*)::int as n from ${table} where ${which}`)).rows[0]?.n ?? 0

async function call(key: string, { body }: { body: unknown }) {
  if (isCut) throw new Unreachable('No network.')
  const [method = '', path = ''] = key.split(' ')
  const told = await ada.ask(method, path, { body }).catch((cause: unknown) => {
    throw new Unreachable('Nobody answers.', { cause })
  })
  if (told.status !== 200) throw new Error(`${key}: ${told.status} ${told.text}`)
  return told.body
}
