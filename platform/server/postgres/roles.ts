import pg from 'pg'
import { scramVerifier } from './scram.ts'

/**
 * Five roles, named opsflow_<face>. The owner owns all objects and migrates; app is what requests run as, auth looks up
 * who is calling, relay carries facts and jobs across tenants, sealer gives what was changed its place in the evidence
 * log. These four own nothing and are members of nothing.
 */
export const FACES = ['owner', 'app', 'auth', 'relay', 'sealer'] as const
export type Face = (typeof FACES)[number]
export type RolePasswords = Record<Face, string>

type Client = Pick<pg.Client, 'query'>

/** Makes the roles where they are missing and sets their passwords. */
export async function ensureRoles(admin: Client, passwords: RolePasswords, faces: readonly Face[] = FACES) {
  for (const statement of await roleStatements(admin, passwords, faces)) await admin.query(statement)
}

/** Also for an administrator to run, where we may not make roles: holds no readable password. */
export async function roleStatements(client: Client, passwords: RolePasswords, faces: readonly Face[]) {
  const { rows } = await client.query<{ name: string }>('select rolname as name from pg_roles')
  const existing = new Set(rows.map(({ name }) => name))
  return faces.map((face) => {
    const password = `password ${pg.escapeLiteral(scramVerifier(passwords[face]))}`
    return existing.has(`opsflow_${face}`)
      ? `alter role opsflow_${face} login ${password}`
      : `create role opsflow_${face} login noinherit ${NO_POWER} ${password}`
  })
}

/** Makes the database where it is missing and closes it to all but our roles: privileges do not travel with templates. */
export async function ensureDatabase(admin: Client, database: string, template = 'template0'): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  const name = pg.escapeIdentifier(database)
  if (!rowCount) {
    await admin.query(`create database ${name} owner opsflow_owner template ${pg.escapeIdentifier(template)}`)
  }
  for (const statement of entrySql(database)) await admin.query(statement)
}

/** A database that is there already becomes ours. Who hands it over is a member of the new owner; `user` still gets in. */
export const handOverStatements = (database: string, user: string) => [
  'grant opsflow_owner to current_user',
  `alter database ${pg.escapeIdentifier(database)} owner to opsflow_owner`,
  ...entrySql(database),
  `grant connect on database ${pg.escapeIdentifier(database)} to ${pg.escapeIdentifier(user)}`,
]

/** The statements with which an administrator takes away what our roles must not have. */
export async function roleFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; powerful: boolean; memberships: string | null }>(
    `select r.rolname as name,
            r.rolsuper or r.rolbypassrls or r.rolcreatedb or r.rolcreaterole or r.rolreplication as powerful,
            (select string_agg(quote_ident(g.rolname), ', ') from pg_auth_members m join pg_roles g on g.oid = m.roleid
              where m.member = r.oid) as memberships
       from pg_roles r where r.rolname = any ($1)`,
    [FACES.map((face) => `opsflow_${face}`)],
  )
  return rows.flatMap(({ name, powerful, memberships }) => [
    ...(powerful ? [`alter role ${name} ${NO_POWER}; -- it could see every tenant`] : []),
    ...(memberships ? [`revoke ${memberships} from ${name}; -- it must be a member of nothing`] : []),
  ])
}

const NO_POWER = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication'

const entrySql = (database: string) => {
  const name = pg.escapeIdentifier(database)
  return [
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to opsflow_app, opsflow_auth, opsflow_relay, opsflow_sealer`,
  ]
}
