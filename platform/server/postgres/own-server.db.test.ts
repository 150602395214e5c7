import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { databaseAccount } from './account.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { reachableBinaries } from './home.ts'
import { prepareDatabase } from './prepare.ts'

// Roles belong to a whole server, so these tests have one of their own, standing in for the operator's.
let folder: string
let server: Cluster
let dataDir: string
let count = 0
const urlOf = (user: string, password: string) => {
  const url = new URL(server.url('restaurants'))
  url.username = user
  url.password = password
  return url.href
}

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-own-'))
  chmodSync(folder, 0o755)
  const account = databaseAccount()
  server = await openCluster({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    password: 'operator',
    account,
    binaries: reachableBinaries(account),
    throwaway: true,
  })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  dataDir = join(folder, `data-${count++}`)
  await asOperator('postgres', 'drop database if exists restaurants with (force)')
  for (const role of [
    'opsflow_owner',
    'opsflow_app',
    'opsflow_auth',
    'opsflow_relay',
    'opsflow_sealer',
    'limited',
    'maker',
  ]) {
    await asOperator('postgres', `drop role if exists ${role}`)
  }
  await asOperator('postgres', 'create database restaurants')
})

async function asOperator(database: string, sql: string) {
  const client = new pg.Client(server.url(database))
  await client.connect()
  try {
    return (await client.query(sql)) as pg.QueryResult
  } finally {
    await client.end()
  }
}

const prepare = (env: Record<string, string>) => prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: dataDir, ...env }, '/'))

const userOf = async (url: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query('select current_user::text as me, current_database()::text as database')).rows[0]
  } finally {
    await client.end()
  }
}

test('an administrator of a server of your own makes our roles there, once', async () => {
  const first = await prepare({ DATABASE_URL: server.url('restaurants') })
  for (const face of ['owner', 'app', 'auth', 'relay', 'sealer'] as const) {
    expect(await userOf(first.urls[face])).toEqual({ me: `opsflow_${face}`, database: 'restaurants' })
  }
  const second = await prepare({ DATABASE_URL: server.url('restaurants') })
  expect(second.urls).toEqual(first.urls)
  expect(await second.stop()).toBe(true)
  expect(await userOf(first.urls.app)).toMatchObject({ me: 'opsflow_app' }) // not ours to stop
})

test('a role that may make roles and databases, as managed servers give it, is enough', async () => {
  await asOperator('postgres', "create role maker login createrole createdb password 'maker'")
  await asOperator('postgres', 'alter database restaurants owner to maker')
  const { urls } = await prepare({ DATABASE_URL: urlOf('maker', 'maker') })
  expect(await userOf(urls.owner)).toMatchObject({ me: 'opsflow_owner' })
})

test('where roles may not be made, the SQL for the administrator is printed without passwords, and is enough', async () => {
  await asOperator('postgres', "create role limited login password 'limited'")
  const env = { DATABASE_URL: urlOf('limited', 'limited') }
  const refusal = await prepare(env).catch((error) => error)
  const sql = refusal.message.split('\n\n')[1]
  expect(sql).toMatch(/create role opsflow_app login noinherit nosuperuser nobypassrls .* password 'SCRAM-SHA-256\$/)
  await asOperator('restaurants', sql)
  const { urls } = await prepare(env)
  expect(await userOf(urls.relay)).toMatchObject({ me: 'opsflow_relay' })
})

test("a role's own URL keeps its own password, and must be that role", async () => {
  await asOperator('postgres', "create role opsflow_app login password 'chosen'")
  const env = { DATABASE_URL: server.url('restaurants'), DATABASE_APP_URL: urlOf('opsflow_app', 'chosen') }
  expect((await prepare(env)).urls.app).toBe(env.DATABASE_APP_URL)
  await expect(prepare({ ...env, DATABASE_APP_URL: server.url('restaurants') })).rejects.toThrow(
    'DATABASE_APP_URL: it signs in as postgres, not as opsflow_app',
  )
})

test('a runtime role that could see every tenant is refused, with the statement that mends it', async () => {
  const env = { DATABASE_URL: server.url('restaurants') }
  await prepare(env)
  await asOperator('postgres', 'alter role opsflow_app bypassrls')
  await asOperator('postgres', 'grant opsflow_owner to opsflow_app')
  await expect(prepare(env)).rejects.toThrow(
    /alter role opsflow_app nosuperuser nobypassrls .*\nrevoke opsflow_owner from opsflow_app/,
  )
})

test('a server that cannot be entered is named without its password', async () => {
  const refusal = await prepare({ DATABASE_URL: urlOf('postgres', 'wrong-word') }).catch((error) => error)
  expect(refusal.message).toMatch(/^DATABASE_URL: 127\.0\.0\.1:\d+ cannot be entered: password authentication failed/)
  expect(refusal.message).not.toContain('wrong-word')
})
