import pg from 'pg'
import { systemActor } from '../../actor.ts'
import { type Checked, checkEvidence, type Kept } from '../../evidence-check.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { foundTenant, type TestTenant } from '../postgres/tenant.for-tests.ts'
import { type Database, openDatabase, openPool } from '../tenant.ts'
import { evidenceLines } from './export.ts'
import { type LedgerKey, ledgerKey, nodeGround } from './node-ground.ts'
import { sealAll } from './seal.ts'
import { installLedgerKey } from './store-keys.ts'

/** A database with its log, a sealer that runs when it is told to, and a superuser who may do anything. */
export type LedgerWorld = {
  test: TestDatabase
  database: Database
  admin: pg.Client
  sealers: pg.Pool
  key: LedgerKey
  tenant: TestTenant
  seal: () => Promise<number>
  export: (scope?: { source?: string; locationId?: string; since?: string }) => Promise<string[]>
  check: (lines: readonly string[], kept?: Kept) => Promise<Checked>
  close: () => Promise<void>
}

export async function ledgerWorld(): Promise<LedgerWorld> {
  const test = await testDatabase()
  const admin = new pg.Client(test.admin)
  await admin.connect()
  const sealers = openPool(test.urls.sealer, 2)
  const key = ledgerKey(Buffer.alloc(32, 7))
  await installLedgerKey(test.urls.owner, key)
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 20, prepared: true })
  const tenant = await foundTenant(database, 'Harbor')
  const errors: unknown[] = []
  return {
    ...{ test, database, admin, sealers, key, tenant },
    async seal() {
      const sealed = await sealAll({
        pool: sealers,
        key,
        log: { error: ({ err }: { err?: unknown }) => errors.push(err) },
      })
      if (errors.length > 0) throw errors[0]
      return sealed
    },
    export: ({ source, locationId, since } = {}) =>
      database.read(systemActor(tenant.tenantId, tenant.organizationId, 'test'), async (tx) => {
        const lines: string[] = []
        const scope = { source: source ?? null, locationId: locationId ?? null, since }
        for await (const line of evidenceLines(tx, scope)) lines.push(line)
        return lines
      }),
    check: (lines, kept) => checkEvidence(nodeGround, lines, kept),
    async close() {
      await Promise.all([database.close(), sealers.end(), admin.end()])
      await test.drop()
    },
  }
}
