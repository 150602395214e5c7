import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signContext } from '@opsflow/platform/server/context'
import { installContextKey, MIGRATIONS, migrate } from '@opsflow/platform/server/migrate'
import type { TestDatabase } from '@opsflow/platform/server/postgres/for-tests'
import type { Face } from '@opsflow/platform/server/postgres/roles'
import pg from 'pg'
import type { Statement, Transaction } from './hear.ts'
import type { Release } from './release.ts'

/** What came of a statement: rows read or written and the columns they had, or SQLSTATE and why. */
type Outcome = { rows: number; columns: string } | { code: string; why: string }

export type Told = { by: string; role: Face; sql: string; outcome: Outcome }

/** The schema of the release, from the same files, and the rows that were there when it said what it said. */
export async function asItWas(database: TestDatabase, release: Release) {
  const folder = mkdtempSync(join(tmpdir(), 'opsflow-release-'))
  try {
    const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql') && file <= release.schema)
    for (const file of files) cpSync(join(MIGRATIONS, file), join(folder, file))
    await migrate(database.urls.owner, folder)
    await installContextKey(database.urls.owner, database.contextKey)
    const admin = new pg.Client(database.admin)
    await admin.connect()
    await fill(admin, release)
    await admin.end()
    return files.length
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Rows refer to one another in circles; nothing is checked meanwhile, for all of them stood together once. */
async function fill(admin: pg.Client, { rows, sequences }: Release) {
  const readings = (rows.temperature_logs ?? []) as { measured_at: string }[]
  for (const { measured_at } of readings)
    await admin.query('select app.ensure_month($1::timestamptz::date)', [measured_at])
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  await admin.query(`truncate ${Object.keys(rows).join(', ')} cascade`)
  for (const [table, all] of Object.entries(rows)) {
    const { rows: columns } = await admin.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    )
    const names = columns.map(({ name }) => name).join(', ')
    await admin.query(
      `insert into ${table} (${names}) overriding system value select ${names} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(all)],
    )
  }
  for (const [name, value] of Object.entries(sequences)) await admin.query('select setval($1, $2)', [name, value])
  await admin.query('commit')
  await admin.query('analyze')
}

/**
 * Says everything again, each transaction in the name it was said in, and takes it back. A statement that fails does not
 * take the rest of its transaction with it. What is only checked at COMMIT is checked before.
 */
export async function sayAgain({ urls, contextKey }: TestDatabase, transactions: Transaction[]): Promise<Told[]> {
  const roles = [...new Set(transactions.map(({ role }) => role))]
  const clients = new Map(roles.map((role) => [role, new pg.Client(urls[role])]))
  for (const client of clients.values()) {
    await client.connect()
    await client.query(`set statement_timeout = '10s'; set default_transaction_isolation = 'read committed'`)
  }
  const told: Told[] = []
  for (const { by, role, statements } of transactions) {
    const client = clients.get(role) as pg.Client
    await client.query(statements.find(({ sql }) => BEGINS.test(sql))?.sql ?? 'begin')
    for (const { sql, values } of [...statements.filter(({ sql }) => !FRAMES.test(sql)), AT_COMMIT]) {
      const outcome = await said(client, sql, ENTERS.test(sql) ? entering(contextKey, values) : values)
      told.push({ by, role, sql, outcome })
    }
    await client.query('rollback')
  }
  for (const client of clients.values()) await client.end()
  return told
}

const BEGINS = /^begin/i
const FRAMES = /^\s*(begin|commit|rollback|savepoint|release|listen|unlisten)\b/i
const ENTERS = /set_config\('app\.context'/
const AT_COMMIT: Statement = { sql: 'set constraints all immediate', values: [] }

/** In the same name, for another minute. */
function entering(key: Buffer, [context = '', , ...more]: (string | null)[]) {
  const inAMinute = Math.floor(Date.now() / 1000) + 60
  const { context: fresh, seal } = signContext(key, [...String(context).split('|').slice(0, 3), inAMinute].join('|'))
  return [fresh, seal, ...more]
}

async function said(client: pg.Client, sql: string, values: (string | null)[]): Promise<Outcome> {
  await client.query('savepoint before')
  try {
    const { rowCount, fields } = await client.query(sql, values)
    await client.query('release savepoint before')
    return { rows: rowCount ?? 0, columns: fields.map(({ name, dataTypeID }) => `${name} (${dataTypeID})`).join(', ') }
  } catch (error) {
    await client.query('rollback to savepoint before')
    const { code = '', message } = error as pg.DatabaseError
    return { code, why: message }
  }
}

/** What worked on the schema of the release and does not now, or answers otherwise: in words, each text once. */
export function broken(before: readonly Told[], now: readonly Told[]): string[] {
  const found = new Map<string, string>()
  for (const [at, { by, role, sql, outcome }] of before.entries()) {
    const change = changed(outcome, now[at]?.outcome as Outcome)
    if (change) found.set(`${role} ${sql}`, `${by}, as opsflow_${role}: ${change}: ${inOneLine(sql)}`)
  }
  return [...found.values()]
}

function changed(before: Outcome, now: Outcome): string | undefined {
  if ('code' in now) {
    const isAsBefore = 'code' in before && before.code === now.code
    return isAsBefore ? undefined : `${now.code} ${now.why}`
  }
  if ('code' in before) return undefined
  if (before.columns !== now.columns) return `its columns were ${before.columns}, and are ${now.columns}`
  return before.rows > 0 && now.rows === 0 ? `it had ${before.rows} rows, and has none` : undefined
}

const inOneLine = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
