import { readConfig } from '@opsflow/platform/server/config'
import { startServer } from '../main.ts'

// The product's server in a process of its own, so that a test can kill it. What it stands on comes in its environment.
const { GROUND, ...environment } = process.env
const server = await startServer(readConfig(environment, '/'), JSON.parse(GROUND ?? ''))
process.once('SIGTERM', async () => {
  await server.stop()
  process.exit()
})
