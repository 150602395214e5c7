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

/**
 * Gives the database the key that verifies tenant contexts. The one before stays valid for an hour: long enough to
 * replace the servers that run with it, short enough that a key that leaked is soon worthless.
 */
export async function installContextKey(ownerUrl: string, key: Buffer): Promise<void> {
  const { inner, outer } = hmacPads(key)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into sec.context_keys as k (inner_pad, outer_pad) values ($1, $2)
       on conflict (one) do update
         set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad, since = now(),
             previous_inner_pad = k.inner_pad, previous_outer_pad = k.outer_pad, previous_until = now() + interval '1 hour'
         where k.inner_pad <> excluded.inner_pad`,
      [inner, outer],
    )
  } finally {
    await client.end()
  }
}
