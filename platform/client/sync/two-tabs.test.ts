import { randomUUID } from 'node:crypto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addNote, openSmall, SmallServer } from './small-server.for-tests.ts'
import { openIdbStore } from './store-idb.ts'
import { browserTabs } from './tabs.ts'

globalThis.IDBKeyRange ??= IDBKeyRange

afterEach(() => vi.unstubAllGlobals())

/** Two tabs of one browser, on one store. */
async function twoTabs(server: SmallServer) {
  const factory = new IDBFactory()
  const name = `tabs-${randomUUID()}`
  const tab = async () =>
    openSmall(server, {
      name,
      store: await openIdbStore(name, factory),
      tabs: browserTabs,
      later: () => () => undefined,
    })
  return [await tab(), await tab()] as const
}

describe.each(['with locks and a channel', 'without locks and without a channel'])('two tabs %s', (how) => {
  const isBare = how.startsWith('without')

  /** Answers come late and in any order, so that both are in the middle of it. */
  class SlowServer extends SmallServer {
    most = 0
    #now = 0
    override async push(body: Parameters<SmallServer['push']>[0]) {
      this.most = Math.max(this.most, ++this.#now)
      await new Promise((resolve) => setImmediate(resolve))
      const answer = await super.push(body).finally(() => this.#now--)
      await new Promise((resolve) => setImmediate(resolve))
      return answer
    }
  }

  test('do everything exactly once, in the order of the numbers, and show the same in the end', async () => {
    if (isBare) {
      vi.stubGlobal('BroadcastChannel', undefined)
      vi.stubGlobal('navigator', {})
    }
    const server = new SlowServer()
    const [one, other] = await twoTabs(server)
    await Promise.all([one.sync(), other.sync()])
    server.isThere = false
    const recorded: { mid: number; uid: string }[] = []
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const tab = n % 2 ? one : other
        recorded.push(await tab.mutate(addNote, { id: randomUUID(), text: n === 7 ? 'no' : `note ${n}` }))
      }),
    )
    server.isThere = true
    // More is done while both are sending.
    const during = Promise.all([one.sync(), other.sync(), one.sync()])
    for (const tab of [one, other, one])
      recorded.push(await tab.mutate(addNote, { id: randomUUID(), text: 'while it was sent' }))
    await during
    for (const tab of [one, other, one, other]) await tab.sync()

    const inOrder = recorded.toSorted((a, b) => a.mid - b.mid)
    expect(inOrder.map(({ mid }) => mid)).toEqual(Array.from({ length: 23 }, (_, n) => n + 1))
    expect(server.ran).toEqual(inOrder.map(({ uid }) => uid))
    expect(server.notes.size).toBe(22)
    for (const tab of [one, other])
      expect(tab.status).toMatchObject({ connection: 'live', unsent: 0, needsAttention: 1, trouble: undefined })
    const seen = (tab: typeof one) => tab.rows('note').toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    expect(seen(one)).toHaveLength(22)
    expect(seen(one)).toEqual(seen(other))
    expect(one.held()).toEqual(other.held())
    if (!isBare) expect(server.most).toBe(1)
    await one.close()
    await other.close()
  })
})

test('a tab hears at once of what another recorded, and of its wiping', async () => {
  const [one, other] = await twoTabs(new SmallServer())
  await one.sync()
  await other.sync()
  const id = randomUUID()
  const heard = new Promise<void>((resolve) => other.watch(() => other.row('note', id) && resolve(), ['note']))
  await one.mutate(addNote, { id, text: 'ice' })
  await heard
  expect(other.row('note', id)).toMatchObject({ text: 'ice' })
  const revoked = new Promise<void>((resolve) => other.watch(() => other.status.trouble === 'revoked' && resolve()))
  await one.wipe()
  await revoked
  expect(other.rows('note')).toEqual([])
  await expect(other.mutate(addNote, { id, text: 'ice' })).rejects.toMatchObject({ code: 'sync.closed' })
  await other.close()
})
