import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { receive } from '../capabilities/imports/server/receive.ts'
import { workOn } from '../capabilities/imports/server/run-import.ts'
import { insertChunk, insertImport, storeReceived } from '../capabilities/imports/server/store-imports.ts'
import { systemActor } from '../platform/actor.ts'
import { folderStorage } from '../platform/server/files/folder-storage.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, type Effort, type Report, round } from './lib.ts'

const BATCH = 1000
const PLACES = 50

/**
 * A file of inspections, each with a violation: looked through, then imported, against a raw insert of the same rows in
 * batches of the same size into tables of the same shape, as the superuser, in the same run.
 */
export async function auditImport(database: TestDatabase, { rounds }: Effort): Promise<Report> {
  const rows = rounds === 1 ? 3000 : 100_000
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const bare = openPool(database.admin, 1)
  const system = systemActor(tenant.tenantId, tenant.organizationId, 'bench')
  try {
    const id = randomUUID()
    const files = { storage: folderStorage(tmpdir()), quotaBytes: 0 } // a CSV has no photos
    const received = await seconds(async () => {
      await product.write(system, (tx) => insertImport(tx, { id, fileName: 'city.csv', by: null }))
      const got = await receive(fileOf(rows), (n, bytes) =>
        product.write(system, async (tx) => void (await insertChunk(tx, id, n, bytes))),
      )
      await product.write(system, (tx) => storeReceived(tx, id, got))
    })
    const heapBefore = process.memoryUsage().rss
    const looked = await seconds(() => workOn({ database: product, files }, system, id))
    await bare.query('update audit_import_places set located_id = $2 where import_id = $1', [id, tenant.locationId])
    await bare.query(`update audit_imports set state = 'running' where id = $1`, [id])
    let peak = 0
    const afterBatch = () => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }
    const imported = await seconds(() => workOn({ database: product, files, afterBatch }, system, id))
    const { rows: told } = await bare.query('select state, rows_accepted from audit_imports where id = $1', [id])
    if (told[0]?.state !== 'done' || told[0].rows_accepted !== rows) throw new Error(JSON.stringify(told))
    const raw = await rawInsert(bare, id, rows)
    const rate = (took: number) => round(rows / took, 0)
    return {
      title: `Import of ${rows} inspections from a file`,
      table: [
        { mode: 'the raw insert of the same rows', 'rows/s': rate(raw), seconds: round(raw, 1) },
        { mode: 'arriving', 'rows/s': rate(received), seconds: round(received, 1) },
        { mode: 'looked through', 'rows/s': rate(looked), seconds: round(looked, 1) },
        { mode: 'imported', 'rows/s': rate(imported), seconds: round(imported, 1) },
      ],
      findings: [
        atLeast('imported by the raw insert', 0.25, raw / imported, '×'),
        atMost('memory over what it was before', 150, (peak - heapBefore) / 1024 / 1024, ' MB'),
      ],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}

async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
  const text =
    'Food not held at a safe temperature; the inspector measured it twice and told the person in charge. '.repeat(2)
  yield Buffer.from(
    'CAMIS,DBA,BORO,INSPECTION DATE,ACTION,VIOLATION CODE,VIOLATION DESCRIPTION,CRITICAL FLAG,SCORE,GRADE,INSPECTION TYPE\n',
  )
  for (let n = 0; n < rows; n += 500) {
    const lines = Array.from({ length: Math.min(500, rows - n) }, (_, at) => line(n + at, text))
    yield Buffer.from(lines.join(''))
  }
}

const line = (n: number, text: string) =>
  `${50_000 + (n % PLACES)},"PLACE, ${n % PLACES}",Queens,11/${String((n % 28) + 1).padStart(2, '0')}/2025,Violations were cited.,02B,"${text}",Critical,${n % 40},A,Cycle ${n}\n`

/** What stands in the tables now goes into tables like them, as it would without tenants, readers and rules. */
async function rawInsert(bare: ReturnType<typeof openPool>, importId: string, rows: number): Promise<number> {
  await bare.query('create table raw_audits (like imported_audits including all)')
  await bare.query('create table raw_findings (like imported_findings including all)')
  const { rows: audits } = await bare.query('select to_jsonb(a) as row from imported_audits a where import_id = $1', [
    importId,
  ])
  const { rows: findings } = await bare.query(
    'select to_jsonb(f) as row from imported_findings f join imported_audits a on a.tenant_id = f.tenant_id and a.id = f.audit_id where a.import_id = $1',
    [importId],
  )
  if (audits.length !== rows || findings.length !== rows)
    throw new Error(`${audits.length} and ${findings.length} of ${rows}`)
  const into = async (table: string, all: { row: Record<string, unknown> }[]) => {
    const columns = Object.keys(all[0]?.row ?? {})
    const { rows: types } = await bare.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0`,
      [table],
    )
    const typeOf = (name: string) => types.find((one) => one.name === name)?.type ?? 'text'
    const arrays = columns.map((name, n) => `$${n + 1}::${typeOf(name)}[]`)
    const sql = `insert into ${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')})`
    const batches: unknown[][] = []
    for (let at = 0; at < all.length; at += BATCH) {
      const some = all.slice(at, at + BATCH)
      batches.push(columns.map((name) => some.map(({ row }) => sent(row[name]))))
    }
    return { name: table, sql, batches }
  }
  const [first, second] = [await into('raw_audits', audits), await into('raw_findings', findings)]
  return seconds(async () => {
    for (const [n, values] of first.batches.entries()) {
      await bare.query('begin')
      await bare.query({ name: first.name, text: first.sql, values })
      await bare.query({ name: second.name, text: second.sql, values: second.batches[n] ?? [] })
      await bare.query('commit')
    }
  })
}

const sent = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}
