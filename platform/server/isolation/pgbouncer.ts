import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { databaseAccount } from '../postgres/account.ts'
import { freePort } from '../postgres/port.ts'

export type PgBouncer = { url: string; knowsPreparedStatements: boolean; stop: () => Promise<void> }

/** In the path or where Debian keeps daemons. */
export const pgBouncerProgram = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((folder) => join(folder, 'pgbouncer'))
  .find(existsSync)

/** A pooler in transaction mode before one database, for one role, over very few connections. */
export async function startPgBouncer(program: string, url: string, connections: number): Promise<PgBouncer> {
  const { hostname, port: serverPort, username, password, pathname } = new URL(url)
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-pgbouncer-'))
  const account = databaseAccount() // like PostgreSQL, it does not run as root
  const knowsPreparedStatements = versionOf(program) >= 121
  const port = await freePort()
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(
    settings,
    `[databases]
pooled = host=${hostname} port=${serverPort} dbname=${pathname.slice(1)} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 500
${knowsPreparedStatements ? 'max_prepared_statements = 500' : ''}
`,
    { mode: 0o600 },
  )
  chmodSync(folder, 0o711)
  if (account.uid !== undefined && account.gid !== undefined) chownSync(settings, account.uid, account.gid)
  const child = spawn(program, [settings], { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  let messages = ''
  child.stderr.on('data', (text) => {
    messages += text
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const pooled = `postgres://${username}@127.0.0.1:${port}/pooled`
  while (!(await answers(pooled))) {
    if (child.exitCode !== null) throw new Error(`pgbouncer did not start:\n${messages}`)
    await wait(20)
  }
  return {
    url: pooled,
    knowsPreparedStatements,
    stop: async () => {
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** 'PgBouncer 1.18.0' → 118: prepared statements are known from 1.21 on. */
function versionOf(program: string): number {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout) ?? []
  return Number(major) * 100 + Number(minor)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
