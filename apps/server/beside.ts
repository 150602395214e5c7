import { CannotStart } from '@opsflow/platform/server/cannot-start'
import type { Config } from '@opsflow/platform/server/config'
import { openLog } from '@opsflow/platform/server/log'
import { installContextKey, migrate } from '@opsflow/platform/server/migrate'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import type { Secrets } from '@opsflow/platform/server/postgres/secrets'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'

export type Beside = {
  database: Database
  /** As opsflow_auth. */
  pool: ReturnType<typeof openPool>
  secrets: Secrets
  log: ReturnType<typeof openLog>
}

/** For commands of whoever runs the product: on its database, beside a running product or without one. */
export async function beside(config: Config, work: (parts: Beside) => Promise<void>): Promise<void> {
  const prepared = await prepareDatabase(config)
  const { urls, secrets } = prepared
  const contextKey = Buffer.from(secrets.contextKey, 'base64')
  try {
    await migrate(urls.owner)
    await installContextKey(urls.owner, contextKey)
    const database = openDatabase({ url: urls.app, contextKey, poolSize: 2, prepared: config.database.prepared })
    const pool = openPool(urls.auth, 4)
    try {
      await work({ database, pool, secrets, log: openLog(config.logLevel) })
    } finally {
      await Promise.all([pool.end(), database.close()])
    }
  } finally {
    if (!prepared.attached) await prepared.stop()
  }
}

/** A mistake is told in its sentence, a bug with its stack; either way the command has failed. */
export async function told(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    process.exitCode = 1
    console.error(error instanceof CannotStart ? `\n${error.message}` : error)
  }
}
