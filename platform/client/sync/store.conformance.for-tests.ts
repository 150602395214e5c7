import { expect, test } from 'vitest'
import type { Store } from './store.ts'

/**
 * What every storage has to keep to. `again` opens the same one anew, as another start would, or another tab where
 * there are tabs (then the first stays open).
 */
export function conformance(open: () => Promise<{ store: Store; again: () => Promise<Store> }>, hasTabs: boolean) {
  test('keeps what was written, across a close', async () => {
    const { store, again } = await open()
    await store.write(async (tx) => {
      await tx.put('meta', 'meta', { n: 1 })
      await tx.put('outbox', 1, { args: { deep: ['a', null, 1.5] } })
    })
    await store.close()
    const reopened = await again()
    expect(await reopened.read((tx) => tx.get('meta', 'meta'))).toEqual({ n: 1 })
    expect(await reopened.read((tx) => tx.get('outbox', 1))).toEqual({ args: { deep: ['a', null, 1.5] } })
    expect(await reopened.read((tx) => tx.get('base', 'nothing'))).toBeUndefined()
    await reopened.close()
  })

  test('writes all of a transaction or nothing', async () => {
    const { store } = await open()
    await store.write((tx) => tx.put('meta', 'a', 1))
    const half = store.write(async (tx) => {
      await tx.put('meta', 'a', 2)
      await tx.put('base', 'x/1', { row: {} })
      await tx.remove('meta', 'a')
      throw new Error('halfway')
    })
    await expect(half).rejects.toThrow('halfway')
    expect(await store.read((tx) => tx.get('meta', 'a'))).toBe(1)
    expect(await store.read((tx) => tx.list('base'))).toEqual([])
    await store.close()
  })

  test('reads its own writes within a transaction', async () => {
    const { store } = await open()
    const seen = await store.write(async (tx) => {
      await tx.put('outbox', 1, 'one')
      await tx.put('outbox', 2, 'two')
      await tx.remove('outbox', 1)
      return [await tx.get('outbox', 1), await tx.list('outbox')]
    })
    expect(seen).toEqual([undefined, [[2, 'two']]])
    await store.close()
  })

  test('lists by key: numbers as numbers, from the first that belongs to it to before the first that does not', async () => {
    const { store } = await open()
    await store.write(async (tx) => {
      for (const n of [10, 9, 2, 100, 1]) await tx.put('outbox', n, n)
      for (const key of ['b/1', 'a/2', 'a/10']) await tx.put('base', key, key)
    })
    const keys = (range?: Parameters<Parameters<Parameters<Store['read']>[0]>[0]['list']>[1]) =>
      store.read(async (tx) => (await tx.list('outbox', range)).map(([key]) => key))
    expect(await keys()).toEqual([1, 2, 9, 10, 100])
    expect(await keys({ from: 2 })).toEqual([2, 9, 10, 100])
    expect(await keys({ to: 10 })).toEqual([1, 2, 9])
    expect(await keys({ from: 2, to: 100, limit: 2 })).toEqual([2, 9])
    expect(await store.read((tx) => tx.list('base'))).toEqual([
      ['a/10', 'a/10'],
      ['a/2', 'a/2'],
      ['b/1', 'b/1'],
    ])
    await store.close()
  })

  test('puts writers in a row: none overwrites what another wrote meanwhile', async () => {
    const { store, again } = await open()
    const other = hasTabs ? await again() : store
    const increase = (which: Store) =>
      which.write(async (tx) => tx.put('meta', 'n', ((await tx.get<number>('meta', 'n')) ?? 0) + 1))
    await Promise.all(Array.from({ length: 40 }, (_, n) => increase(n % 2 ? store : other)))
    expect(await store.read((tx) => tx.get('meta', 'n'))).toBe(40)
    await store.close()
    if (hasTabs) await other.close()
  })

  test('clears a table, and is empty after it was destroyed', async () => {
    const { store, again } = await open()
    await store.write(async (tx) => {
      await tx.put('base', 'a/1', 1)
      await tx.put('attention', 'u', 1)
      await tx.clear('base')
    })
    expect(await store.read((tx) => tx.list('base'))).toEqual([])
    expect(await store.read((tx) => tx.list('attention'))).toEqual([['u', 1]])
    await store.destroy()
    if (!hasTabs) await store.close()
    const reopened = await again()
    expect(await reopened.read((tx) => tx.list('attention'))).toEqual([])
    await reopened.close()
  })
}
