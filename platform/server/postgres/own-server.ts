import pg from 'pg'
import { CannotStart } from '../cannot-start.ts'
import type { Config } from '../config.ts'
import { type Face, handOverStatements, roleFaults, roleStatements } from './roles.ts'
import type { Secrets } from './secrets.ts'
import { type RoleUrls, rolesWithoutEntry, roleUrls } from './urls.ts'

/** The server of DATABASE_URL: our roles are made where we may, otherwise the SQL for its administrator is printed. */
export async function databaseOfYourOwn(given: Config['database'], url: string, secrets: Secrets) {
  const urls = withGivenUrls(roleUrls(url, secrets.passwords), given, url)
  const admin = await enter(url)
  try {
    await refuseOldServer(admin)
    const missing = (await rolesWithoutEntry(urls)).map(({ face }) => face)
    if (missing.length > 0) await makeRoles(admin, missing, given, secrets)
    await refuseWithoutEntry(urls, given)
    await refusePower(admin)
  } finally {
    await admin.end()
  }
  const { hostname, pathname } = new URL(url)
  return {
    urls,
    secrets,
    place: `database ${pathname.slice(1)} on ${hostname}`,
    attached: true,
    keepRunning: () => {},
    stop: async () => true,
  }
}

function withGivenUrls(urls: RoleUrls, given: Config['database'], url: string): RoleUrls {
  return {
    owner: isOwner(url) ? url : urls.owner,
    app: given.appUrl ?? urls.app,
    auth: given.authUrl ?? urls.auth,
    relay: given.relayUrl ?? urls.relay,
    sealer: given.sealerUrl ?? urls.sealer,
  }
}

const isOwner = (url: string) => decodeURIComponent(new URL(url).username) === 'opsflow_owner'

async function enter(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw new CannotStart(`DATABASE_URL: ${new URL(url).host} cannot be entered: ${(error as Error).message}.`)
  }
  return client
}

async function refuseOldServer(admin: pg.Client) {
  const { rows } = await admin.query<{ server_version: string }>('show server_version')
  const version = rows[0]?.server_version ?? ''
  if (Number.parseInt(version, 10) >= 18) return
  throw new CannotStart(`DATABASE_URL: OpsFlow needs PostgreSQL 18 or newer; this server is ${version}.`)
}

/** All or nothing. Roles that have a URL of their own keep the password the operator gave them. */
async function makeRoles(admin: pg.Client, missing: Face[], given: Config['database'], secrets: Secrets) {
  const ours = missing.filter((face) => face === 'owner' || !given[`${face}Url`])
  const { rows } = await admin.query('select current_database()::text as database, current_user::text as user')
  const { database, user } = rows[0] as { database: string; user: string }
  const statements = [...(await roleStatements(admin, secrets.passwords, ours)), ...handOverStatements(database, user)]
  try {
    await admin.query('begin')
    for (const statement of statements) await admin.query(statement)
    await admin.query('commit')
  } catch (error) {
    await admin.query('rollback')
    if ((error as pg.DatabaseError).code !== INSUFFICIENT_PRIVILEGE) throw error
    throw new CannotStart(
      `DATABASE_URL: this role may not make the roles OpsFlow works with (${(error as Error).message}).\n` +
        `Let an administrator run this in database ${database}, then start again:\n\n` +
        statements.map((statement) => `${statement};`).join('\n'),
    )
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'

async function refuseWithoutEntry(urls: RoleUrls, given: Config['database']) {
  const faults = (await rolesWithoutEntry(urls)).map(({ face, reason }) => {
    const named =
      face !== 'owner' && given[`${face}Url`] ? `DATABASE_${face.toUpperCase()}_URL` : `role opsflow_${face}`
    return `${named}: ${reason}`
  })
  if (faults.length > 0) throw new CannotStart(`The database cannot be entered:\n  ${faults.join('\n  ')}`)
}

async function refusePower(admin: pg.Client) {
  const faults = await roleFaults(admin)
  if (faults.length === 0) return
  throw new CannotStart(`Roles of the database have too much power. Let an administrator run:\n\n${faults.join('\n')}`)
}
