import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type KillableServer, killableServer } from './killable.ts'

// The real server with a real mail server, killed between noting whom it tells and telling them, and while it tells
// them. Every person has one notice of every matter; nobody gets a letter twice, and none is missing without a word.
const patience = { timeout: 60_000, interval: 20 }
const MANAGERS = 8
/** It is killed as so many letters have been taken. */
const KILLS_AT = [1, 5]

let server: KillableServer
let rows: ReturnType<typeof openPool>
let catcher: Awaited<ReturnType<typeof catchMail>>
let cookie = ''
/** What happens as the mail server takes a letter, before it says so. */
let onLetter: () => Promise<void> = async () => undefined

beforeAll(async () => {
  catcher = await catchMail({ onLetter: () => onLetter() })
  server = await killableServer({
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(catcher.port),
    SMTP_SECURITY: 'none',
    SMTP_FROM: 'ops@house.example',
  })
  rows = openPool(server.database.admin, 2)
  await server.launch()
  await foundKitchen()
}, 120_000)
afterAll(async () => {
  await server.kill()
  await catcher.close()
  await rows.end()
  await server.database.drop()
})

test('killed between noting whom it tells and telling them: after the restart each is told, once', async () => {
  const letGo = await holdSending()
  await lateTask('Sweep the walk-in')
  await vi.waitFor(async () => expect(await deliveries('queued')).toBe(MANAGERS), patience)
  await server.kill()
  await letGo()
  expect(catcher.letters).toEqual([])
  await server.launch()
  await vi.waitFor(() => expect(catcher.letters).toHaveLength(MANAGERS), patience)
  await vi.waitFor(async () => expect(await deliveries('sent')).toBe(MANAGERS), patience)
  await expectOneNoticeEach(1)
  expect(new Set(recipients()).size).toBe(MANAGERS)
}, 120_000)

test('killed over and over while it tells them: nobody twice, and only the letter in its hands is in doubt', async () => {
  catcher.letters.length = 0
  const killsAt = [...KILLS_AT]
  onLetter = async () => {
    if (killsAt[0] !== catcher.letters.length) return
    killsAt.shift()
    await server.kill()
  }
  await lateTask('Check the gaskets')
  for (let kills = 1; kills <= KILLS_AT.length; kills++) {
    await vi.waitFor(() => expect(killsAt).toHaveLength(KILLS_AT.length - kills), patience)
    await server.kill()
    await server.launch()
  }
  await vi.waitFor(async () => expect(await deliveries('sent')).toBe(2 * MANAGERS - KILLS_AT.length), patience)
  expect(recipients().sort()).toEqual([...new Set(recipients())].sort())
  expect(recipients()).toHaveLength(MANAGERS)
  // Whether those arrived, the product cannot know: it says so when no server can still be sending them.
  expect(await deliveries('sending')).toBe(KILLS_AT.length)
  await rows.query(`update notice_deliveries set due_at = now() where state = 'sending'`)
  await vi.waitFor(async () => expect(await deliveries('unknown')).toBe(KILLS_AT.length), patience)
  expect(await deliveries('sent')).toBe(2 * MANAGERS - KILLS_AT.length)
  expect(recipients()).toHaveLength(MANAGERS)
  await expectOneNoticeEach(2)
}, 180_000)

const recipients = () => catcher.letters.flatMap(({ to }) => to)

/** Nothing leaves before this is let go: the database makes whoever is about to send wait. */
async function holdSending(): Promise<() => Promise<void>> {
  const holder = await rows.connect()
  await holder.query('select pg_advisory_lock(1)')
  await rows.query(`
    create function public.held() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$;
    create trigger held before update on notice_deliveries for each row when (new.state = 'sending') execute function public.held()`)
  return async () => {
    // The killed server's statements still wait here, and nobody is there to commit them.
    await rows.query(`select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
    await rows.query('drop trigger held on notice_deliveries; drop function public.held()')
    await holder.query('select pg_advisory_unlock(1)')
    holder.release()
  }
}

async function deliveries(state: string): Promise<number> {
  const counted = await rows.query<{ n: number }>('select count(*)::int as n from notice_deliveries where state = $1', [
    state,
  ])
  return counted.rows[0]?.n ?? 0
}

/** As everybody sees it in their inbox. */
async function expectOneNoticeEach(matters: number) {
  const { body } = await ask('GET', '/matters')
  expect(body.items).toHaveLength(matters)
  for (const { told } of body.items) {
    expect(told.map(({ times }: { times: number }) => times)).toEqual(Array(MANAGERS).fill(1))
    expect(new Set(told.map(({ member }: { member: { id: string } }) => member.id)).size).toBe(MANAGERS)
  }
}

const lateTask = (title: string) =>
  rows.query(
    `insert into tasks (tenant_id, location_id, title, task_type, priority, cause_kind, cause_id, due_at, created_at)
     select tenant_id, id, $1, 'cleaning', 'urgent', 'test', gen_random_uuid(), now() - interval '1 minute', now() - interval '1 hour'
       from locations`,
    [title],
  )

/** A location with its managers, each of whom is told by letter at once. */
async function foundKitchen() {
  const founder = {
    organizationName: 'Crash',
    locationName: 'Main Street',
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
    timezone: 'America/Chicago',
    jurisdiction: 'us',
  }
  const founded = await ask('POST', '/first-run', founder)
  expect(founded.status).toBe(201)
  cookie = founded.cookie
  await rows.query(
    `with made as (
       insert into members (tenant_id, organization_id, name, email)
       select tenant_id, organization_id, 'Manager ' || n, 'manager' || n || '@example.com' from locations, generate_series(1, $1) n
       returning tenant_id, id)
     insert into role_grants (tenant_id, member_id, role, location_id)
     select m.tenant_id, m.id, 'org:manager', l.id from made m join locations l on l.tenant_id = m.tenant_id`,
    [MANAGERS],
  )
  const policy = {
    isOn: true,
    steps: [{ afterMinutes: 0, to: ['managers'], ways: ['email'] }],
    repeatMinutes: 1440,
    repeats: 0,
    holdMinutes: 60,
    quiet: null,
    breaksQuiet: true,
  }
  const set = { groupId: null, locationId: null, kind: 'task', severity: 'critical', policy, revision: 0 }
  const { status, body } = await ask('PUT', '/alert-policies', set)
  expect([status, body]).toMatchObject([200, { policy }])
}

async function ask(method: string, path: string, body?: object) {
  const headers = {
    origin: server.origin,
    ...(cookie ? { cookie } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const response = await fetch(`${server.origin}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
    body: (await response.json()) as any,
  }
}
