import { randomUUID } from 'node:crypto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import type { Mark } from './open-replica.ts'
import { addNote, openSmall, SmallServer } from './small-server.for-tests.ts'
import { DeviceFull, type Store } from './store.ts'
import { openIdbStore } from './store-idb.ts'

globalThis.IDBKeyRange ??= IDBKeyRange

/** A browser: its storage, and the mark it keeps apart from it. */
function browser(server: SmallServer) {
  const factory = new IDBFactory()
  let marked: number | undefined
  const mark: Mark = {
    read: () => marked,
    write: (unsent) => {
      marked = unsent
    },
  }
  return {
    open: async () => openSmall(server, { store: await openIdbStore('kept', factory), mark }),
    marked: () => marked,
    clear: () =>
      new Promise<void>((resolve, reject) => {
        const request = factory.deleteDatabase('kept')
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      }),
  }
}

const note = (text = 'ice') => ({ id: randomUUID(), text })

test('work that was cleared unsent is told with its number, also after a restart, until someone has seen it', async () => {
  const server = new SmallServer()
  const { open, clear } = browser(server)
  const before = await open()
  await before.mutate(addNote, note('arrived'))
  await before.sync()
  server.isThere = false
  for (const text of ['one', 'two', 'three']) await before.mutate(addNote, note(text))
  await before.close()
  await clear()

  const after = await open()
  expect(after.status).toMatchObject({ trouble: 'lost', lost: 3, unsent: 0 })
  await after.close()
  server.isThere = true
  const again = await open()
  await again.sync()
  expect(again.status).toMatchObject({ trouble: 'lost', lost: 3, connection: 'live', isReady: true })
  expect(again.rows('note')).toMatchObject([{ text: 'arrived' }])
  await again.forgetLost()
  expect(again.status).toMatchObject({ trouble: undefined, lost: 0 })
  await again.close()
  const atLast = await open()
  expect(atLast.status).toMatchObject({ trouble: undefined, lost: 0 })
  await atLast.close()
})

test('where nothing was waiting, nothing is said of it', async () => {
  const server = new SmallServer()
  const { open, clear, marked } = browser(server)
  const before = await open()
  await before.mutate(addNote, note())
  await before.sync()
  await before.close()
  expect(marked()).toBe(0)
  await clear()
  const after = await open()
  expect(after.status).toMatchObject({ trouble: undefined, lost: 0 })
  await after.close()
})

test('cleared under an open tab, what waits and what needs attention is put back, and arrives once', async () => {
  const server = new SmallServer()
  const { open, clear } = browser(server)
  const replica = await open()
  await replica.mutate(addNote, note('no'))
  await replica.sync()
  await replica.sync()
  server.isThere = false
  const waiting = [note('one'), note('two')]
  for (const args of waiting) await replica.mutate(addNote, args)
  await replica.sync()
  await clear()
  const last = note('three')
  await replica.mutate(addNote, last)
  expect(replica.status).toMatchObject({ unsent: 3, needsAttention: 1, trouble: undefined, lost: 0 })
  await replica.close()

  server.isThere = true
  const again = await open()
  expect(again.status).toMatchObject({ unsent: 3, needsAttention: 1 })
  await again.sync()
  await again.sync()
  expect(server.ran).toHaveLength(4)
  expect([...server.notes.keys()]).toEqual([...waiting, last].map(({ id }) => id))
  expect(again.status).toMatchObject({ unsent: 0, isReady: true })
  await again.close()
})

test('cleared under an open tab without a network, the rows it shows stay, and are fetched anew with the network', async () => {
  const server = new SmallServer()
  const { open, clear } = browser(server)
  const replica = await open()
  await replica.mutate(addNote, note('one'))
  await replica.sync()
  server.isThere = false
  await clear()
  await replica.sync()
  expect(replica.status).toMatchObject({ isReady: true, trouble: undefined })
  expect(replica.rows('note')).toMatchObject([{ text: 'one', by: 'Server' }])
  await replica.mutate(addNote, note('two'))
  await replica.close()

  server.isThere = true
  server.notes.clear()
  const again = await open()
  expect(again.rows('note')).toMatchObject([{ text: 'one' }, { text: 'two' }])
  await again.sync()
  expect(again.status).toMatchObject({ isReady: true, unsent: 0 })
  expect(again.rows('note')).toMatchObject([{ text: 'two', by: 'Server' }])
  await again.close()
})

