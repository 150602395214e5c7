import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SignedContext, signContext } from '../context.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { proven } from '../proven.for-tests.ts'
import { setContext } from './chain.ts'
import { AS_SENT, insertion, type PlantedTenant, type Row, RowFactory, type Table, tenantTables } from './rows.ts'

/**
 * Every tenant table × everything that can be done to a row × every context one can come with.
 * The row always belongs to tenant "ours", at its first location; the catalog says what the runtime role may do at all.
 */
const OPERATIONS = ['select', 'insert', 'update', 'delete', 'upsert', 'change of tenant'] as const
const CONTEXTS = ['own', 'sibling location', 'foreign', 'none', 'forged', 'expired'] as const
type Operation = (typeof OPERATIONS)[number]
type Context = (typeof CONTEXTS)[number]

let database: TestDatabase
let admin: pg.Client
let app: pg.Client
let factory: RowFactory
let ours: PlantedTenant
let theirs: PlantedTenant
let contexts: Record<Context, SignedContext | null>
const rows = new Map<string, Row>()
const ran = new Set<string>()

beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client(database.admin)
  app = new pg.Client(database.urls.app)
  await Promise.all([admin.connect(), app.connect()])
  factory = await RowFactory.open(admin)
  ours = await factory.plantTenant()
  theirs = await factory.plantTenant()
  const sibling = await factory.plantLocation(ours)
  for (const table of tenantTables) {
    rows.set(table, await rowOf(ours, table))
    await rowOf(theirs, table)
  }
  const inAMinute = Math.floor(Date.now() / 1000) + 60
  const signed = (tenant: PlantedTenant, locations: string, key = database.contextKey, expiry = inAMinute) =>
    signContext(key, `${tenant.tenantId}|member:${randomUUID()}|${locations}|${expiry}`)
  contexts = {
    own: signed(ours, ours.locationId),
    'sibling location': signed(ours, sibling),
    foreign: signed(theirs, '*'),
    none: null,
    forged: signed(ours, '*', randomBytes(32)),
    expired: signed(ours, '*', database.contextKey, inAMinute - 120),
  }
})
afterAll(async () => {
  await Promise.all([admin.end(), app.end()])
  await database.drop()
})

/** Tenants, organizations and locations are there already; of everything else one row is planted. */
async function rowOf(tenant: PlantedTenant, table: string): Promise<Row> {
  const roots: Record<string, [string, string]> = {
    'public.tenants': ['tenant_id', tenant.tenantId],
    'public.organizations': ['id', tenant.organizationId],
    'public.locations': ['id', tenant.locationId],
  }
  const root = roots[table]
  if (!root) return factory.plant(tenant, table)
  const text = `select * from ${table} where ${root[0]} = $1`
  return (await admin.query({ text, values: [root[1]], types: AS_SENT })).rows[0]
}

describe.each(tenantTables)('%s', (name) => {
  test.each(OPERATIONS)('%s', async (operation) => {
    const table = factory.table(name)
    const before = await ourRows(name)
    for (const context of CONTEXTS) {
      const outcome = await attempt(await statementOf(operation, table, context), contexts[context])
      expect(outcome, `${operation} with ${context} context`).toBe(expectedOutcome(operation, table, context))
      ran.add(`${name} ${operation} ${context}`)
    }
    expect(await ourRows(name)).toEqual(before)
  })
})

test('every table, operation and context ran', async () => {
  const { rows: found } = await admin.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition`,
  )
  expect(found.map(({ name }) => name).sort()).toEqual([...tenantTables].sort())
  expect(ran.size).toBe(found.length * OPERATIONS.length * CONTEXTS.length)
  proven('isolation', {
    title: 'Every table',
    method: `Each tenant table of the catalog × ${OPERATIONS.join(', ')} × the contexts ${CONTEXTS.join(', ')}; each attempt as the runtime role, its outcome computed from the grants.`,
    findings: [
      { what: 'tenant tables', seen: String(found.length) },
      { what: 'cells tried, each with the outcome it must have', seen: String(ran.size) },
    ],
  })
})

async function statementOf(operation: Operation, table: Table, context: Context): Promise<Statement> {
  const row = rows.get(table.name) as Row
  const key = table.primaryKey.map((column, n) => `${column} = $${n + 1}`).join(' and ')
  const params = table.primaryKey.map((column) => row[column])
  // For an append-only table any column shows that nothing may be updated.
  const column = table.updatable ?? 'tenant_id'
  switch (operation) {
    case 'select':
      return { sql: `select * from ${table.name} where ${key}`, params }
    case 'insert':
      return insertion(table.name, await newRow(table, context))
    case 'update':
      return { sql: `update ${table.name} set ${column} = ${column} where ${key}`, params }
    case 'delete':
      return { sql: `delete from ${table.name} where ${key}`, params }
    case 'upsert': {
      const { sql, params } = insertion(table.name, row)
      const change = table.updatable ? `update set ${column} = excluded.${column}` : 'nothing'
      return { sql: `${sql} on conflict (${table.primaryKey.join(', ')}) do ${change}`, params }
    }
    case 'change of tenant':
      return {
        sql: `update ${table.name} set tenant_id = $${params.length + 1} where ${key}`,
        params: [...params, theirs.tenantId],
      }
  }
}

/** A row of ours that is not stored yet. With our own context the tenant is left for the database to fill in. */
async function newRow(table: Table, context: Context): Promise<Row> {
  const { tenant_id, ...row } = await factory.prepare(ours, table.name)
  return context === 'own' ? row : { tenant_id, ...row }
}

type Statement = { sql: string; params: unknown[] }

/** How many rows were seen or touched, or the SQLSTATE of the refusal. Nothing stays. */
async function attempt({ sql, params }: Statement, context: SignedContext | null): Promise<number | string> {
  await app.query('begin')
  try {
    if (context) await setContext(app, context)
    return (await app.query(sql, params)).rowCount ?? 0
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error)
  } finally {
    await app.query('rollback')
  }
}

const NO_PRIVILEGE = '42501' // also: the new row violates a policy
const CONTEXT_ERRORS: Partial<Record<Context, string>> = { none: 'OF001', forged: 'OF002', expired: 'OF003' }

function expectedOutcome(operation: Operation, table: Table, context: Context): number | string {
  const isWrite = operation === 'insert' || operation === 'upsert'
  if (operation === 'change of tenant') return NO_PRIVILEGE
  if (operation === 'update' && !table.updatable) return NO_PRIVILEGE
  if (operation === 'delete' && !table.isDeletable) return NO_PRIVILEGE
  if (isWrite && !table.isInsertable) return NO_PRIVILEGE
  const contextError = CONTEXT_ERRORS[context]
  if (contextError) return contextError
  const isHidden =
    context === 'foreign' ||
    (context === 'sibling location' &&
      (table.isLocated || (table.name === 'public.locations' && operation !== 'insert')))
  if (isHidden) return isWrite ? NO_PRIVILEGE : 0
  if (operation === 'upsert' && !table.updatable) return 0
  if (operation === 'insert' && table.isSingle) return '23505' // it is there already
  return 1
}

const ourRows = async (table: string) => {
  const { rows } = await admin.query<{ row: string }>(`select t::text as row from ${table} t where tenant_id = $1`, [
    ours.tenantId,
  ])
  return rows.map(({ row }) => row).sort()
}
