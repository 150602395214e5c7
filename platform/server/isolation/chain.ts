import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Actor } from '../../actor.ts'
import { type SignedContext, signContext } from '../context.ts'
import type { TestDatabase } from '../postgres/for-tests.ts'
import { type Database, openDatabase } from '../tenant.ts'
import { type PlantedTenant, RowFactory } from './rows.ts'

/** Two chains side by side, each with a unit at two locations: the world that tenancy's sentences speak of. */
export type TwoChains = {
  ours: Chain
  theirs: Chain
  factory: RowFactory
  admin: pg.Client
}

export type Chain = PlantedTenant & { siblingLocationId: string; unitId: string; siblingUnitId: string }

export async function plantTwoChains(test: TestDatabase): Promise<TwoChains> {
  const admin = new pg.Client(test.admin)
  await admin.connect()
  const factory = await RowFactory.open(admin)
  const plant = async (): Promise<Chain> => {
    const tenant = await factory.plantTenant()
    const siblingLocationId = await factory.plantLocation(tenant)
    const unit = await factory.plant(tenant, 'public.units')
    const sibling = await factory.plant({ ...tenant, locationId: siblingLocationId }, 'public.units')
    return { ...tenant, siblingLocationId, unitId: String(unit.id), siblingUnitId: String(sibling.id) }
  }
  return { ours: await plant(), theirs: await plant(), factory, admin }
}

export const anyoneOf = (tenant: PlantedTenant, locationIds: Actor['locationIds'] = 'all'): Actor => ({
  tenantId: tenant.tenantId,
  organizationId: tenant.organizationId,
  kind: 'member',
  id: randomUUID(),
  name: 'Anyone',
  permissions: new Map(),
  locationIds,
})

/** The product's own way in, with what a test may want to vary. */
export const enter = (
  test: TestDatabase,
  url: string,
  options: { prepared: boolean; poolSize?: number; key?: Buffer; clock?: () => number },
): Database => openDatabase({ url, contextKey: options.key ?? test.contextKey, poolSize: 3, ...options })

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

/** A context as the product signs it, by hand. */
export const contextOf = (
  test: TestDatabase,
  tenant: PlantedTenant,
  { locations = '*', lifetimeSeconds = 60, key = test.contextKey } = {},
) => signContext(key, `${tenant.tenantId}|member:${randomUUID()}|${locations}|${inSeconds(lifetimeSeconds)}`)

export type Failure = { code: string | undefined; message: string }

/** How a statement failed: everything a caller could see of it. */
export async function failureOf(work: Promise<unknown>): Promise<Failure & Record<string, unknown>> {
  const outcome = await work.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )
  if ('result' in outcome) throw new Error(`It did not fail but answered ${JSON.stringify(outcome.result)}`)
  const error = outcome.error as pg.DatabaseError
  const { code, message, detail, hint, where, constraint, column, dataType } = error
  return { code, message, detail, hint, where, constraint, column, dataType }
}

/** The form of the release before: the seal at the end of the context. The database still takes it. */
export const inOne = ({ context, seal }: SignedContext): SignedContext => ({ context: `${context}|${seal}`, seal: '' })

export const setContext = (client: pg.Client, { context, seal }: SignedContext) =>
  client.query(`select set_config('app.context', $1, true), set_config('app.seal', $2, true)`, [context, seal])

/** One statement in one transaction with a context of the caller's making, as any client of the database could send it. */
export async function withContext<Row extends pg.QueryResultRow>(
  client: pg.Client,
  context: SignedContext | null,
  sql: string,
  params: unknown[] = [],
) {
  await client.query('begin')
  try {
    if (context) await setContext(client, context)
    return (await client.query<Row>(sql, params)).rows
  } finally {
    await client.query('rollback')
  }
}