test('cleared under an open tab while nothing waits, its rows are fetched anew', async () => {
  const server = new SmallServer()
  const { open, clear } = browser(server)
  const replica = await open()
  await replica.mutate(addNote, note('one'))
  await replica.sync()
  await clear()
  await replica.sync()
  expect(replica.status).toMatchObject({ isReady: true, trouble: undefined })
  expect(replica.rows('note')).toMatchObject([{ text: 'one', by: 'Server' }])
  await replica.close()
})

test('a rule that refuses what was just recorded counts no loss twice', async () => {
  const server = new SmallServer()
  server.isThere = false
  const { open, clear } = browser(server)
  const first = await open()
  await first.mutate(addNote, note())
  await first.close()
  await clear()
  const replica = await open()
  await clear()
  for (let n = 0; n < 2; n++) await expect(replica.mutate(addNote, { id: 'none', text: '' })).rejects.toThrow()
  expect(replica.status).toMatchObject({ lost: 1, trouble: 'lost' })
  await replica.close()
})

test('what was wiped on purpose is not put back by a tab that had not heard of it', async () => {
  const server = new SmallServer()
  const { open } = browser(server)
  const [one, other] = [await open(), await open()]
  server.isThere = false
  await one.mutate(addNote, note())
  await other.sync()
  expect(other.status.unsent).toBe(1)
  await one.wipe()
  await other.sync()
  expect(other.status).toMatchObject({ unsent: 0, lost: 0, trouble: undefined })
  expect(other.rows('note')).toEqual([])
  await other.close()
})

test('a new device without room opens, says that it is full, records nothing, and begins when there is room', async () => {
  const server = new SmallServer()
  const store = await openIdbStore('new', new IDBFactory())
  let hasRoom = false
  const narrow: Store = {
    ...store,
    write: (work) => (hasRoom ? store.write(work) : Promise.reject(new DeviceFull('The device has no room left.'))),
  }
  const replica = await openSmall(server, { store: narrow })
  expect(replica.status).toMatchObject({ trouble: 'full', isReady: false })
  await expect(replica.mutate(addNote, note())).rejects.toThrow(DeviceFull)
  await replica.sync()
  expect(replica.status).toMatchObject({ trouble: 'full', unsent: 0 })
  hasRoom = true
  await replica.mutate(addNote, note('there is room'))
  await replica.sync()
  expect(replica.status).toMatchObject({ trouble: undefined, isReady: true, unsent: 0 })
  expect(replica.rows('note')).toMatchObject([{ text: 'there is room' }])
  await replica.close()
})

test('a full device says so until something could be written again, whatever it reads meanwhile', async () => {
  const server = new SmallServer()
  const store = await openIdbStore('full', new IDBFactory())
  let hasRoom = true
  const narrow: Store = {
    ...store,
    write: (work) =>
      store.write(async (tx) => {
        let isWriting = false
        const put: typeof tx.put = (...entry) => {
          isWriting = true
          return tx.put(...entry)
        }
        const result = await work({ ...tx, put })
        if (isWriting && !hasRoom) throw new DeviceFull('The device has no room left.')
        return result
      }),
  }
  const replica = await openSmall(server, { store: narrow })
  await replica.sync()
  server.isThere = false
  hasRoom = false
  await expect(replica.mutate(addNote, note())).rejects.toThrow(DeviceFull)
  await replica.sync()
  expect(replica.status).toMatchObject({ trouble: 'full', connection: 'offline', unsent: 0 })
  hasRoom = true
  await replica.mutate(addNote, note())
  expect(replica.status).toMatchObject({ trouble: undefined, unsent: 1 })
  await replica.close()
})
