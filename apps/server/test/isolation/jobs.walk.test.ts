import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import { auditImportRunner, resumeAuditImports } from '@opsflow/capabilities/imports/server'
import { ensureMonth, importRunner, monthsThrough, resumeImports } from '@opsflow/capabilities/temperature/server'
import { readConfig } from '@opsflow/platform/server/config'
import { openStorage } from '@opsflow/platform/server/files/open-storage'
import { openLog } from '@opsflow/platform/server/log'
import type { Job } from '@opsflow/platform/server/now-and-then'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Caller, Things } from '../kitchen.ts'
import { changedTables, type Digests, digestsOf } from './digest.ts'
import { openWorld, type World } from './world.ts'

/**
 * Every job the server starts: work is due for one tenant, then for the other, then for both. What is done must be the
 * work of whose it is, and not a row of anybody else may change. The jobs are those that the server itself registers;
 * here they run when they are told to.
 */
const started = vi.hoisted(() => new Map<string, Job['work']>())
vi.mock(import('@opsflow/platform/server/now-and-then'), () => ({
  nowAndThen({ name, work }: Job) {
    started.set(name, work)
    return { stop: async () => undefined }
  },
}))

type Whose = { tenantId: string; admin: Caller; things: Things }
/** `other` has the like, which is not due. */
type Due = (whose: Whose, other: Whose) => Promise<unknown>

let world: World
let ours: Whose
let theirs: Whose
const table: { job: string; 'changed for whose work was due': string; 'changed for anybody else': number }[] = []

const sql = (text: string, ...more: unknown[]) => world.rows.query(text, more)
const late = async ({ admin, things }: Whose): Promise<string> => {
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const body = { locationId: things.location, title: `Late ${randomUUID()}`, dueAt }
  const { id } = await admin.must('POST', '/tasks', { body })
  await sql(`update tasks set due_at = now() - interval '1 hour' where id = $1`, id)
  return id
}

/** How work of each job comes due for a tenant. */
const JOBS: Record<string, Due> = {
  'silence watch': ({ tenantId }) =>
    sql(`update sensor_states set silence_due_at = now() - interval '1 minute' where tenant_id = $1`, tenantId),
  'drift watch': ({ tenantId }) =>
    sql(`update unit_states set drift_due_at = now() - interval '1 minute' where tenant_id = $1`, tenantId),
  'checklist schedules': ({ tenantId }) =>
    sql('update checklist_schedules set changed_at = now() where tenant_id = $1', tenantId),
  alerts: late,
  'alerts delivery': ({ tenantId }) =>
    sql(
      `insert into notice_deliveries (tenant_id, location_id, matter_id, member_id, round, way, breaks_quiet, due_at)
       select m.tenant_id, m.location_id, m.id, p.id, $2, 'email', true, now() - interval '1 minute'
         from matters m join members p on p.tenant_id = m.tenant_id and p.user_id is not null where m.tenant_id = $1 limit 1`,
      ...[tenantId, 1000 + Math.floor(Math.random() * 1e6)],
    ),
  'haccp reviews': ({ tenantId }) =>
    sql('update haccp_plans set review_due = current_date, review_asked = null where tenant_id = $1', tenantId),
  'report mailings': ({ tenantId }) =>
    sql(`update report_mailings set due_at = now() - interval '1 minute' where tenant_id = $1`, tenantId),
  'evidence log': late,
  'file sweep': async (whose, other) => {
    for (const one of [whose, other]) await beginUpload(one)
    await sql(`update file_uploads set expires_at = now() - interval '1 minute' where tenant_id = $1`, whose.tenantId)
  },
  'picture sweep': async (whose, other) => {
    await leave(whose, '2 days')
    await leave(other, '1 hour')
  },
  'push sweep': async (whose, other) => {
    await subscribe(whose, 'gen_random_uuid()::text')
    for (const one of [whose, other])
      await subscribe(one, '(select id from auth.sessions s where s.user_id = m.user_id limit 1)')
  },
  'sync retire': async ({ admin, things }) => {
    const { id } = await admin.must('POST', '/tasks', { body: { locationId: things.location, title: 'Long over' } })
    await admin.must('PATCH', `/tasks/${id}`, { body: { status: 'completed' } })
    await sql(`update sync_changes set at = now() - interval '400 days' where entity_id = $1`, id)
  },
  'import sweep': async ({ admin }) => {
    const id = await anAuditImport(admin)
    await sql(`update audit_imports set state = 'previewed', created_at = now() - interval '8 days' where id = $1`, id)
  },
  resumeImports: async ({ admin, things }) => {
    const { import: one } = await admin.must('POST', `/imports?unitId=${things.unit}&fileName=b.csv`, {
      body: `time,temperature F\n2026-01-0${1 + Math.floor(Math.random() * 8)}T00:00:${10 + Math.floor(Math.random() * 49)}Z,140\n`,
      headers: { 'content-type': 'text/csv' },
    })
    const mapping = {
      time: { column: 0, timeOfDayColumn: null, format: 'iso' },
      ...{ temperature: { column: 1, unit: 'F' }, sensorColumn: null },
    }
    await sql(`update imports set state = 'running', mapping = $2 where id = $1`, one.id, JSON.stringify(mapping))
  },
  resumeAuditImports: async ({ admin }) => {
    const id = await anAuditImport(admin)
    await sql(`update audit_imports set state = 'reading' where id = $1`, id)
  },
}

async function beginUpload({ admin, things }: Whose) {
  const said = {
    ...{ id: randomUUID(), locationId: things.location, sha256: randomBytes(32).toString('hex') },
    ...{ capturedAt: new Date().toISOString(), capturedQuality: 'exact' },
  }
  const pairs = Object.entries(said).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': pairs.join(',') }
  await admin.must('POST', '/files/uploads', { headers })
}

