import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Meta, readMeta, writeMeta } from './ledger.ts'
import { addNote, memorySqlite, openSmall, SmallServer } from './small-server.for-tests.ts'

const draft = { doc: { name: 'Opening' }, revision: 3 }

test('what a screen keeps here is there after a reload and after an update, and is not sent by itself', async () => {
  const server = new SmallServer()
  const store = await memorySqlite()
  const replica = await openSmall(server, { store })
  await replica.sync()
  await replica.keepMemo('draft/b', draft)
  await replica.keepMemo('draft/a', { ...draft, revision: 4 })
  await replica.keepMemo('drafts/c', draft)
  await replica.mutate(addNote, { id: randomUUID(), text: 'ice' })
  await replica.sync()
  expect(server.pushes.flatMap(({ mutations }) => mutations)).toHaveLength(1)

  // Rows of an older edition are fetched anew; what was typed is not theirs.
  await store.write(async (tx) => writeMeta(tx, { ...((await readMeta(tx)) as Meta), edition: 1 }))
  const updated = await openSmall(server, { store })
  expect(updated.rows('note')).toEqual([])
  expect(await updated.memo('draft/b')).toEqual(draft)
  expect((await updated.memos('draft')).map(([name]) => name)).toEqual(['draft/a', 'draft/b'])
  await updated.keepMemo('draft/b', undefined)
  expect(await updated.memo('draft/b')).toBeUndefined()
})

test('it goes with the copy, and nothing can be left behind for whoever comes next', async () => {
  const server = new SmallServer()
  const store = await memorySqlite()
  const replica = await openSmall(server, { store })
  await replica.sync()
  await replica.keepMemo('draft/a', draft)
  await store.destroy() // by another tab, whose person signs out
  await expect(replica.keepMemo('draft/a', draft)).rejects.toThrow()
  expect(await store.read((tx) => tx.list('meta'))).toEqual([])

  const again = await openSmall(server, { store })
  await again.keepMemo('draft/a', draft)
  await again.wipe()
  await expect(again.keepMemo('draft/a', draft)).rejects.toMatchObject({ code: 'sync.closed' })
  expect(await store.read((tx) => tx.list('meta'))).toEqual([])
})
