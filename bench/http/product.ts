import { startServer } from '../../apps/server/main.ts'
import type { Ground } from '../../apps/server/start/ground.ts'
import { readConfig } from '../../platform/server/config.ts'
import { emptyFolder } from '../../platform/server/files/folder.for-tests.ts'

/** The product itself, API only, as the product composes it. Told by its parent where the database is. */
process.once('message', async (ground: Ground) => {
  const environment = { OPSFLOW_ROLES: 'api', OPSFLOW_DEMO: 'off', OPSFLOW_RATE_LIMIT: '10000000', DATABASE_POOL: '8' }
  await startServer(readConfig(environment, emptyFolder()), ground)
  process.send?.('ready')
})
