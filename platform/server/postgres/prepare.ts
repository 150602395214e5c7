import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { CannotStart } from '../cannot-start.ts'
import type { Config } from '../config.ts'
import type { Binaries } from './binaries.ts'
import { openCluster } from './cluster.ts'
import { findHome, openDataDir } from './home.ts'
import { databaseOfYourOwn } from './own-server.ts'
import { ensureDatabase, ensureRoles } from './roles.ts'
import { readOrMakeSecrets, type Secrets, secretsFile } from './secrets.ts'
import { type RoleUrls, rolesWithoutEntry, roleUrls } from './urls.ts'

export type PreparedDatabase = {
  urls: RoleUrls
  secrets: Secrets
  /** For people: where the data is. */
  place: string
  /** The embedded PostgreSQL was running already. A tool that finds it so must leave it running. */
  attached: boolean
  /** Starts the embedded PostgreSQL again when it is killed; a server of your own is yours to keep running. */
  keepRunning: (say: (line: string) => void) => void
  /** Stops the embedded PostgreSQL; leaves a server of your own alone. False when it still writes after 5 seconds. */
  stop: () => Promise<boolean>
}

/** A database with our roles in it, ready to be migrated: the embedded one, or the one of DATABASE_URL. */
export async function prepareDatabase(
  config: Pick<Config, 'dataDir' | 'database'>,
  elsewhere?: string,
): Promise<PreparedDatabase> {
  const dataDir = openDataDir(config.dataDir)
  if (config.database.url) return databaseOfYourOwn(config.database, config.database.url, readOrMakeSecrets(dataDir))
  return embeddedDatabase(dataDir, elsewhere)
}

async function embeddedDatabase(dataDir: string, elsewhere?: string): Promise<PreparedDatabase> {
  const home = findHome(dataDir, elsewhere)
  refuseLostSecrets(home.folder, dataDir)
  const secrets = readOrMakeSecrets(dataDir)
  const cluster = await openCluster({
    ...home,
    log: join(dataDir, 'postgres.log'),
    password: secrets.passwords.postgres,
  })
  try {
    const urls = roleUrls(cluster.url(DATABASE), secrets.passwords)
    if ((await rolesWithoutEntry(urls)).length > 0) await makeRolesAndDatabase(cluster.url('postgres'), secrets)
    return {
      urls,
      secrets,
      place: `embedded ${versionOf(home.binaries)} on port ${cluster.port}, data in ${home.folder}`,
      attached: cluster.attached,
      keepRunning: cluster.keepRunning,
      stop: cluster.stop,
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

const DATABASE = 'opsflow'

const versionOf = (binaries: Binaries) => binaries.version.split('.').slice(0, 2).join('.')

/** New secrets would not open an old database, and would hide that its own are gone. */
function refuseLostSecrets(folder: string, dataDir: string) {
  const secrets = secretsFile(dataDir)
  if (existsSync(secrets) || !existsSync(join(folder, 'PG_VERSION'))) return
  throw new CannotStart(
    `${secrets} is missing, and the database in ${folder} cannot be entered without it. ` +
      `Put it back, or move ${dataDir} away to begin with an empty database.`,
  )
}

async function makeRolesAndDatabase(adminUrl: string, secrets: Secrets) {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    await ensureRoles(admin, secrets.passwords)
    await ensureDatabase(admin, DATABASE)
  } finally {
    await admin.end()
  }
}
