import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { installContextKey, migrate } from '../platform/server/migrate.ts'
import { databaseAccount } from '../platform/server/postgres/account.ts'
import { openCluster } from '../platform/server/postgres/cluster.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { reachableBinaries } from '../platform/server/postgres/home.ts'
import { ensureDatabase, ensureRoles } from '../platform/server/postgres/roles.ts'
import { newSecrets } from '../platform/server/postgres/secrets.ts'
import { roleUrls } from '../platform/server/postgres/urls.ts'

/** A PostgreSQL of the bench's own with the product's settings: fsync on, as at a customer. */
export async function benchDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-bench-'))
  chmodSync(folder, 0o711) // PostgreSQL may run as another user
  const secrets = newSecrets()
  const account = databaseAccount()
  const cluster = await openCluster({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    password: secrets.passwords.postgres,
    account,
    binaries: reachableBinaries(account),
  })
  const admin = new pg.Client(cluster.url('postgres'))
  await admin.connect()
  await ensureRoles(admin, secrets.passwords)
  await ensureDatabase(admin, 'bench')
  await admin.end()
  const urls = roleUrls(cluster.url('bench'), secrets.passwords)
  const contextKey = Buffer.from(secrets.contextKey, 'base64')
  await migrate(urls.owner)
  await installContextKey(urls.owner, contextKey)
  return {
    urls,
    admin: cluster.url('bench'),
    contextKey,
    drop: async () => {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
