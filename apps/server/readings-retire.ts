import { fileURLToPath } from 'node:url'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { retireReadings } from '@opsflow/platform/server/ledger/store-upkeep'
import { migrate } from '@opsflow/platform/server/migrate'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { told } from './beside.ts'
import { say } from './start/say.ts'

// `npm run readings:retire -- 2024-01`: a month of readings goes, and each customer's evidence log says so.

const root = fileURLToPath(new URL('../../', import.meta.url))
await told(() => run(readConfig(process.env, root), process.argv[2] ?? ''))

async function run(config: Config, month: string) {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new CannotStart('Say which month: npm run readings:retire -- 2024-01')
  const prepared = await prepareDatabase(config)
  try {
    await migrate(prepared.urls.owner)
    const rows = await retireReadings(prepared.urls.owner, month, `npm run readings:retire -- ${month}`)
    say(`${rows} readings of ${month} are removed, and noted in the evidence log of whose they were. Hourly sums stay.`)
  } finally {
    if (!prepared.attached) await prepared.stop()
  }
}
