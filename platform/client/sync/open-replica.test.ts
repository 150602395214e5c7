import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { addNote, memorySqlite, openSmall, SmallServer } from './small-server.for-tests.ts'

test('work done without a server is shown at once, kept over a restart, and arrives once when the server is back', async () => {
  const server = new SmallServer()
  const db = new DatabaseSync(':memory:')
  const first = await openSmall(server, { store: await memorySqlite(db) })
  await first.sync()
  expect(first.status).toMatchObject({ connection: 'live', isReady: true, unsent: 0 })
  server.isThere = false
  const ids = [randomUUID(), randomUUID()]
  for (const id of ids) await first.mutate(addNote, { id, text: 'ice' })
  await first.sync()
  expect(first.status).toMatchObject({ connection: 'offline', unsent: 2 })
  expect(first.rows('note')).toMatchObject([{ by: 'Ana' }, { by: 'Ana' }])
  expect([...first.unsentIds('note')]).toEqual(ids)
  await first.close()

  const second = await openSmall(server, { store: await memorySqlite(db) })
  expect(second.status).toMatchObject({ isReady: true, unsent: 2 })
  expect(second.rows('note')).toHaveLength(2)
  server.isThere = true
  await second.sync()
  await second.sync()
  expect(server.ran).toHaveLength(2)
  expect(second.status).toMatchObject({ connection: 'live', unsent: 0, needsAttention: 0 })
  expect(second.row('note', ids[0] ?? '')).toMatchObject({ by: 'Server' })
  expect([...second.unsentIds('note')]).toEqual([])
  await second.close()
})

test('what the server refuses is gone from the rows and waits for a person', async () => {
  const server = new SmallServer()
  const replica = await openSmall(server)
  const id = randomUUID()
  const { uid } = await replica.mutate(addNote, { id, text: 'no' })
  await replica.sync()
  await replica.sync()
  expect(replica.row('note', id)).toBeUndefined()
  expect(replica.status.needsAttention).toBe(1)
  await replica.mend(uid, { id, text: 'yes' })
  await replica.sync()
  await replica.sync()
  expect(replica.status).toMatchObject({ needsAttention: 0, unsent: 0 })
  expect(replica.row('note', id)).toMatchObject({ text: 'yes', by: 'Server' })
  await replica.close()
})

test('a list is the same array until one of its rows changes', async () => {
  const replica = await openSmall(new SmallServer())
  const before = replica.rows('note')
  expect(replica.rows('note')).toBe(before)
  await replica.mutate(addNote, { id: randomUUID(), text: 'ice' })
  const after = replica.rows('note')
  expect(after).not.toBe(before)
  expect(replica.rows('note')).toBe(after)
  await replica.close()
})
