import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { hmacPads } from './context.ts'

const DIRECTORY = fileURLToPath(new URL('../../db/migrations/', import.meta.url))

/** Brings the schema up to date, in order, each file in its own transaction; two starters wait for each other. */
export async function migrate(ownerUrl: string, log: (line: string) => void = () => undefined): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('create schema if not exists app')
    const applied = await runner({
      dbClient: client,
      dir: DIRECTORY,
      direction: 'up',
      migrationsSchema: 'app',
      migrationsTable: 'migrations',
      checkOrder: true,
      singleTransaction: false,
      log,
      verbose: false,
    })
    return applied.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** Gives the database the key that verifies tenant contexts; the one before stays valid while its contexts expire. */
export async function installContextKey(ownerUrl: string, key: Buffer): Promise<void> {
  const { inner, outer } = hmacPads(key)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('lock table sec.context_keys in exclusive mode')
    const { rowCount } = await client.query('select from sec.context_keys where id = 1 and inner_pad = $1', [inner])
    if (rowCount === 0) {
      await client.query('delete from sec.context_keys where id = 2')
      await client.query('update sec.context_keys set id = 2 where id = 1')
      await client.query('insert into sec.context_keys (id, inner_pad, outer_pad) values (1, $1, $2)', [inner, outer])
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
