import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { ledgerKey } from '@opsflow/platform/server/ledger/node-ground'
import { giveOver, installLedgerKey } from '@opsflow/platform/server/ledger/store-keys'
import { migrate } from '@opsflow/platform/server/migrate'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { keepLedgerKey, newLedgerKey } from '@opsflow/platform/server/postgres/secrets'
import { told } from './beside.ts'
import { ledgerSeed } from './main.ts'
import { say } from './start/say.ts'

// `npm run ledger:rotate`: the key in force vouches for a new one, which signs from then on.

const root = fileURLToPath(new URL('../../', import.meta.url))
await told(() => run(readConfig(process.env, root)))

async function run(config: Config) {
  const prepared = await prepareDatabase(config)
  try {
    await migrate(prepared.urls.owner)
    const inForce = ledgerKey(ledgerSeed(config, prepared.secrets))
    await installLedgerKey(prepared.urls.owner, inForce)
    const seed = newLedgerKey()
    const next = ledgerKey(Buffer.from(seed, 'base64'))
    // Kept before it is in force: a key that nobody has would end the log.
    if (config.ledgerKey) say(`Set OPSFLOW_LEDGER_KEY=${seed} in every process, then start them anew.`)
    else keepLedgerKey(config.dataDir, seed)
    await giveOver(prepared.urls.owner, inForce, next)
    say(`Heads are signed by ${next.verifier.text} from now on. Start the product anew: until then nothing is sealed.`)
  } finally {
    if (!prepared.attached) await prepared.stop()
  }
}
