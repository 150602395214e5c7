import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { forgetRows } from '@opsflow/platform/server/ledger/store-upkeep'
import { migrate } from '@opsflow/platform/server/migrate'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { told } from './beside.ts'
import { say } from './start/say.ts'

// `npm run ledger:forget -- <log> <kind> <id>… --why "…"`: what proves these rows is forgotten, and that is noted.

const root = fileURLToPath(new URL('../../', import.meta.url))
await told(() => run(readConfig(process.env, root)))

async function run(config: Config) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { why: { type: 'string' } } })
  const [log, source, ...rows] = positionals
  const logId = log?.replace(/^opsflow\//, '')
  if (!logId || !source || rows.length === 0 || !values.why) {
    throw new CannotStart(
      'Say of whom and what: npm run ledger:forget -- opsflow/5d1c… members 01890a5d-… --why "Erasure asked for on 3 May". ' +
        'The first is the log’s name, then the table and the keys of rows, all as an export shows them.',
    )
  }
  const prepared = await prepareDatabase(config)
  try {
    await migrate(prepared.urls.owner)
    for (const { row, lines } of await forgetRows(prepared.urls.owner, { logId, source, rows, why: values.why })) {
      say(lines === 0 ? `${source} ${row}: nothing to forget.` : `${source} ${row}: forgotten in ${lines} changes.`)
    }
    say('What the rows say now is untouched, and copies in backups keep their nonces until they are gone.')
  } finally {
    if (!prepared.attached) await prepared.stop()
  }
}
