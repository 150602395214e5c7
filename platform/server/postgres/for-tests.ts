import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { ensureDatabase, type RolePasswords } from './roles.ts'
import { type RoleUrls, roleUrls } from './urls.ts'

/** What vitest-global.ts tells about the run's PostgreSQL. */
export type TestServer = { admin: string; passwords: RolePasswords; contextKey: string; template: string }

export type TestDatabase = {
  urls: RoleUrls
  /** The superuser, in this database. */
  admin: string
  contextKey: Buffer
  drop: () => Promise<void>
}

/** A database of this test file's own, migrated, empty. Drop it after the file. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const server = await testServer()
  return makeDatabase(server, server.template)
}

/** One that no migration has seen yet. */
export const unmigratedDatabase = async (): Promise<TestDatabase> => makeDatabase(await testServer())

async function makeDatabase(server: TestServer, template?: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(server, (admin) => ensureDatabase(admin, name, template))
  const admin = new URL(server.admin)
  admin.pathname = `/${name}`
  return {
    urls: roleUrls(admin.href, server.passwords),
    admin: admin.href,
    contextKey: Buffer.from(server.contextKey, 'base64'),
    drop: () => asAdmin(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  }
}

async function testServer(): Promise<TestServer> {
  const response = await fetch(`http://127.0.0.1:${inject('testServerPort')}/`)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as TestServer
}

async function asAdmin(server: TestServer, work: (admin: pg.Client) => Promise<unknown>) {
  const admin = new pg.Client(server.admin)
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
