import pg from 'pg'
import { scramVerifier } from './scram.ts'

/** opsflow_owner owns all objects and migrates. The others own nothing and are members of nothing. */
export const RUNTIME_ROLES = ['opsflow_app', 'opsflow_auth', 'opsflow_relay'] as const
export const ROLES = ['opsflow_owner', ...RUNTIME_ROLES] as const
export type RoleName = (typeof ROLES)[number]
export type RolePasswords = Record<'owner' | 'app' | 'auth' | 'relay', string>

type Client = Pick<pg.Client, 'query'>

/** Makes the four roles where they are missing, sets their passwords, and refuses roles that have too much power. */
export async function ensureRoles(admin: Client, passwords: RolePasswords): Promise<void> {
  for (const role of ROLES) {
    const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
    await admin.query(rowCount ? passwordSql(role, passwords) : roleSql(role, passwords))
  }
  const faults = await roleFaults(admin)
  if (faults.length > 0) throw new Error(`Database roles must be mended by an administrator:\n${faults.join('\n')}`)
}

/** Makes the database where it is missing and closes it to everyone but our roles. Privileges do not travel with templates. */
export async function ensureDatabase(admin: Client, database: string, template = 'template0'): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  const name = pg.escapeIdentifier(database)
  if (!rowCount)
    await admin.query(`create database ${name} owner opsflow_owner template ${pg.escapeIdentifier(template)}`)
  for (const statement of grantsSql(database)) await admin.query(statement)
}

/** For the administrator of a server where we may not make roles ourselves. Holds no readable password. */
export function administratorSql(database: string, passwords: RolePasswords): string {
  return [
    ...ROLES.map((role) => roleSql(role, passwords)),
    `alter database ${pg.escapeIdentifier(database)} owner to opsflow_owner`,
    ...grantsSql(database),
  ]
    .map((statement) => `${statement};`)
    .join('\n')
}

/** What an administrator must mend: each a sentence with the statement that mends it. */
async function roleFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string; powerful: boolean; memberships: string | null }>(
    `select r.rolname,
            r.rolsuper or r.rolbypassrls or r.rolcreatedb or r.rolcreaterole or r.rolreplication as powerful,
            (select string_agg(quote_ident(g.rolname), ', ') from pg_auth_members m join pg_roles g on g.oid = m.roleid
              where m.member = r.oid) as memberships
       from pg_roles r where r.rolname = any ($1)`,
    [[...ROLES]],
  )
  return rows.flatMap(({ rolname, powerful, memberships }) => [
    ...(powerful ? [`alter role ${rolname} ${NO_POWER}; -- it could see every tenant`] : []),
    ...(memberships ? [`revoke ${memberships} from ${rolname}; -- it must be a member of nothing`] : []),
  ])
}

const NO_POWER = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication'

const roleSql = (role: RoleName, passwords: RolePasswords) =>
  `create role ${role} login noinherit ${NO_POWER} password ${verifierOf(role, passwords)}`

const passwordSql = (role: RoleName, passwords: RolePasswords) =>
  `alter role ${role} login password ${verifierOf(role, passwords)}`

const verifierOf = (role: RoleName, passwords: RolePasswords) =>
  pg.escapeLiteral(scramVerifier(passwords[role.replace('opsflow_', '') as keyof RolePasswords]))

const grantsSql = (database: string) => {
  const name = pg.escapeIdentifier(database)
  return [
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to ${RUNTIME_ROLES.join(', ')}`,
  ]
}
