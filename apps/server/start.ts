import { fileURLToPath } from 'node:url'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { ledgerKey } from '@opsflow/platform/server/ledger/node-ground'
import { installLedgerKey } from '@opsflow/platform/server/ledger/store-keys'
import { installContextKey, migrate } from '@opsflow/platform/server/migrate'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { seedDemo } from './demo/seed.ts'
import { ledgerSeed, startServer } from './main.ts'
import type { Ground } from './start/ground.ts'
import { Life } from './start/life.ts'
import { addressOf, choosePort } from './start/port.ts'
import { say, step } from './start/say.ts'
import { takeTurn } from './start/turn.ts'
import { buildWeb } from './start/web-build.ts'
import { openDevelopmentFront, startNextForDevelopment } from './start/web-dev.ts'
import { type SignIn, welcome } from './start/welcome.ts'

// `npm start`, in order. Each step is told in a line while it runs and in a line when it is done.

const root = fileURLToPath(new URL('../../', import.meta.url))
const development = process.argv.includes('--dev')
const life = new Life()

async function start() {
  const config = readConfig(process.env, root)
  const turn = await life.begin(() => takeTurn(config))
  if (turn.runningAt !== undefined) return say(`OpsFlow already runs at ${turn.runningAt}`)
  life.onEnd(turn.release)

  say('Starting OpsFlow')
  const database = await life.begin(() => step('PostgreSQL', (tell) => openDatabase(config, tell)))
  await life.begin(() => step('Migrations', (tell) => bringUpToDate(config, database, tell)))
  const signIns = await life.begin(() => step('First data', (tell) => makeFirstData(config, database, tell)))
  const webFolder = await life.begin(() => step('Web', (tell) => prepareWeb(config, tell)))
  const address = await life.begin(() => step('Server', (tell) => serve(config, { ...database, webFolder }, tell)))

  turn.announce(address)
  welcome(address, signIns)
  await life.endIsAsked
}

type Tell = (outcome: string) => void
type Database = Pick<Ground, 'urls' | 'secrets'>

async function openDatabase(config: Config, tell: Tell): Promise<Database> {
  const database = await prepareDatabase(config)
  life.onEnd(async () => {
    if (!(await database.stop())) say('PostgreSQL is still writing; it ends by itself.')
  })
  database.keepRunning(say)
  tell(database.place)
  return database
}

async function bringUpToDate(config: Config, { urls, secrets }: Database, tell: Tell) {
  const applied = await migrate(urls.owner)
  await installContextKey(urls.owner, Buffer.from(secrets.contextKey, 'base64'))
  await installLedgerKey(urls.owner, ledgerKey(ledgerSeed(config, secrets)))
  tell(applied.length > 0 ? `${applied.length} applied` : 'nothing new')
}

async function makeFirstData(config: Config, database: Database, tell: Tell): Promise<readonly SignIn[]> {
  if (!config.demo) {
    tell('none; the first visitor makes the first administrator')
    return []
  }
  return seedDemo(database, tell)
}

async function prepareWeb(config: Config, tell: Tell): Promise<string | undefined> {
  if (development || !config.roles.has('api')) {
    tell(development ? 'from its development server' : 'served by the processes with role api')
    return undefined
  }
  const { folder, built } = await buildWeb(root, life.signal, () => tell('building, which takes a minute'))
  tell(built ? 'built' : 'unchanged')
  return folder
}

async function serve(config: Config, ground: Database & Pick<Ground, 'webFolder'>, tell: Tell): Promise<string> {
  const port = await choosePort(config)
  const publicUrl = addressOf(config, port)
  const productPort = development ? await freePort() : port
  const server = await startServer(config, { ...ground, publicUrl, port: productPort })
  life.onEnd(server.stop)
  if (development) await serveInDevelopment(config.host, port, productPort)
  tell([...config.roles].join(', '))
  return publicUrl
}

async function serveInDevelopment(host: string, port: number, product: number) {
  const next = await freePort()
  life.onEnd(await startNextForDevelopment(root, next))
  life.onEnd(await openDevelopmentFront(host, port, { product, next }))
}

const started = start()
try {
  await Promise.race([life.endIsAsked, started])
} catch (error) {
  process.exitCode = 1
  console.error(error instanceof CannotStart ? `\n${error.message}` : error)
}
if (life.signal.aborted) say('\nStopping OpsFlow …')
await life.end(started)
process.exit()
