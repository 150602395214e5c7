import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SignedContext, signContext } from '../context.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { proven } from '../proven.for-tests.ts'
import {
  attempt,
  CONTEXTS,
  type Context,
  expectedOutcome,
  foreignReferences,
  OPERATIONS,
  plantTenants,
  rowOf,
  signedContexts,
  statementOf,
  type Tenants,
  toldOf,
} from './cells.ts'
import { type Row, RowFactory, tenantTables } from './rows.ts'

/**
 * Every tenant table × everything that can be done to a row × every context one can come with, and every foreign key
 * × a row of another tenant. The row always belongs to tenant "ours", at its first location; the catalog says what the
 * runtime role may do at all.
 */
let database: TestDatabase
let admin: pg.Client
let app: pg.Client
let factory: RowFactory
let tenants: Tenants
let contexts: Record<Context, SignedContext | null>
let everywhere: SignedContext
const rows = new Map<string, Row>()
const theirRows = new Map<string, Row>()
const ran = new Set<string>()
const references: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client(database.admin)
  app = new pg.Client(database.urls.app)
  await Promise.all([admin.connect(), app.connect()])
  factory = await RowFactory.open(admin)
  tenants = await plantTenants(factory, admin)
  for (const table of tenantTables) {
    rows.set(table, await rowOf(factory, admin, tenants.ours, table))
    theirRows.set(table, await rowOf(factory, admin, tenants.theirs, table))
  }
  contexts = signedContexts(database.contextKey, tenants)
  const expiry = Math.floor(Date.now() / 1000) + 3600
  everywhere = signContext(database.contextKey, `${tenants.ours.tenantId}|member:${randomUUID()}|*|${expiry}`)
})
afterAll(async () => {
  await Promise.all([admin.end(), app.end()])
  await database.drop()
})

describe.each(tenantTables)('%s', (name) => {
  test.each(OPERATIONS)('%s', async (operation) => {
    const table = factory.table(name)
    const before = await ourRows(name)
    for (const context of CONTEXTS) {
      const cell = { factory, tenants, row: rows.get(name) as Row }
      const outcome = await attempt(app, await statementOf(operation, table, context, cell), contexts[context])
      expect(outcome, `${operation} with ${context} context`).toBe(expectedOutcome(operation, table, context))
      ran.add(`${name} ${operation} ${context}`)
    }
    expect(await ourRows(name)).toEqual(before)
  })

  test('a reference to another tenant’s row is refused as one to nothing', async () => {
    const table = factory.table(name)
    for (const parent of table.parents) {
      const theirs = theirRows.get(parent.table)
      if (!theirs) throw new Error(`${name} refers to ${parent.table}, which is no tenant table`)
      const key = `${name} (${parent.columns.join(', ')})`
      const { foreign, missing } = await foreignReferences({ factory, tenants }, table, parent, theirs)
      let told = await toldOf(app, foreign, everywhere)
      expect(told, key).toBe(await toldOf(app, missing, everywhere))
      // What a CHECK over the whole row asks for stands before the key: without it the key must hold by itself.
      while (isCheck(told)) {
        await admin.query(`alter table ${name} drop constraint ${JSON.parse(String(told)).constraint}`)
        told = await toldOf(app, foreign, everywhere)
        expect(told, key).toBe(await toldOf(app, missing, everywhere))
      }
      // A table that is not the runtime role's to fill is refused before any key.
      expect(codeOf(told), `${key} did not hold: ${told}`).toBe(table.isInsertable ? '23503' : '42501')
      references.push(key)
    }
  })
})

test('every table, operation and context ran', async () => {
  const { rows: found } = await admin.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition`,
  )
  expect(found.map(({ name }) => name).sort()).toEqual([...tenantTables].sort())
  expect(ran.size).toBe(found.length * OPERATIONS.length * CONTEXTS.length)
})

test('every foreign key ran', async () => {
  const { rows: keys } = await admin.query<{ count: number }>(
    `select count(*)::int as count from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and cardinality(k.conkey) > 1 and n.nspname || '.' || c.relname = any ($1) and k.conparentid = 0`,
    [tenantTables],
  )
  expect(references.length).toBe(keys[0]?.count)
  proven('isolation', {
    title: 'Tables',
    method:
      'Every tenant table × every operation × every context a statement can come with, and every foreign key × a row of another tenant. What is expected is computed from the catalog.',
    findings: [
      { what: 'Tables', seen: `${tenantTables.length} of ${tenantTables.length} that hold tenants’ rows` },
      {
        what: 'Cells (table × operation × context), each with the expected outcome',
        seen: `${ran.size} of ${tenantTables.length * OPERATIONS.length * CONTEXTS.length}`,
        met: ran.size === tenantTables.length * OPERATIONS.length * CONTEXTS.length,
      },
      {
        what: 'Foreign keys that refuse a row of another tenant exactly as one that does not exist',
        seen: `${references.length} of ${keys[0]?.count}`,
        met: references.length === keys[0]?.count,
      },
    ],
    notes: [`Contexts: ${CONTEXTS.join(', ')}. Operations: ${OPERATIONS.join(', ')}.`],
  })
})

const codeOf = (told: string | number) => (typeof told === 'string' ? JSON.parse(told).code : `${told} rows`)
const isCheck = (told: string | number) => codeOf(told) === '23514'

const ourRows = async (table: string) => {
  const { rows } = await admin.query<{ row: string }>(`select t::text as row from ${table} t where tenant_id = $1`, [
    tenants.ours.tenantId,
  ])
  return rows.map(({ row }) => row).sort()
}
