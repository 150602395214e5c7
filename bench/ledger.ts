import { checkEvidence } from '../platform/evidence-check.ts'
import { Edge, leafHash } from '../platform/merkle.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import { evidenceLines } from '../platform/server/ledger/export.ts'
import { ledgerKey, nodeGround } from '../platform/server/ledger/node-ground.ts'
import { sealAll } from '../platform/server/ledger/seal.ts'
import { installLedgerKey } from '../platform/server/ledger/store-keys.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, backendsOf, type Effort, measure, type Report, round, tableOf } from './lib.ts'

const COLUMNS = 'tenant_id, location_id, title, task_type, priority, cause_kind, cause_id'
const READINGS = 1000

/**
 * What it costs that every change is evidence: a task written bare, with the feed, and with feed and log, each in a transaction
 * of its own on the same columns and indexes; a thousand readings with and without; what a sealer gets through beside plain
 * hashing; and how fast an export is verified.
 */
export async function ledger(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 8)
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 8, prepared: true })
  const sealers = openPool(database.urls.sealer, 1)
  const key = ledgerKey(Buffer.alloc(32, 7))
  await installLedgerKey(database.urls.owner, key)
  const { admin } = chains
  const actors = chains.tenants.map((tenant) => ({ tenant, actor: anyoneOf(tenant, 'all') }))
  const of = (loop: number) => actors[loop % actors.length] as (typeof actors)[number]
  try {
    await admin.query(`set role opsflow_owner;
      create table bare_tasks (like tasks including all); select app.fence('bare_tasks');
      create table fed_tasks (like tasks including all); select app.fence('fed_tasks'); select app.feed('fed_tasks', 'fed');
      create table bare_readings (like temperature_logs including all); select app.fence('bare_readings'); reset role`)
    // The same references as the tables they stand for: LIKE leaves them out.
    const copies = [
      ['bare_tasks', 'tasks'],
      ['fed_tasks', 'tasks'],
      ['bare_readings', 'temperature_logs'],
    ]
    for (const [copy, original] of copies) {
      const { rows } = await admin.query<{ reference: string }>(
        `select pg_get_constraintdef(oid) as reference from pg_constraint where conrelid = $1::regclass and contype = 'f' and conparentid = 0`,
        [original],
      )
      for (const { reference } of rows) await admin.query(`alter table ${copy} add ${reference}`)
    }
    const writeTo = (table: string) => async (loop: number) => {
      const { tenant, actor } = of(loop)
      await product.write(actor, (tx) =>
        tx.query(
          `insert into ${table} (${COLUMNS}) values ((select app.tenant()), $1, 'Wipe', 'cleaning', 'medium', 'manual', uuidv7())`,
          [tenant.locationId],
        ),
      )
      return 1
    }
    const units: string[] = []
    for (const { tenant } of actors) units.push(String((await chains.factory.plant(tenant, 'public.units')).id))
    let at = 0
    const readTo = (table: string) => async (loop: number) => {
      const { tenant, actor } = of(loop)
      at += READINGS
      await product.write(actor, (tx) =>
        tx.query(
          `insert into ${table} (tenant_id, location_id, unit_id, measured_at, source, value_text, value_unit, value_milli)
           select (select app.tenant()), $1, $2, now() - make_interval(secs => ($3::int + n) % 5000000), 'sensor', '38.0', 'F', 38000
             from generate_series(1, ${READINGS}) n`,
          [tenant.locationId, units[loop % units.length], at],
        ),
      )
      return 1
    }
    const writes = await measure(
      [
        { name: 'a task, bare', work: writeTo('bare_tasks') },
        { name: 'with the feed', work: writeTo('fed_tasks') },
        { name: 'with feed and evidence', work: writeTo('tasks') },
      ],
      effort,
      backendsOf(admin),
    )
    const batches = await measure(
      [
        { name: '1,000 readings, bare', work: readTo('bare_readings') },
        { name: '1,000 readings with evidence', work: readTo('temperature_logs') },
      ],
      { ...effort, loops: 2 },
      backendsOf(admin),
    )

    await sealAll({ pool: sealers, key, log: { error: () => undefined } })
    const leaves = effort.rounds === 1 ? 2_000 : 50_000
    const [first] = actors
    if (!first) throw new Error('no tenant')
    await product.write(first.actor, (tx) =>
      tx.query(
        `insert into tasks (${COLUMNS}) select (select app.tenant()), $1, 'Wipe ' || n, 'cleaning', 'medium', 'manual', uuidv7() from generate_series(1, ${leaves}) n`,
        [first.tenant.locationId],
      ),
    )
    const plain = clocked(() => {
      const tree = new Edge(nodeGround.sha256)
      for (let n = 0; n < leaves; n++) tree.push(leafHash(nodeGround.sha256, nodeGround.utf8(`${n}`.padStart(160))))
    })
    const from = performance.now()
    const sealed = await sealAll({ pool: sealers, key, log: { error: () => undefined } })
    const sealing = performance.now() - from
    if (sealed !== leaves) throw new Error(`${sealed} sealed of ${leaves}`)
    const lines = await product.read(first.actor, async (tx) => {
      const all: string[] = []
      for await (const line of evidenceLines(tx, { source: 'tasks', locationId: null })) all.push(line)
      return all
    })
    const begun = performance.now()
    const checked = await checkEvidence(nodeGround, lines)
    const verifying = performance.now() - begun
    if (checked.wrong.length > 0) throw new Error(checked.wrong[0])
    const rate = (n: number, millis: number) => Math.round((n / millis) * 1000)
    return {
      title: 'What evidence costs',
      table: [
        ...tableOf(writes),
        ...tableOf(batches),
        { mode: 'leaves hashed, nothing else', 'ops/s': rate(leaves, plain) },
        { mode: 'leaves sealed', 'ops/s': rate(leaves, sealing), 'rate ×': round(plain / sealing, 3) },
        { mode: 'records verified', 'ops/s': rate(checked.records, verifying) },
      ],
      findings: [
        atLeast('write with feed and evidence by the bare insert', 0.5, writes[2]?.rate ?? 0, '×'),
        atLeast('1,000 readings with evidence by without', 0.5, batches[1]?.rate ?? 0, '×'),
        atLeast('leaves sealed a second', 2_000, rate(leaves, sealing)),
        atLeast('records verified a second', 10_000, rate(checked.records, verifying)),
      ],
    }
  } finally {
    await Promise.all([product.close(), sealers.end()])
    await chains.close()
  }
}

function clocked(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}
