import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { beginEpoch } from '@opsflow/platform/server/sync/store-epoch'
import { told } from './beside.ts'
import { say } from './start/say.ts'

// `npm run sync:new-epoch`: for whoever put the database back to an earlier state.

const root = fileURLToPath(new URL('../../', import.meta.url))
await told(() => run(readConfig(process.env, root)))

async function run(config: Config) {
  const prepared = await prepareDatabase(config)
  try {
    await beginEpoch(prepared.urls.owner)
    say('A new epoch has begun. Devices fetch everything anew and send again what they sent within 14 days.')
  } finally {
    if (!prepared.attached) await prepared.stop()
  }
}
