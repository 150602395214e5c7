import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type SignedContext, signContext } from '../context.ts'
import { setContext } from './chain.ts'
import { AS_SENT, insertion, type PlantedTenant, type Row, type RowFactory, type Table } from './rows.ts'

/** Everything that can be done to a row of "ours", and every context one can come with. */
export const OPERATIONS = ['select', 'insert', 'update', 'delete', 'upsert', 'change of tenant'] as const
export const CONTEXTS = ['own', 'sibling location', 'foreign', 'suspended tenant', 'none', 'forged', 'expired'] as const
export type Operation = (typeof OPERATIONS)[number]
export type Context = (typeof CONTEXTS)[number]

type Statement = { sql: string; params: unknown[] }
type Parent = Table['parents'][number]

const NO_PRIVILEGE = '42501' // also: the new row violates a policy
const CONTEXT_ERRORS: Partial<Record<Context, string>> = { none: 'OF001', forged: 'OF002', expired: 'OF003' }

/** The tenants of a matrix: ours with a second location, theirs, and one that was suspended. */
export type Tenants = { ours: PlantedTenant; sibling: string; theirs: PlantedTenant; suspended: PlantedTenant }

export async function plantTenants(factory: RowFactory, admin: pg.Client): Promise<Tenants> {
  const ours = await factory.plantTenant()
  const suspended = await factory.plantTenant()
  await admin.query(`update tenants set status = 'suspended' where tenant_id = $1`, [suspended.tenantId])
  return { ours, sibling: await factory.plantLocation(ours), theirs: await factory.plantTenant(), suspended }
}

export function signedContexts(
  key: Buffer,
  { ours, sibling, theirs, suspended }: Tenants,
): Record<Context, SignedContext | null> {
  // As long as the slowest run of all cells may take; how long a context lives is sentences.ts' to prove.
  const now = Math.floor(Date.now() / 1000)
  const signed = (tenant: PlantedTenant, locations: string, by = key, expiry = now + 3600) =>
    signContext(by, `${tenant.tenantId}|member:${randomUUID()}|${locations}|${expiry}`)
  return {
    own: signed(ours, ours.locationId),
    'sibling location': signed(ours, sibling),
    foreign: signed(theirs, '*'),
    'suspended tenant': signed(suspended, '*'),
    none: null,
    forged: signed(ours, '*', randomBytes(32)),
    expired: signed(ours, '*', key, now - 60),
  }
}

/** Tenants, organizations and locations are there already; of everything else one row is planted. */
export async function rowOf(factory: RowFactory, admin: pg.Client, tenant: PlantedTenant, table: string): Promise<Row> {
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

type Cell = { factory: RowFactory; tenants: Tenants; row: Row }

export async function statementOf(
  operation: Operation,
  table: Table,
  context: Context,
  { factory, tenants, row }: Cell,
): Promise<Statement> {
  const key = table.primaryKey.map((column, n) => `${column} = $${n + 1}`).join(' and ')
  const params = table.primaryKey.map((column) => row[column])
  // For an append-only table any column shows that nothing may be updated.
  const column = table.updatable ?? 'tenant_id'
  switch (operation) {
    case 'select':
      return { sql: `select tenant_id from ${table.name} where ${key}`, params }
    case 'insert':
      return insertion(table.name, await newRow(factory, tenants.ours, table, context))
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
        params: [...params, tenants.theirs.tenantId],
      }
  }
}

/** A row of ours that is not stored yet. With our own context the tenant is left for the database to fill in. */
async function newRow(factory: RowFactory, ours: PlantedTenant, table: Table, context: Context): Promise<Row> {
  const { tenant_id, ...row } = await factory.prepare(ours, table.name)
  return context === 'own' ? row : { tenant_id, ...row }
}

/** How many rows were seen or touched, or the SQLSTATE of the refusal. Nothing stays. */
export async function attempt(
  app: pg.Client,
  { sql, params }: Statement,
  context: SignedContext | null,
): Promise<number | string> {
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

export function expectedOutcome(operation: Operation, table: Table, context: Context): number | string {
  const isWrite = operation === 'insert' || operation === 'upsert'
  if (operation === 'change of tenant') return NO_PRIVILEGE
  if (operation === 'update' && !table.updatable) return NO_PRIVILEGE
  if (operation === 'delete' && !table.isDeletable) return NO_PRIVILEGE
  if (isWrite && !table.isInsertable) return NO_PRIVILEGE
  const contextError = CONTEXT_ERRORS[context]
  if (contextError) return contextError
  const isHidden =
    context === 'foreign' ||
    context === 'suspended tenant' ||
    (context === 'sibling location' &&
      (table.isLocated || (table.name === 'public.locations' && operation !== 'insert')))
  if (isHidden) return isWrite ? NO_PRIVILEGE : 0
  if (operation === 'upsert' && !table.updatable) return 0
  if (operation === 'insert' && table.isSingle) return '23505' // it is there already
  return 1
}

/**
 * A row of ours that refers by one foreign key to a row of theirs, and the same row referring to nothing at all. What
 * both are answered, with the ids taken out, must be one and the same refusal.
 */
export async function foreignReferences(
  { factory, tenants }: Omit<Cell, 'row'>,
  table: Table,
  parent: Parent,
  theirRow: Row,
): Promise<{ foreign: Statement; missing: Statement }> {
  const row = await factory.prepare(tenants.ours, table.name)
  const referring = (to: (target: string) => unknown) =>
    insertion(table.name, {
      ...row,
      ...Object.fromEntries(
        parent.columns
          .map((column, n): [string, unknown] => [column, to(parent.targets[n] as string)])
          .filter(([column]) => column !== 'tenant_id'),
      ),
    })
  return {
    foreign: referring((target) => theirRow[target]),
    missing: referring((target) => (isId(theirRow[target]) ? randomUUID() : theirRow[target])),
  }
}

const isId = (value: unknown) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(String(value))

/** Everything a caller can see of a failure, without the ids it sent itself; a number when nothing failed. */
export async function toldOf(
  app: pg.Client,
  { sql, params }: Statement,
  context: SignedContext,
): Promise<string | number> {
  await app.query('begin')
  try {
    await setContext(app, context)
    return (await app.query(sql, params)).rowCount ?? 0
  } catch (error) {
    const { code, message, detail, hint, constraint } = error as pg.DatabaseError
    return JSON.stringify({ code, message, detail, hint, constraint }).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
  } finally {
    await app.query('rollback')
  }
}
