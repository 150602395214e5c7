import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { Unreachable } from '../problem.ts'
import { NoKey } from './open-replica.ts'
import { addNote, memorySqlite, openSmall, SmallServer } from './small-server.for-tests.ts'

const note = (text = 'ice') => ({ id: randomUUID(), text })

/** Three recorded offline; then the person is no longer admitted. */
async function suspended(server = new SmallServer()) {
  const store = await memorySqlite()
  const marks: (number | undefined)[] = []
  const mark = { read: () => marks.at(-1), write: (unsent: number | undefined) => void marks.push(unsent) }
  const replica = await openSmall(server, { store, mark })
  await replica.sync()
  server.isThere = false
  await replica.sync()
  const uids: string[] = []
  for (const text of ['one', 'two', 'three']) uids.push((await replica.mutate(addNote, note(text))).uid)
  server.isThere = true
  server.isOver = true
  await replica.sync()
  return { server, store, replica, uids, marks }
}

test('whose session has ended for good delivers everything by the key, without a session, and forgets it then', async () => {
  const { server, store, replica, uids, marks } = await suspended()
  expect(replica.status.unsent).toBe(3)
  expect(await replica.drain()).toBe(3)
  expect(server.drained.map(({ uid }) => uid)).toEqual(uids)
  expect(server.ran).toEqual([])
  expect(replica.status).toMatchObject({ unsent: 0, trouble: 'revoked' })
  expect(await replica.drain()).toBe(0)
  await replica.wipe()
  for (const table of ['meta', 'base', 'outbox', 'attention'] as const)
    expect(await store.read((tx) => tx.list(table))).toEqual([])
  expect(marks.at(-1)).toBeUndefined()
  expect(replica.rows('note')).toEqual([])
  await expect(replica.mutate(addNote, note())).rejects.toMatchObject({ code: 'sync.closed' })
})

test('where the server is not there everything stays, and is delivered later, each once', async () => {
  const { server, replica, uids } = await suspended()
  server.isThere = false
  await expect(replica.drain()).rejects.toBeInstanceOf(Unreachable)
  expect(replica.status).toMatchObject({ unsent: 3, trouble: 'revoked' })
  server.isThere = true
  const drain = server.drain.bind(server)
  // The answer is lost on its way.
  server.drain = async (body) => {
    await drain(body)
    throw new Unreachable('lost')
  }
  await expect(replica.drain()).rejects.toBeInstanceOf(Unreachable)
  expect(replica.status.unsent).toBe(3)
  server.drain = drain
  expect(await replica.drain()).toBe(3)
  expect(server.drained.map(({ uid }) => uid)).toEqual(uids)
})

test('without a key, or with one that opens nothing, everything stays and can be exported', async () => {
  const server = new SmallServer()
  const keyless = await openSmall(server)
  server.isThere = false
  await keyless.sync()
  const { uid } = await keyless.mutate(addNote, note('kept'))
  server.isThere = true
  await expect(keyless.drain()).rejects.toBeInstanceOf(NoKey)
  expect(keyless.status.unsent).toBe(1)
  const file = JSON.parse(await keyless.exportUnsent())
  expect(file).toMatchObject({
    owner: { name: 'Ana' },
    unsent: [{ mutation: { uid, args: { text: 'kept' } } }],
    attention: [],
  })

  const { replica } = await suspended(new SmallServer())
  const stranger = await suspended()
  // Its server knows nothing of this key.
  stranger.server.drain = new SmallServer().drain.bind(new SmallServer())
  await expect(stranger.replica.drain()).rejects.toBeInstanceOf(NoKey)
  expect(stranger.replica.status.unsent).toBe(3)
  expect(await replica.drain()).toBe(3)
})

test('what the server could not read is in nobody else’s hands: it is not delivered, and is exported as it was', async () => {
  const server = new SmallServer()
  const replica = await openSmall(server)
  await replica.sync()
  server.isThere = false
  await replica.sync()
  await replica.mutate(addNote, note('one'))
  await replica.mutate(addNote, note('GARBLED'))
  server.isThere = true
  server.isOver = true
  server.unreadable = 'GARBLED'
  await expect(replica.drain()).rejects.toBeInstanceOf(NoKey)
  expect(server.drained.map(({ args }) => args.text)).toEqual(['one', undefined])
  expect(JSON.parse(await replica.exportUnsent()).attention).toContainEqual(
    expect.objectContaining({
      mutation: expect.objectContaining({ args: expect.objectContaining({ text: 'GARBLED' }) }),
    }),
  )
})
