import { readConfig } from '@opsflow/platform/server/config'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import { startServer } from '../main.ts'

/**
 * The product's server as `npm start` composes it, without pages, on an empty database of its own. Its jobs rest: what
 * is stored is counted around each request.
 */
export async function wholeServer() {
  const database = await testDatabase()
  const catcher = await catchMail()
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const environment = {
    OPSFLOW_ROLES: 'api,realtime,ingest',
    OPSFLOW_DEMO: 'off',
    OPSFLOW_RATE_LIMIT: '10000000',
    LOG_LEVEL: 'fatal',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(catcher.port),
    SMTP_SECURITY: 'none',
    SMTP_FROM: 'ops@example.com',
  }
  const config = readConfig(environment, emptyFolder())
  const server = await startServer(config, {
    urls: database.urls,
    secrets,
    port,
    publicUrl: origin,
    webFolder: undefined,
  })
  return {
    origin,
    secrets,
    database,
    async close() {
      await server.stop()
      await catcher.close()
      await database.drop()
    },
  }
}
