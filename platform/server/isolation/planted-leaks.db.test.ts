import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { manifest } from '../../../db/manifest.ts'
import type { SignedContext } from '../context.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { proven } from '../proven.for-tests.ts'
import { tenancyMistakes } from './catalog.ts'
import {
  CONTEXTS,
  type Context,
  expectedOutcome,
  OPERATIONS,
  plantTenants,
  rowOf,
  signedContexts,
  statementOf,
  type Tenants,
} from './cells.ts'
import { setContext } from './chain.ts'
import { databaseLeaks } from './planted-leaks.ts'
import { type Row, RowFactory } from './rows.ts'

let database: TestDatabase
let admin: pg.Client
let factory: RowFactory
let tenants: Tenants
let contexts: Record<Context, SignedContext | null>
const rows = new Map<string, Row>()
const killed: { leak: string; 'caught by the catalog': string; 'caught by the matrix': string }[] = []

beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client(database.admin)
  await admin.connect()
  factory = await RowFactory.open(admin)
  tenants = await plantTenants(factory, admin)
  for (const name of new Set(databaseLeaks.map(tableOf))) {
    rows.set(name, await rowOf(factory, admin, tenants.ours, name))
  }
  contexts = signedContexts(database.contextKey, tenants)
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})
beforeEach(() => admin.query('begin'))
afterEach(() => admin.query('rollback'))

const tableOf = ({ table = 'public.tasks' }: { table?: string }) => table

test('with nothing planted neither the catalog nor the matrix says anything', async () => {
  expect(await tenancyMistakes(admin)).toEqual([])
  for (const name of rows.keys()) expect(await wrongCells(name)).toEqual([])
})

test.each(databaseLeaks)('$leak', async (planted) => {
  await admin.query(planted.plant)
  const mistakes = await tenancyMistakes(admin, { ...manifest, ...planted.manifest })
  const cells = await wrongCells(tableOf(planted))
  expect(mistakes.length + cells.length, `"${planted.leak}" survives: nothing turns red`).toBeGreaterThan(0)
  killed.push({
    leak: planted.leak,
    'caught by the catalog': mistakes[0] ? `${mistakes[0].rule} (${mistakes[0].object})` : '',
    'caught by the matrix': cells[0] ?? '',
  })
})

test('all were caught', () => {
  proven('planted-leaks', {
    title: 'Planted in the database',
    method:
      'Each mistake is made in a database of its own, inside a transaction that is taken back. The catalog’s rules are asked, and every operation × context of one table is tried as the runtime role.',
    findings: [
      {
        what: 'caught of planted',
        goal: 'all',
        seen: `${killed.length} of ${databaseLeaks.length}`,
        met: killed.length === databaseLeaks.length,
      },
      {
        what: 'seen by trying, not only by the catalog’s rules',
        seen: String(killed.filter((one) => one['caught by the matrix'] !== '').length),
      },
    ],
    table: killed,
  })
  expect(killed.length).toBe(databaseLeaks.length)
})

/** Cells of one table whose outcome is not the one that the table, as it was before, must have. */
async function wrongCells(name: string): Promise<string[]> {
  const wrong: string[] = []
  const table = factory.table(name)
  for (const operation of OPERATIONS) {
    for (const context of CONTEXTS) {
      await admin.query('savepoint cell')
      const cell = { factory, tenants, row: rows.get(name) as Row }
      const outcome = await statementOf(operation, table, context, cell).then(
        ({ sql, params }) => asApp(sql, params, contexts[context]),
        (error: pg.DatabaseError) => `cannot be made: ${error.code}`,
      )
      await admin.query('rollback to savepoint cell')
      const expected = expectedOutcome(operation, table, context)
      if (outcome !== expected) wrong.push(`${operation}, ${context}: ${outcome} instead of ${expected}`)
    }
  }
  return wrong
}

async function asApp(sql: string, params: unknown[], context: SignedContext | null): Promise<number | string> {
  await admin.query('set local role opsflow_app')
  await setContext(admin, context ?? { context: '', seal: '' })
  return admin.query(sql, params).then(
    ({ rowCount }) => rowCount ?? 0,
    (error: pg.DatabaseError) => error.code ?? String(error),
  )
}
