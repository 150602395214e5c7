import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './for-tests.ts'

let database: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  ;[database, other] = await Promise.all([testDatabase(), testDatabase()])
})
afterAll(async () => {
  await Promise.all([database.drop(), other.drop()])
})

const ask = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('each test file has a database of its own, entered as each role', async () => {
  expect(database.admin).not.toBe(other.admin)
  for (const face of ['owner', 'app', 'auth', 'relay', 'sealer'] as const) {
    expect(await ask(database.urls[face], 'select current_user::text as me')).toEqual([{ me: `opsflow_${face}` }])
  }
  expect(database.contextKey).toHaveLength(32)
})

test('runtime roles own nothing, are members of nothing and may not make anything', async () => {
  await expect(ask(database.urls.app, 'create temp table t (id int)')).rejects.toThrow('permission denied')
  await expect(ask(database.urls.app, 'set role opsflow_owner')).rejects.toThrow('permission denied')
  await expect(ask(database.urls.relay, 'alter role opsflow_relay bypassrls')).rejects.toThrow('permission denied')
})

test('roles, encoding and order of letters are those of the product', async () => {
  const [settings] = await ask(
    database.admin,
    `select pg_encoding_to_char(encoding) as encoding, datlocale as locale from pg_database where datname = current_database()`,
  )
  expect(settings).toEqual({ encoding: 'UTF8', locale: 'C.UTF-8' })
})
