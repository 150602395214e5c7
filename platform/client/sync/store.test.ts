import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterAll, describe, expect, test } from 'vitest'
import { sqliteDatabase } from './sqlite-database.for-tests.ts'
import { conformance } from './store.conformance.for-tests.ts'
import { DeviceFull } from './store.ts'
import { openIdbStore } from './store-idb.ts'
import { openSqliteStore } from './store-sqlite.ts'

globalThis.IDBKeyRange = IDBKeyRange

const folder = mkdtempSync(join(tmpdir(), 'opsflow-storage-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${++files}.db`)

describe('IndexedDB', () => {
  conformance(async () => {
    const factory = new IDBFactory()
    return { store: await openIdbStore('kept', factory), again: () => openIdbStore('kept', factory) }
  }, true)

  test('makes the tables that an earlier edition did not have, and keeps what it had', async () => {
    const factory = new IDBFactory()
    await new Promise<void>((resolve, reject) => {
      const request = factory.open('kept', 7)
      request.onupgradeneeded = () => request.result.createObjectStore('outbox').put('old work', 1)
      request.onsuccess = () => {
        request.result.close()
        resolve()
      }
      request.onerror = () => reject(request.error)
    })
    const store = await openIdbStore('kept', factory)
    expect(await store.read((tx) => tx.get('outbox', 1))).toBe('old work')
    expect(await store.read((tx) => tx.list('base'))).toEqual([])
  })

  test('steps aside when another tab deletes it, and opens again', async () => {
    const factory = new IDBFactory()
    const [here, there] = [await openIdbStore('kept', factory), await openIdbStore('kept', factory)]
    await here.write((tx) => tx.put('meta', 'meta', 1))
    await there.destroy()
    expect(await here.read((tx) => tx.get('meta', 'meta'))).toBeUndefined()
  })

  test('says that the device is full, and has then written nothing', async () => {
    const factory = new IDBFactory()
    const store = await openIdbStore('kept', factory)
    await store.write((tx) => tx.put('meta', 'meta', 1))
    const full = store.write(async (tx) => {
      await tx.put('meta', 'meta', 2)
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await expect(full).rejects.toBeInstanceOf(DeviceFull)
    expect(await store.read((tx) => tx.get('meta', 'meta'))).toBe(1)
  })
})

describe('SQLite', () => {
  conformance(async () => {
    const file = newFile()
    return { store: await openSqliteStore(sqliteDatabase(file)), again: () => openSqliteStore(sqliteDatabase(file)) }
  }, false)

  test('says that the device is full, and has then written nothing', async () => {
    const database = sqliteDatabase(newFile())
    const store = await openSqliteStore(database)
    await store.write((tx) => tx.put('meta', 'meta', 1))
    database.raw.exec('pragma max_page_count = 16')
    const full = store.write(async (tx) => {
      await tx.put('meta', 'meta', 2)
      await tx.put('base', 'a/1', 'x'.repeat(1_000_000))
    })
    await expect(full).rejects.toBeInstanceOf(DeviceFull)
    expect(await store.read((tx) => tx.get('meta', 'meta'))).toBe(1)
  })
})
