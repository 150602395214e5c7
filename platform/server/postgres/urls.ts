import pg from 'pg'
import { FACES, type Face, type RolePasswords } from './roles.ts'

/** One URL for each role; every process uses only those its work needs. */
export type RoleUrls = Record<Face, string>

/** The same server and database, entered as each of our roles. */
export function roleUrls(url: string, passwords: RolePasswords): RoleUrls {
  const entry = (face: Face) => {
    const own = new URL(url)
    own.username = `opsflow_${face}`
    own.password = passwords[face]
    return own.href
  }
  return {
    owner: entry('owner'),
    app: entry('app'),
    auth: entry('auth'),
    relay: entry('relay'),
    sealer: entry('sealer'),
  }
}

/** The roles that cannot sign in yet, each with the server's reason. */
export async function rolesWithoutEntry(urls: RoleUrls): Promise<{ face: Face; reason: string }[]> {
  const tried = await Promise.all(FACES.map(async (face) => ({ face, reason: await whyNoEntry(urls[face], face) })))
  return tried.flatMap(({ face, reason }) => (reason === undefined ? [] : [{ face, reason }]))
}

async function whyNoEntry(url: string, face: Face): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ me: string }>('select current_user::text as me')
    return rows[0]?.me === `opsflow_${face}` ? undefined : `it signs in as ${rows[0]?.me}, not as opsflow_${face}`
  } catch (error) {
    return (error as Error).message
  } finally {
    await client.end().catch(() => {})
  }
}
