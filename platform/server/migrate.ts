import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { hmacPads } from './context.ts'

/** The house's migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../db/migrations/', import.meta.url))

/**
 * Brings the schema up to date, in order, each file in its own transaction; two starters wait for each other. Refuses
 * when a file was edited after this database applied it: the schema would no longer be what the files say.
 */
export async function migrate(ownerUrl: string, directory = MIGRATIONS): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('opsflow.migrate'))`) // held until the connection ends
    await client.query('create schema if not exists app')
    const files = checksums(directory)
    await refuseEdited(client, files)
    const ran = await runner({
      dbClient: client,
      dir: directory,
      direction: 'up',
      migrationsSchema: 'app',
      migrationsTable: 'migrations',
      checkOrder: true,
      singleTransaction: false,
      log: () => undefined,
      verbose: false,
    })
    await remember(client, files)
    return ran.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

type Checksums = Map<string, string>

/** By the name a migration is noted under. Line ends do not count: a checkout on Windows may change them. */
function checksums(directory: string): Checksums {
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'))
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n')
      return [file.replace(/\.sql$/, ''), createHash('sha256').update(text).digest('hex')]
    }),
  )
}

async function refuseEdited(client: pg.Client, files: Checksums) {
  await client.query('alter table if exists app.migrations add column if not exists sha256 text')
  const edited = (await applied(client)).filter(({ name, sha256 }) => files.has(name) && files.get(name) !== sha256)
  if (edited.length === 0) return
  const names = edited.map(({ name }) => `db/migrations/${name}.sql`).join(', ')
  throw new CannotStart(
    `${names} was edited after this database had applied it, so the schema is no longer what the files say. ` +
      `Put the file back as it was (git checkout -- ${names.replaceAll(',', '')}, or the version you ran before) ` +
      'and say the change in a new file with the next number. Nothing was changed.',
  )
}

async function applied(client: pg.Client): Promise<{ name: string; sha256: string }[]> {
  const { rows } = await client.query(`select to_regclass('app.migrations') as there`)
  if (rows[0].there === null) return []
  return (await client.query('select name, sha256 from app.migrations where sha256 is not null order by id')).rows
}

/** What ran before checksums were kept counts as it is now. */
async function remember(client: pg.Client, files: Checksums) {
  await client.query('alter table app.migrations add column if not exists sha256 text')
  await client.query(
    `update app.migrations m set sha256 = n.sha256 from unnest($1::text[], $2::text[]) n (name, sha256)
      where m.name = n.name and m.sha256 is null`,
    [[...files.keys()], [...files.values()]],
  )
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
