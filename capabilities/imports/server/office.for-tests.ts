import { importedAuditImplementations } from '@opsflow/capabilities/audits/server'
import { evidenceImplementations, filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import { rolePermissions } from '@opsflow/capabilities/people'
import { systemActor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { auditImportRunner, importImplementations } from './index.ts'

/** Two tenants with people in every role, who import files. */
export async function openOffice() {
  const test = await testDatabase()
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const relay = openPool(test.urls.relay, 2)
  const admin = openPool(test.admin, 2)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const files = { storage: folderStorage(emptyFolder()), quotaBytes: 200 * 1024 * 1024 }
  const runner = auditImportRunner({ database, files }, { error: () => undefined })
  const api = await serveForTests(
    [
      ...importImplementations(runner),
      ...importedAuditImplementations(),
      ...evidenceImplementations(filesOfEvidence({ ...files, database }), { clientOf: async () => undefined }),
    ],
    database,
  )
  const person = (name: string, role: keyof typeof rolePermissions, at: 'all' | ReadonlySet<string>, tenant = home) =>
    hire(database, tenant, name, rolePermissions[role], at)
  return {
    ...{ database, relay, files, runner, home, downtown, airport, ask: api.ask },
    chief: await person('Cleo', 'org:admin', 'all'),
    manager: await person('Mona', 'org:manager', new Set([downtown])),
    cook: await person('Carl', 'org:member', new Set([downtown])),
    pilot: await person('Paul', 'org:member', new Set([airport])),
    stranger: await person('Fay', 'org:admin', 'all', away),
    system: systemActor(home.tenantId, home.organizationId, 'audit-import'),
    rows: async <Row>(sql: string, params: unknown[] = []) => (await admin.query(sql, params)).rows as Row[],
    async close() {
      await runner.stop()
      await api.close()
      await Promise.all([database.close(), relay.end(), admin.end()])
      await test.drop()
    },
  }
}

export type Office = Awaited<ReturnType<typeof openOffice>>
