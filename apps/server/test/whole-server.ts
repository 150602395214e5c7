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
export async function wholeServer(more: Record<string, string> = {}, host = '127.0.0.1') {
  const database = await testDatabase()
  const catcher = await catchMail()
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const port = await freePort()
  const origin = `http://${host}:${port}`
  const environment = {
    OPSFLOW_ROLES: 'api,realtime,ingest',
    OPSFLOW_DEMO: 'off',
    OPSFLOW_RATE_LIMIT: '10000000',
    LOG_LEVEL: 'fatal',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(catcher.port),
    SMTP_SECURITY: 'none',
    SMTP_FROM: 'ops@example.com',
    ...more,
  }
  const folder = emptyFolder()
  const config = readConfig(environment, folder)
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
    /** Where its files lie. */
    folder,
    /** The letters it sent. */
    catcher,
    async close() {
      await server.stop()
      await catcher.close()
      await database.drop()
    },
  }
}
