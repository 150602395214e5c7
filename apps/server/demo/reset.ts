import { fileURLToPath } from 'node:url'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { installContextKey, migrate } from '@opsflow/platform/server/migrate'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { say } from '../start/say.ts'
import { chains } from './chains.ts'
import { openDemoGround } from './ground.ts'
import { resetDemo } from './seed.ts'
import { realTenants, tryHold } from './store.ts'

// `npm run demo:reset`: the demo as on the first day. Works beside a running product, and without one.

const root = fileURLToPath(new URL('../../../', import.meta.url))

try {
  await reset(readConfig(process.env, root))
} catch (error) {
  process.exitCode = 1
  console.error(error instanceof CannotStart ? `\n${error.message}` : error)
}

async function reset(config: Config) {
  if (!config.demo)
    throw new CannotStart('OPSFLOW_DEMO is off: this product has no demo to reset. Nothing was changed.')
  const database = await prepareDatabase(config)
  try {
    await migrate(database.urls.owner)
    await installContextKey(database.urls.owner, Buffer.from(database.secrets.contextKey, 'base64'))
    const ground = await openDemoGround(database)
    try {
      const hold = await tryHold(ground.relay)
      await hold?.release()
      if (!hold)
        say('OpsFlow is running. Its simulated sensors pause meanwhile; who is signed in to the demo signs in again.')
      say('Wiping the demo and making it again; this takes a minute or two …')
      say(await resetDemo(ground, chains, Date.now(), () => undefined))
      const others = await realTenants(ground.relay)
      if (others > 0) say(`${others} other ${others === 1 ? 'tenant was' : 'tenants were'} left as they are.`)
    } finally {
      await ground.close()
    }
  } finally {
    if (!database.attached) await database.stop()
  }
}
