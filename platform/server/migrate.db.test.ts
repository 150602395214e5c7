import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CannotStart } from './cannot-start.ts'
import { type PlantedTenant, RowFactory } from './isolation/rows.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { type TestDatabase, unmigratedDatabase } from './postgres/for-tests.ts'

let database: TestDatabase
let admin: pg.Client
let folder: string
beforeEach(async () => {
  database = await unmigratedDatabase()
  admin = await entered(database)
  folder = mkdtempSync(join(tmpdir(), 'opsflow-migrations-'))
})
afterEach(async () => {
  await admin.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const files = readdirSync(MIGRATIONS).sort()
const bring = (...names: string[]) => {
  for (const name of names) copyFileSync(join(MIGRATIONS, name), join(folder, name))
}

async function entered({ admin: url }: TestDatabase) {
  const client = new pg.Client(url)
  await client.connect()
  return client
}

test('a database that grew file by file, with rows in every table, has the schema of a fresh one', async () => {
  let tenant: PlantedTenant | undefined
  for (const file of files) {
    bring(file)
    expect(await migrate(database.urls.owner, folder)).toHaveLength(1)
    const rows = await RowFactory.open(admin)
    tenant ??= await rows.plantTenant()
    for (const { name, isSingle } of rows.tables.values()) if (!isSingle) await rows.plant(tenant, name)
  }
  const fresh = await unmigratedDatabase()
  const freshAdmin = await entered(fresh)
  try {
    await migrate(fresh.urls.owner)
    const expected = await schemaOf(freshAdmin)
    expect(expected.length).toBeGreaterThan(500)
    expect(await schemaOf(admin)).toEqual(expected)
  } finally {
    await freshAdmin.end()
    await fresh.drop()
  }
}, 120_000)

test('a file that was edited after it was applied is refused with its name and the remedy', async () => {
  bring(...files)
  await migrate(database.urls.owner, folder)
  const edited = join(folder, files[3] as string)
  appendFileSync(edited, '-- one more thought\n')
  const refusal = await migrate(database.urls.owner, folder).catch((error) => error)
  expect(refusal).toBeInstanceOf(CannotStart)
  expect(refusal.message).toContain(`db/migrations/${files[3]} was edited after this database had applied it`)
  expect(refusal.message).toMatch(/Put the file back.*new file/)
  bring(files[3] as string)
  expect(await migrate(database.urls.owner, folder)).toEqual([])
})

test('line ends of another system are not an edit', async () => {
  bring(...files)
  await migrate(database.urls.owner, folder)
  for (const file of files) {
    writeFileSync(join(folder, file), readFileSync(join(MIGRATIONS, file), 'utf8').replaceAll('\n', '\r\n'))
  }
  expect(await migrate(database.urls.owner, folder)).toEqual([])
})

test('a database from before checksums were kept is taken as it is, and watched from then on', async () => {
  bring(...files)
  await migrate(database.urls.owner, folder)
  await admin.query('alter table app.migrations drop column sha256')
  expect(await migrate(database.urls.owner, folder)).toEqual([])
  appendFileSync(join(folder, files[0] as string), '-- edited\n')
  await expect(migrate(database.urls.owner, folder)).rejects.toThrow(`${files[0]} was edited`)
})

test('the release before this one starts on a database that has gone further', async () => {
  await migrate(database.urls.owner)
  bring(...files.slice(0, -1))
  expect(await migrate(database.urls.owner, folder)).toEqual([])
})

test('two starts at once apply each file once', async () => {
  const applied = await Promise.all([migrate(database.urls.owner), migrate(database.urls.owner)])
  expect(applied.flat()).toHaveLength(files.length)
})

/** Everything a schema is, a line for each part: columns, keys, indexes, fences, grants, functions. */
async function schemaOf(client: pg.Client): Promise<string[]> {
  await client.query(`set search_path = pg_catalog`)
  return (await client.query<{ line: string }>(SCHEMA)).rows.map(({ line }) => line)
}

const SCHEMA = `
  with relation as (
    select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
  select line from (
    select format('%s %s %s fenced %s forced %s acl %s options %s owner %s', relkind, oid::regclass, pg_get_expr(relpartbound, oid),
                  relrowsecurity, relforcerowsecurity, relacl, reloptions, relowner::regrole) as line from relation
    union all
    select format('column %s.%s %s required %s default %s acl %s at %s', r.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
                  a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attacl, a.attnum)
      from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
    union all
    select format('constraint %s of %s valid %s: %s', conname, conrelid::regclass, convalidated, pg_get_constraintdef(k.oid))
      from pg_constraint k join relation r on r.oid = k.conrelid
    union all
    select pg_get_indexdef(indexrelid) || ' valid ' || indisvalid from pg_index i join relation r on r.oid = i.indrelid
    union all
    select format('policy %s of %s for %s permissive %s to %s: %s / %s', polname, polrelid::regclass, polcmd, polpermissive,
                  polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
    union all
    select format('function %s acl %s %s', p.oid::regprocedure, p.proacl, pg_get_functiondef(p.oid))
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t where not t.tgisinternal
    union all
    select format('schema %s acl %s', nspname, nspacl) from pg_namespace where nspname !~ '^pg_'
  ) s order by line collate "C"`
