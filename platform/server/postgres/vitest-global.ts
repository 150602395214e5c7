import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { installContextKey, migrate } from '../migrate.ts'
import { databaseAccount } from './account.ts'
import { type Cluster, openCluster } from './cluster.ts'
import type { TestServer } from './for-tests.ts'
import { reachableBinaries } from './home.ts'
import { ensureDatabase, ensureRoles } from './roles.ts'
import { newSecrets, type Secrets } from './secrets.ts'
import { roleUrls } from './urls.ts'

/**
 * One throwaway PostgreSQL for the whole run, started when the first test file asks for it.
 * @public called by vitest
 */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-test-'))
  let started: Promise<{ cluster: Cluster; server: TestServer }> | undefined
  const door = createServer(async (_request, response) => {
    try {
      started ??= startTestServer(folder)
      response.end(JSON.stringify((await started).server))
    } catch (error) {
      response.writeHead(500).end(String((error as Error).stack))
    }
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  project.provide('testServerPort', (door.address() as AddressInfo).port)
  return async () => {
    door.close()
    await (await started?.catch(() => undefined))?.cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startTestServer(folder: string) {
  chmodSync(folder, 0o711) // PostgreSQL may run as another user than the tests
  const secrets = newSecrets()
  const account = databaseAccount()
  const cluster = await openCluster({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    password: secrets.passwords.postgres,
    account,
    binaries: reachableBinaries(account),
    throwaway: true,
  })
  await makeTemplate(cluster, secrets)
  const server: TestServer = {
    admin: cluster.url('postgres'),
    passwords: secrets.passwords,
    contextKey: secrets.contextKey,
    template: TEMPLATE,
  }
  return { cluster, server }
}

const TEMPLATE = 'opsflow_template'

/** Roles and migrations run once; test databases are copies. */
async function makeTemplate(cluster: Cluster, secrets: Secrets) {
  const admin = new pg.Client(cluster.url('postgres'))
  await admin.connect()
  await ensureRoles(admin, secrets.passwords)
  await ensureDatabase(admin, TEMPLATE)
  await admin.end()
  const { owner } = roleUrls(cluster.url(TEMPLATE), secrets.passwords)
  await migrate(owner)
  await installContextKey(owner, Buffer.from(secrets.contextKey, 'base64'))
}

declare module 'vitest' {
  interface ProvidedContext {
    testServerPort: number
  }
}
