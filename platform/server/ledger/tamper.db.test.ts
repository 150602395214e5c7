import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '../../actor.ts'
import type { Checked } from '../../evidence-check.ts'
import { Edge } from '../../merkle.ts'
import { headText } from '../../signed-note.ts'
import { contextSigner } from '../context.ts'
import { proven } from '../proven.for-tests.ts'
import type { ReadTx } from '../tenant.ts'
import { evidenceLines } from './export.ts'
import { type LedgerWorld, ledgerWorld } from './ledger.for-tests.ts'
import { type LedgerKey, ledgerKey, nodeGround, vouchedFor } from './node-ground.ts'

/**
 * A superuser of the database, for whom no fence, grant or trigger holds, does what a forger would. Each time an export is
 * made anew and the verifier runs on it as a process of its own, with the head and the key that the tenant kept. What was
 * done is rolled back before the next.
 */
const LONG = Boolean(process.env.LONG_TESTS)
const ROWS = LONG ? 100_000 : 2_000
const BATCH = 500

let world: LedgerWorld
let folder: string
let kept: { head: string; key: string; export: string }
let target: { task: string; another: string; reading: string; month: string; leaf: number; size: number }
const outcomes: { what: string; planted: number; found: number; said: string }[] = []

beforeAll(async () => {
  world = await ledgerWorld()
  folder = mkdtempSync(join(tmpdir(), 'opsflow-tamper-'))
  await fill()
  await world.seal()
  const early = join(folder, 'early.jsonl')
  await writeExport(early)
  await world.database.write(actor(), (tx) =>
    tx.query(`update tasks set status = 'in_progress' where id in (select id from tasks order by id limit 50)`),
  )
  await world.seal()
  const { rows } = await world.admin.query<{ note: string }>('select note from ledger_heads order by size desc limit 1')
  kept = { head: join(folder, 'kept-head'), key: world.key.verifier.text, export: early }
  writeFileSync(kept.head, rows[0]?.note ?? '')
  target = await chosen()
}, 1_800_000)
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => world.admin.query('begin'))
afterEach(() => world.admin.query('rollback'))

const actor = () => systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test')

/** Half tasks, half readings. */
async function fill() {
  const [place] = world.tenant.locations
  for (let made = 0; made < ROWS / 2; made += BATCH) {
    await world.database.write(actor(), (tx) =>
      tx.query(
        `insert into tasks (tenant_id, location_id, title, task_type, priority, cause_kind, cause_id)
         select (select app.tenant()), $1, 'Task ' || n, 'cleaning', 'medium', 'manual', uuidv7() from generate_series(1, $2::int) n`,
        [place, BATCH],
      ),
    )
  }
  const [unit] = await world.database.write(actor(), (tx) =>
    tx.query<{ id: string }>(
      `insert into units (location_id, name, kind) values ($1, 'Walk-in', 'walk_in_cooler') returning id`,
      [place],
    ),
  )
  for (let made = 0; made < ROWS / 2; made += BATCH) {
    await world.database.write(actor(), (tx) =>
      tx.query(
        `insert into temperature_logs (tenant_id, location_id, unit_id, measured_at, source, value_text, value_unit, value_milli)
         select (select app.tenant()), $1, $2, now() - make_interval(secs => $3 + n), 'typed', '38.0', 'F', 38000 from generate_series(1, $4::int) n`,
        [place, unit?.id, made, BATCH],
      ),
    )
  }
}

async function chosen() {
  const one = async (sql: string) => (await world.admin.query(sql)).rows[0]
  const { id: task } = await one('select id from tasks order by id offset 100 limit 1')
  const { id: another } = await one('select id from tasks order by id offset 200 limit 1')
  const { id: reading } = await one('select id from temperature_logs order by id offset 300 limit 1')
  const { leaf, size } = await one(
    `select leaf::int, (select max(leaf)::int + 1 from ledger_events) as size from ledger_events where row_key = '${task}' order by leaf limit 1`,
  )
  const { month } = await one(`select tableoid::regclass::text as month from temperature_logs where id = '${reading}'`)
  return { task, another, reading, month, leaf, size }
}

