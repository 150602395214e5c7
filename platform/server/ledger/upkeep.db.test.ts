import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../actor.ts'
import type { Checked } from '../../evidence-check.ts'
import { checkRecord } from '../../record-check.ts'
import { type LedgerWorld, ledgerWorld } from './ledger.for-tests.ts'
import { nodeGround } from './node-ground.ts'
import { proofOf } from './prove.ts'
import { forgetRows, retireReadings } from './store-upkeep.ts'

let world: LedgerWorld
let folder: string

beforeAll(async () => {
  world = await ledgerWorld()
  folder = mkdtempSync(join(tmpdir(), 'opsflow-upkeep-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const actor = () => systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test')
const place = () => world.tenant.locations[0]
const write = <Row>(sql: string, params: unknown[] = []) =>
  world.database.write(actor(), (tx) => tx.query<Row>(sql, params))

const newTask = async (title: string) => {
  const [task] = await write<{ id: string }>(
    `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id) values ($1, $2, 'cleaning', 'medium', 'manual', uuidv7()) returning id`,
    [place(), title],
  )
  return task?.id ?? ''
}

const VERIFIER = fileURLToPath(new URL('../../../verify/opsflow-verify.mjs', import.meta.url))

/** By the verifier alone, as a process of its own. */
async function verified(scope: { since?: string } = {}): Promise<Checked> {
  const file = join(folder, 'export.jsonl')
  writeFileSync(file, (await world.export(scope)).join(''))
  const { stdout, stderr } = spawnSync(process.execPath, [VERIFIER, file, '--json'], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function forget(row: string) {
  const { rows } = await world.admin.query<{ logId: string }>(
    'select log_id as "logId" from ledger_logs where tenant_id = $1',
    [world.tenant.tenantId],
  )
  const [log] = rows
  const asked = { logId: log?.logId ?? '', source: 'tasks', rows: [row], why: 'Erasure asked for' }
  return (await forgetRows(world.test.urls.owner, asked))[0]?.lines
}

test('what is forgotten matches nothing any more, the tree holds, and what it changes to is proven again', {
  timeout: 120_000,
}, async () => {
  const [gone, kept] = [await newTask('Ring Ana at home'), await newTask('Mop')]
  await world.seal()
  await write(`update tasks set title = 'Erased' where id = $1`, [gone])
  expect(await forget(gone)).toBe(2)
  expect(await forget(gone)).toBe(0)
  const { rows: nonces } = await world.admin.query<{ id: string; n: number }>(
    `select row_key as id, count(nonce)::int as n from (select row_key, nonce from ledger_events union all select row_key, nonce from ledger_unsealed) e
      where row_key in ($1, $2) group by 1`,
    [gone, kept],
  )
  expect(Object.fromEntries(nonces.map(({ id, n }) => [id, n]))).toEqual({ [gone]: 0, [kept]: 1 })

  for (const isSealed of [false, true]) {
    if (isSealed) await world.seal()
    const { wrong, notes } = await verified()
    expect(wrong).toEqual([])
    expect(notes.join()).toMatch(/1 records were forgotten on request/)
  }
  const later = new Date().toISOString()
  await write(`update tasks set status = 'in_progress' where id = $1`, [gone])
  await world.seal()
  expect((await verified()).wrong).toEqual([])
  expect((await verified()).notes.join()).not.toMatch(/forgotten on request/) // it has a nonce again
  expect((await verified({ since: later })).wrong).toEqual([])

  const silently = (sql: string) =>
    world.admin.query(`begin; set local session_replication_role = replica; ${sql}; commit`)
  await silently(`update tasks set title = 'Forged' where id = '${gone}'`)
  expect((await verified()).wrong[0]).toMatch(new RegExp(`tasks ${gone} is not what the log says`))
  await silently(`update tasks set title = 'Erased' where id = '${gone}'`)
})

test('one record’s proof says that it was forgotten; that a nonce went without a word is found', async () => {
  const id = await newTask('Ring Bo')
  await world.seal()
  await forget(id)
  await world.seal()
  const proof = async () => {
    const { rows } = await world.admin.query<{ leaf: number }>(
      'select leaf::int as leaf from ledger_events where row_key = $1 order by leaf',
      [id],
    )
    const leaves = rows.map(({ leaf }) => leaf)
    const shown = await world.database.read(actor(), (tx) => proofOf(tx, { leaves, showsRowsAt: () => true }))
    if (!shown) throw new Error('nothing is sealed')
    return shown
  }
  expect(await checkRecord(nodeGround, await proof())).toMatchObject({ wrong: [], forgotten: 1, rows: 0 })
  const { events, ...rest } = await proof()
  const withoutWord = { ...rest, events: events.slice(0, 1) }
  expect((await checkRecord(nodeGround, withoutWord)).wrong[0]).toMatch(/nothing says that it was forgotten/)
})

test('nobody but the owner can forget, and a log that is not there is said', async () => {
  const ask = `select app.ledger_forget(gen_random_uuid(), 'tasks', 'x', 'y')`
  await expect(write(ask)).rejects.toThrow('permission denied')
  await expect(world.sealers.query(ask)).rejects.toThrow('permission denied')
  await expect(write(`select app.retire_readings('2020-01-01', 'y')`)).rejects.toThrow('permission denied')
  await expect(
    forgetRows(world.test.urls.owner, {
      ...{ logId: '01890a5d-ac96-774b-bcce-b302099a8041', source: 'tasks', rows: ['x'], why: 'y' },
    }),
  ).rejects.toThrow('there is no log')
})

test('a month that retention removed is told with its day and rows; rows that are missing besides are found', {
  timeout: 120_000,
}, async () => {
  const [unit] = await write<{ id: string }>(
    `insert into units (location_id, name, kind) values ($1, 'Walk-in', 'walk_in_cooler') returning id`,
    [place()],
  )
  const read = (from: string, rows: number) =>
    write(
      `insert into temperature_logs (location_id, unit_id, measured_at, source, value_text, value_unit, value_milli)
       select $1, $2, $3::timestamptz + make_interval(mins => n), 'sensor', '38.0', 'F', 38000 from generate_series(1, $4::int) n`,
      [place(), unit?.id, from, rows],
    )
  for (const month of ['2024-01-01', '2024-02-01']) await world.admin.query('select app.ensure_month($1)', [month])
  await read('2024-01-10T00:00Z', 1_200)
  await read('2024-01-31T23:55Z', 10) // a batch on both sides of the month's end: minutes 56 to 59 of January, six of February
  await read('2024-02-10T00:00Z', 30)
  await world.seal()
  await expect(retireReadings(world.test.urls.owner, new Date().toISOString().slice(0, 7), 'test')).rejects.toThrow(
    'in use',
  )
  expect(await retireReadings(world.test.urls.owner, '2024-01', 'test')).toBe(1_204)
  expect(await retireReadings(world.test.urls.owner, '2024-01', 'test')).toBe(0)
  await world.seal()
  const { wrong, notes } = await verified()
  expect(wrong).toEqual([])
  const today = new Date().toISOString().slice(0, 10)
  expect(notes).toContain(`On ${today} retention removed readings (temperature_logs): 1204 rows, as the log says.`)
  expect(notes.join()).toMatch(/6 readings came together with some that retention removed/)

  await world.admin.query('drop table temperature_logs_202402 cascade')
  const found = (await verified()).wrong
  expect(found[0]).toMatch(/temperature_logs [0-9a-f-]{36}, recorded at .* is missing/)
})
