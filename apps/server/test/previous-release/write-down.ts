import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { MIGRATIONS } from '@opsflow/platform/server/migrate'
import pg from 'pg'
import { expect, test } from 'vitest'
import { examplesOf, idIn } from '../examples.ts'
import type { Caller, Sent, Things } from '../kitchen.ts'
import { twoCustomers } from '../two-customers.ts'
import { wholeServer } from '../whole-server.ts'
import { hear, type Transaction } from './hear.ts'
import { type Release, writeRelease } from './release.ts'

// `npm run release:statements`: writes down what this release says to its database. No test: it runs as one, for what
// furnishes a kitchen and starts a whole server is of the tests.

/** These end what others stand on, so they come last; the session after all. */
const ENDS = /^DELETE |password|^POST .account|^PATCH .account/
const SESSION = /^DELETE .session/
/** Jobs come round every few seconds, the slowest we wait for every fifteen. */
const JOBS_MS = 20_000

test('what this release says is written down', async () => {
  let by = 'making what there is'
  const all: Transaction[] = []
  hear((role, statements) => void all.push({ by, role, statements }))
  const whole = await wholeServer({ OPSFLOW_ROLES: 'api,realtime,ingest,worker' })
  const admin = new pg.Client(whole.database.admin)
  await admin.connect()
  try {
    const { own, ...people } = await twoCustomers(whole)
    const files = readdirSync(MIGRATIONS).sort()
    const rows = await rowsOf(admin)
    const sequences = await sequencesOf(admin)
    by = 'jobs'
    await pause(JOBS_MS)
    for (const key of await routes(people.admin)) {
      by = key
      await ask(key.startsWith('POST /ingest') ? people.device : people.admin, key, own)
    }
    hear(undefined)
    const release: Release = {
      ...{ version: versionNow(), commit: commitNow(), on: new Date().toISOString().slice(0, 10) },
      ...{ migrations: files.length, schema: files.at(-1) as string },
      ...{ rows, sequences, transactions: eachOnce(all) },
    }
    writeRelease(release)
    const told = release.transactions.flatMap(({ statements }) => statements)
    console.log(`${told.length} statements in ${release.transactions.length} transactions, on ${release.schema}`)
    expect(told.length).toBeGreaterThan(500)
  } finally {
    await admin.end()
    await whole.close()
  }
}, 300_000)

async function routes(admin: Caller): Promise<string[]> {
  const { paths } = await admin.must('GET', '/openapi.json')
  const keys = Object.entries(paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
  const place = (key: string) => (SESSION.test(key) ? 2 : ENDS.test(key) ? 1 : 0)
  return keys.sort((a, b) => place(a) - place(b))
}

async function ask(caller: Caller, key: string, own: Things) {
  const [method = '', path = ''] = key.split(' ')
  const { body, query, headers = {} } = examplesOf(own)[key] ?? {}
  const address = path.replace('{id}', path.includes('{id}') ? idIn(path, own) : '')
  await caller.ask(method, query ? `${address}?${new URLSearchParams(query)}` : address, { body, headers } as Sent)
}

/** Each transaction in which something is said for the first time; what jobs and routes say also was said while there was less. */
function eachOnce(all: Transaction[]): Transaction[] {
  const place = ({ by }: Transaction) => (by === 'making what there is' ? 2 : by === 'jobs' ? 0 : 1)
  const known = new Set<string>()
  return [...all]
    .sort((a, b) => place(a) - place(b))
    .filter(({ role, statements }) => {
      const fresh = statements.filter(({ sql }) => isSaid(sql) && !known.has(`${role} ${sql}`))
      for (const { sql } of fresh) known.add(`${role} ${sql}`)
      return fresh.length > 0
    })
}
const isSaid = (sql: string) => /^\s*(select|insert|update|delete|with|merge)\b/i.test(sql)

/** Everything but what migrations and the database's own key say. */
async function rowsOf(admin: pg.Client): Promise<Release['rows']> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and c.oid::regclass::text not in ('app.migrations', 'sec.context_keys')
      order by 1`,
  )
  const kept: Release['rows'] = {}
  for (const { name } of tables) {
    const { rows } = await admin.query<{ row: object }>(`select to_jsonb(t) as row from ${name} t`)
    if (rows.length > 0) kept[name] = rows.map(({ row }) => row)
  }
  return kept
}

async function sequencesOf(admin: pg.Client): Promise<Release['sequences']> {
  const { rows } = await admin.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences where last_value is not null`,
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

const versionNow = () => JSON.parse(readFileSync('package.json', 'utf8')).version as string
const commitNow = () => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