/** As the product would make it, in the forger's transaction. */
async function writeExport(file: string) {
  const { context, seal } = contextSigner(world.test.contextKey)(actor())
  await world.admin.query(`select set_config('app.context', $1, false), set_config('app.seal', $2, false)`, [
    context,
    seal,
  ])
  const tx: ReadTx = {
    actor: actor(),
    query: async <Row>(sql: string, params?: readonly unknown[]) =>
      (await world.admin.query(sql, [...(params ?? [])])).rows as Row[],
  }
  const lines: string[] = []
  for await (const line of evidenceLines(tx, { source: null, locationId: null })) lines.push(line)
  writeFileSync(file, lines.join(''))
}

const VERIFIER = fileURLToPath(new URL('../../../verify/opsflow-verify.mjs', import.meta.url))

function verified(file: string, withKept = true): Checked {
  const known = withKept ? ['--head', kept.head, '--key', kept.key] : []
  const { stdout, stderr } = spawnSync(process.execPath, [VERIFIER, file, '--json', ...known], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function freshlyVerified(withKept = true): Promise<Checked> {
  const file = join(folder, 'export.jsonl')
  await writeExport(file)
  return verified(file, withKept)
}

const silently = (sql: string) => async () => {
  await world.admin.query(`set local session_replication_role = replica`)
  await world.admin.query(sql)
  await world.admin.query(`set local session_replication_role = origin`)
}
const openly = (sql: string) => async () => void (await world.admin.query(sql))

/** The whole tree again over what now stands in the log, and one head over it, signed by whatever key the forger has. */
async function treeAnew(by: LedgerKey) {
  const { admin } = world
  await admin.query(`update ledger_events set leaf_hash = sha256('\\x00'::bytea || app.ledger_leaf(source, location_id,
                       app.ledger_body(id, row_key, op, form, before, after, actor, said, at, rows)))`)
  const { rows } = await admin.query<{ hash: Buffer }>('select leaf_hash as hash from ledger_events order by leaf')
  const edge = new Edge(nodeGround.sha256)
  for (const { hash } of rows) edge.push(hash)
  const { rows: logs } = await admin.query<{ id: string }>('select log_id as id from ledger_logs')
  const at = '2099-01-01T00:00:00.000000Z'
  const text = headText({ origin: `opsflow/${logs[0]?.id}`, size: edge.size, root: edge.root(), at, previous: '-' })
  await admin.query('delete from ledger_heads')
  await admin.query('insert into ledger_heads (tenant_id, size, at, note) values ($1, $2, $3, $4)', [
    ...[world.tenant.tenantId, edge.size, at, by.sign(text)],
  ])
  await admin.query('update ledger_logs set size = $1', [edge.size])
}

const FORGED_ROW = () => `
  update tasks set title = 'Forged' where id = '${target.task}';
  update ledger_events e set after = sha256(e.nonce || convert_to(${CONTENT}, 'UTF8'))
    from tasks t where t.id = '${target.task}' and e.row_key = t.id::text
     and e.leaf = (select max(leaf) from ledger_events where row_key = t.id::text)`
let CONTENT = ''

const forger = ledgerKey(Buffer.alloc(32, 9))

const TRIALS: { what: string; forge: () => Promise<void> }[] = [
  { what: 'record changed', forge: () => silently(`update tasks set title = 'Forged' where id = '${target.task}'`)() },
  { what: 'record deleted', forge: () => silently(`delete from tasks where id = '${target.task}'`)() },
  {
    what: 'record inserted',
    forge: () =>
      silently(`insert into tasks (tenant_id, location_id, title, task_type, priority, cause_kind, cause_id)
        select tenant_id, location_id, 'Never asked', task_type, priority, cause_kind, uuidv7() from tasks where id = '${target.task}'`)(),
  },
  {
    what: 'record back-dated',
    forge: () => silently(`update tasks set created_at = created_at - interval '1 day' where id = '${target.task}'`)(),
  },
  {
    what: 'two records swapped',
    forge: () =>
      silently(`update tasks t set title = o.title from tasks o
        where (t.id, o.id) in (('${target.task}', '${target.another}'), ('${target.another}', '${target.task}'))`)(),
  },
  { what: 'record table emptied', forge: () => openly('truncate tasks cascade')() },
  {
    what: 'reading changed',
    forge: () => silently(`update temperature_logs set value_milli = 37000 where id = '${target.reading}'`)(),
  },
  { what: 'reading deleted', forge: () => silently(`delete from temperature_logs where id = '${target.reading}'`)() },
  {
    what: 'reading inserted',
    forge: () =>
      silently(`insert into temperature_logs (tenant_id, location_id, unit_id, measured_at, source, value_text, value_unit, value_milli)
        select tenant_id, location_id, unit_id, measured_at, source, '36.0', 'F', 36000 from temperature_logs where id = '${target.reading}'`)(),
  },
  {
    what: 'reading back-dated',
    forge: () =>
      silently(
        `update temperature_logs set measured_at = measured_at - interval '1 minute' where id = '${target.reading}'`,
      )(),
  },
  {
    what: 'month of readings dropped, with nothing that says so',
    forge: () => openly(`drop table ${target.month} cascade`)(),
  },
  {
    what: 'what proves a record forgotten, with nothing that says so, and the record changed',
    forge: () =>
      silently(
        `update ledger_events set nonce = null where row_key = '${target.task}'; update tasks set title = 'Forged' where id = '${target.task}'`,
      )(),
  },
  {
    what: 'what proves readings forgotten, with nothing that says so',
    forge: () => silently(`update ledger_events set nonce = null where source = 'temperature_logs'`)(),
  },
  { what: 'readings emptied', forge: () => openly('truncate temperature_logs cascade')() },
  {
    what: 'record changed with its triggers on',
    forge: () => openly(`update tasks set title = 'Forged' where id = '${target.task}'`)(),
  },
  {
    what: 'triggers off while a record is changed, then on',
    forge: () =>
      openly(`alter table tasks disable trigger user; update tasks set title = 'Forged' where id = '${target.task}'; alter table tasks enable trigger user;
        update tasks set title = 'Forged again' where id = '${target.task}'`)(),
  },
  {
    what: 'line of the log changed',
    forge: () => openly(`update ledger_events set actor = 'member:someone' where leaf = ${target.leaf}`)(),
  },
  {
    what: 'line of the log back-dated',
    forge: () => openly(`update ledger_events set at = at - interval '1 day' where leaf = ${target.leaf}`)(),
  },
  { what: 'line of the log deleted', forge: () => openly(`delete from ledger_events where leaf = ${target.leaf}`)() },
  {
    what: 'line of the log deleted, the others moved up',
    forge: () =>
      openly(`delete from ledger_events where leaf = ${target.leaf}; update ledger_events set leaf = leaf + 1000000 where leaf > ${target.leaf};
        update ledger_events set leaf = leaf - 1000001 where leaf > 1000000; update ledger_logs set size = size - 1`)(),
  },
  {
    what: 'line added to the log',
    forge: () =>
      openly(`insert into ledger_events select tenant_id, ${target.size}, uuidv7(), location_id, source, uuidv7()::text, op, form, before, after, actor, said, at, nonce, rows, leaf_hash
        from ledger_events where leaf = ${target.leaf}; update ledger_logs set size = size + 1`)(),
  },
  {
    what: 'two lines of the log swapped',
    forge: () =>
      openly(`update ledger_events set leaf = -1 + 10000000 where leaf = ${target.leaf}; update ledger_events set leaf = ${target.leaf} where leaf = ${target.leaf + 1};
        update ledger_events set leaf = ${target.leaf + 1} where leaf = 9999999`)(),
  },
  { what: 'log emptied', forge: () => openly('truncate ledger_events')() },
  {
    what: 'log cut back to an earlier head, records with it',
    forge: () =>
      silently(`update tasks set status = 'todo' where status = 'in_progress';
        delete from ledger_events where leaf >= (select min(size) from ledger_heads where size > ${target.leaf});
        delete from ledger_heads where size > (select min(size) from ledger_heads where size > ${target.leaf});
        update ledger_logs set size = (select max(size) from ledger_heads)`)(),
  },
  { what: 'record and its line of the log changed to fit', forge: () => silently(FORGED_ROW())() },
  {
    what: 'record, line, tree and head changed to fit, without the key',
    forge: async () => {
      await silently(FORGED_ROW())()
      await treeAnew(forger)
    },
  },
  {
    what: 'the same, and the key replaced by another',
    forge: async () => {
      await silently(FORGED_ROW())()
      await treeAnew(forger)
      await world.admin.query('update ledger_keys set verifier = $1, statement = $2', [
        ...[forger.verifier.text, vouchedFor(forger, forger, '2020-01-01T00:00:00.000000Z')],
      ])
    },
  },
  {
    what: 'the same with the stolen signing key, against a kept head',
    forge: async () => {
      await silently(FORGED_ROW())()
      await treeAnew(world.key)
    },
  },
]

test('what nobody touched verifies', async () => {
  const { rows } = await world.admin.query<{ content: string }>(
    `select content from ledger_forms where source = 'tasks' order by form desc limit 1`,
  )
  CONTENT = rows[0]?.content ?? ''
  const checked = await freshlyVerified()
  expect(checked.wrong).toEqual([])
  expect(checked.keptHeads).toBe(1)
  expect(checked.records + checked.rows).toBeGreaterThanOrEqual(ROWS)
}, 600_000)

test.each(TRIALS)(
  '$what',
  async ({ what, forge }) => {
    await forge()
    const { wrong } = await freshlyVerified()
    outcomes.push({ what, planted: 1, found: wrong.length > 0 ? 1 : 0, said: wrong[0]?.slice(0, 160) ?? '' })
    expect(wrong.length, what).toBeGreaterThan(0)
  },
  600_000,
)

test('an old export in place of a new one', () => {
  const { wrong } = verified(kept.export)
  outcomes.push({
    what: 'an old export given out again',
    planted: 1,
    found: wrong.length > 0 ? 1 : 0,
    said: wrong[0] ?? '',
  })
  expect(wrong[0]).toMatch(/it is an older one, or changes were taken out/)
})

test('what cannot be found: what was not sealed yet, and whoever holds the key where nobody kept a head', async () => {
  const unseen: string[] = []
  await world.database.write(actor(), (tx) =>
    tx.query(
      `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id) values ($1, 'Fresh', 'cleaning', 'medium', 'manual', uuidv7())`,
      [world.tenant.locations[0]],
    ),
  )
  await silently(`delete from ledger_unsealed; delete from tasks where title = 'Fresh'`)()
  if ((await freshlyVerified()).wrong.length === 0)
    unseen.push('a record and its line, in the seconds before it is sealed')
  await world.admin.query('rollback; begin')
  await silently(FORGED_ROW())()
  await treeAnew(world.key)
  await silently("delete from ledger_unsealed; delete from tasks where title = 'Fresh'")()
  if ((await freshlyVerified(false)).wrong.length === 0)
    unseen.push('history written anew with the signing key, where nobody kept a head')
  expect(unseen.length).toBe(2)
  const found = outcomes.reduce((sum, { found: one }) => sum + one, 0)
  proven('records', {
    title: 'Tampering by a superuser of the database',
    method:
      'Triggers, grants and row security do not hold a superuser. Each forgery is made in a transaction, an export is made anew in it, the verifier ' +
      'runs on it as a process of its own with a head and a key that were kept, and the forgery is rolled back. What is forged before it is sealed ' +
      '(at most ten seconds), and what the holder of the signing key writes anew where nobody kept a head, cannot be found; both were tried.',
    findings: [
      { what: 'records in the log', seen: String(ROWS) },
      { what: 'found of planted', goal: 'all', seen: `${found} of ${outcomes.length}`, met: found === outcomes.length },
      { what: 'cannot be found, as said', seen: unseen.join('; ') },
    ],
    table: outcomes,
  })
}, 600_000)