const leave = ({ tenantId, things }: Whose, ago: string) =>
  sql(
    `insert into file_leavings (tenant_id, sha256, organization_id, left_at) values ($1, $2, $3, now() - $4::interval)`,
    ...[tenantId, randomBytes(32), things.organization, ago],
  )

const subscribe = ({ tenantId }: Whose, session: string) =>
  sql(
    `insert into push_subscriptions (tenant_id, member_id, session_id, endpoint, endpoint_hash, p256dh, auth_secret, vapid_key)
     select m.tenant_id, m.id, ${session}, 'https://push.example', $2, $3, $4, 'k'
       from members m where m.tenant_id = $1 and exists (select from auth.sessions s where s.user_id = m.user_id and s.expires_at > now()) limit 1
     on conflict do nothing`,
    ...[tenantId, randomBytes(32), randomBytes(65), randomBytes(16)],
  )

async function anAuditImport(admin: Caller): Promise<string> {
  const header = 'Inspection ID,DBA Name,License #,Address,Inspection Date,Inspection Type,Results,Violations'
  const row = `${randomUUID()},Diner,${randomUUID()},1 Main,01/02/2026,Canvass,Pass,3. HANDS`
  const { id } = await admin.must('POST', '/audit-imports?fileName=city.csv', {
    body: `${header}\n${row}\n`,
    headers: { 'content-type': 'application/octet-stream' },
  })
  const state = async () => (await admin.must('GET', `/audit-imports/${id}`)).state
  await expect.poll(state, { timeout: 60_000 }).toBe('previewed')
  return id
}

const MAIN = readFileSync(new URL('../../main.ts', import.meta.url), 'utf8')
/** What a start takes up that an end cut off. */
const resumed = [...MAIN.matchAll(/await (resume\w+)\(/g)].map(([, name]) => name as string)

beforeAll(async () => {
  world = await openWorld({ environment: { OPSFLOW_ROLES: 'api,ingest,worker' } })
  ours = { tenantId: world.ownTenant, admin: world.admin, things: world.own }
  theirs = { tenantId: world.foreignTenant, admin: world.theirAdmin, things: world.foreign }
  const log = openLog('silent')
  const { database, relayPool, whole } = world
  const config = readConfig({}, whole.folder)
  const files = filesOfEvidence({ storage: await openStorage(config), database, quotaBytes: config.fileQuotaBytes })
  const months = monthsThrough((day) => ensureMonth(relayPool, day))
  const imports = importRunner({ database, months }, log)
  const auditImports = auditImportRunner({ database, files }, log)
  started.set('resumeImports', async () => {
    await resumeImports(relayPool, imports)
    await imports.idle()
  })
  started.set('resumeAuditImports', async () => {
    await resumeAuditImports(relayPool, auditImports)
    await auditImports.idle()
  })
}, 300_000)
afterAll(() => world?.close())

test('every job the server starts, and whatever it takes up again, is tried here', () => {
  const found = [...new Set([...started.keys(), ...resumed])].sort()
  expect(
    found.filter((name) => !(name in JOBS)),
    'A new job. Say in JOBS of apps/server/test/isolation/jobs.walk.test.ts how its work comes due for a tenant; it must then do that tenant’s work and touch nobody else’s.',
  ).toEqual([])
  expect(
    Object.keys(JOBS).filter((name) => !found.includes(name)),
    'Listed, and not there any more',
  ).toEqual([])
})

const digests = async (): Promise<Record<'ours' | 'theirs', Digests>> => ({
  ours: await digestsOf(world.rows, [ours.tenantId]),
  theirs: await digestsOf(world.rows, [theirs.tenantId]),
})

test.each(Object.keys(JOBS))(
  '%s: does the work of whose it is, and changes nothing of anybody else',
  async (name) => {
    const run = started.get(name) as Job['work']
    const due = JOBS[name] as Due
    // What lies there from before is done first.
    for (let tries = 0; tries < 5; tries++) await run()
    const done = new Set<string>()
    let elsewhere = 0
    for (const [whose, other] of [
      ['ours', 'theirs'],
      ['theirs', 'ours'],
    ] as const) {
      await (whose === 'ours' ? due(ours, theirs) : due(theirs, ours))
      const before = await digests()
      await run()
      const after = await digests()
      const changed = changedTables(before[whose], after[whose])
      expect(changed.length, `${name} did nothing for whom it was due: mend JOBS in jobs.walk.test.ts`).toBeGreaterThan(
        0,
      )
      const foreign = changedTables(before[other], after[other])
      elsewhere += foreign.length
      expect(foreign, `${name}: work of one tenant changed these tables of another`).toEqual([])
      for (const table of changed) done.add(table.replace('public.', ''))
    }
    await due(ours, theirs)
    await due(theirs, ours)
    const before = await digests()
    await run()
    const after = await digests()
    for (const whose of ['ours', 'theirs'] as const)
      expect(changedTables(before[whose], after[whose]).length, `${name}: due for both`).toBeGreaterThan(0)
    table.push({
      job: name,
      'changed for whose work was due': [...done].join(', '),
      'changed for anybody else': elsewhere,
    })
  },
  120_000,
)

test('every job ran', () => {
  proven('isolation', {
    title: 'Jobs',
    method:
      'Every job that the server registers when it starts, and what a start takes up again: work is made due for one tenant, then for the other, then for both. A digest over every table of both is taken around it.',
    findings: [
      {
        what: 'jobs that did the work of whose it was and changed nothing of anybody else',
        goal: 'all',
        seen: `${table.length} of ${Object.keys(JOBS).length}`,
        met: table.length === Object.keys(JOBS).length,
      },
    ],
    table,
  })
  expect(table.length).toBe(Object.keys(JOBS).length)
})
