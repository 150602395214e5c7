import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CannotStart } from '../cannot-start.ts'
import { readConfig } from '../config.ts'
import { type PreparedDatabase, prepareDatabase } from './prepare.ts'
import { newSecrets } from './secrets.ts'

const asRoot = process.getuid?.() === 0
const running: PreparedDatabase[] = []
const folders: string[] = []
let made: string

// Made once and copied: what these tests are about begins after the first start.
beforeAll(async () => {
  made = join(openFolder(), 'data')
  folders.length = 0
  await (await prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: made }, '/'))).stop()
})
afterAll(() => rmSync(join(made, '..'), { recursive: true, force: true }))
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A place that PostgreSQL's account may enter, as most homes of projects are. */
function openFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-prepare-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

/** The data folder of a project that ran before. */
function usedDataDir(): string {
  const dataDir = join(openFolder(), 'data')
  execFileSync('cp', ['-a', made, dataDir])
  return dataDir
}

async function prepare(dataDir: string, elsewhere?: string): Promise<PreparedDatabase> {
  const database = await prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: dataDir }, '/'), elsewhere)
  running.push(database)
  return database
}

async function ask(url: string, ...statements: string[]) {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

const keepRow = (database: PreparedDatabase) =>
  ask(database.urls.owner, 'create table if not exists kept (n int)', 'insert into kept values (1)')
const keptRows = (database: PreparedDatabase) => ask(database.urls.owner, 'select n from kept')
const postmasterPid = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

test('rows survive a stop and the next start, and secrets are readable by their owner only', async () => {
  const dataDir = join(openFolder(), 'data')
  const first = await prepare(dataDir)
  await keepRow(first)
  expect(await first.stop()).toBe(true)
  const second = await prepare(dataDir)
  expect(second.attached).toBe(false)
  expect(await keptRows(second)).toEqual([{ n: 1 }])
  expect(second.urls).toEqual(first.urls) // the same port and passwords
  expect(lstatSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('a PostgreSQL whose server was killed is joined, not doubled', async () => {
  const dataDir = usedDataDir()
  const orphaned = await prepare(dataDir)
  const joined = await prepare(dataDir)
  expect(joined.attached).toBe(true)
  expect(joined.urls).toEqual(orphaned.urls)
})

test('a PostgreSQL killed with -9 recovers every committed row', async () => {
  const dataDir = usedDataDir()
  const killed = await prepare(dataDir)
  await keepRow(killed)
  process.kill(postmasterPid(dataDir), 'SIGKILL')
  const recovered = await prepare(dataDir)
  expect(recovered.attached).toBe(false)
  expect(await keptRows(recovered)).toEqual([{ n: 1 }])
})

test('a pid file of a crash does not matter, even when its number went to another process', async () => {
  const dataDir = usedDataDir()
  const database = await prepare(dataDir)
  await keepRow(database)
  const pidFile = join(dataDir, 'postgres/postmaster.pid')
  const content = readFileSync(pidFile, 'utf8').split('\n')
  await database.stop()
  writeFileSync(pidFile, [process.pid, ...content.slice(1)].join('\n'))
  expect(await keptRows(await prepare(dataDir))).toEqual([{ n: 1 }])
})

test('when its port was taken since, PostgreSQL moves to another', async () => {
  const dataDir = usedDataDir()
  const before = await prepare(dataDir)
  await before.stop()
  const port = Number(new URL(before.urls.app).port)
  const squatter = createServer().listen(port, '127.0.0.1')
  try {
    const after = await prepare(dataDir)
    expect(Number(new URL(after.urls.app).port)).not.toBe(port)
    expect(Number(new URL(after.urls.app).port)).toBeLessThan(32_768)
  } finally {
    squatter.close()
  }
})

test('durability is not traded away', async () => {
  const database = await prepare(usedDataDir())
  expect(
    await ask(
      database.urls.app,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name`,
    ),
  ).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
  ])
})

test('a database whose secrets are gone is refused, and nothing is overwritten', async () => {
  const dataDir = usedDataDir()
  rmSync(join(dataDir, 'secrets.json'))
  await expect(prepare(dataDir)).rejects.toThrow(/secrets\.json is missing.*Put it back/)
  expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false)
})

test('secrets of another database are refused by name', async () => {
  const dataDir = usedDataDir()
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(newSecrets()))
  await expect(prepare(dataDir)).rejects.toThrow(/does not take the password/)
})

test('a half-made first database is made anew', async () => {
  const dataDir = join(openFolder(), 'data')
  mkdirSync(join(dataDir, 'postgres.unfinished/base'), { recursive: true })
  expect((await prepare(dataDir)).attached).toBe(false)
})

test.runIf(asRoot)('behind closed parents the database lives elsewhere, and is found again', async () => {
  const [project, elsewhere] = [openFolder(), openFolder()]
  chmodSync(project, 0o700)
  const dataDir = join(project, 'data')
  const first = await prepare(dataDir, elsewhere)
  await keepRow(first)
  expect(realpathSync(join(dataDir, 'postgres'))).toContain(elsewhere)
  await first.stop()
  expect(await keptRows(await prepare(dataDir, elsewhere))).toEqual([{ n: 1 }])
})

test.runIf(asRoot)('a project that was moved keeps its database; a copy of it does not share it', async () => {
  const [project, elsewhere] = [openFolder(), openFolder()]
  chmodSync(project, 0o700)
  const first = await prepare(join(project, 'data'), elsewhere)
  await keepRow(first)
  await first.stop()
  renameSync(join(project, 'data'), join(project, 'moved'))
  const moved = await prepare(join(project, 'moved'), elsewhere)
  expect(await keptRows(moved)).toEqual([{ n: 1 }])
  mkdirSync(join(project, 'copy'))
  symlinkSync(realpathSync(join(project, 'moved/postgres')), join(project, 'copy/postgres'))
  await expect(prepare(join(project, 'copy'), elsewhere)).rejects.toThrow(/of which this project is a copy/)
})

test.runIf(asRoot)('parents that were closed later are named with the remedy', async () => {
  const dataDir = usedDataDir()
  chmodSync(join(dataDir, '..'), 0o700)
  await expect(prepare(dataDir)).rejects.toThrow(/chmod o\+x/)
})

test('a place that cannot be a data folder is refused with what to do', async () => {
  const file = join(openFolder(), 'file')
  writeFileSync(file, '')
  const refusal = await prepare(join(file, 'data')).catch((error) => error)
  expect(refusal).toBeInstanceOf(CannotStart)
  expect(refusal.message).toContain('Set OPSFLOW_DATA_DIR')
})
