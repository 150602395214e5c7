import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LiveEvent, LiveStore, type Versions } from './live.ts'

type Board = { versions: Versions; sums: Record<string, number> }

const apply = (board: Board, { scope, fact }: LiveEvent): Board => ({
  ...board,
  sums: { ...board.sums, [scope]: (board.sums[scope] ?? 0) + (fact as number) },
})

/** The truth, told in versions, as the relay would. */
class Kitchen {
  board: Board = { versions: { a: 0, b: 0 }, sums: {} }
  loads = 0
  failing = false

  happen(scope: 'a' | 'b', fact: number): LiveEvent {
    const version = (this.board.versions[scope] ?? 0) + 1
    const event = { scope, version, name: 'added', fact }
    const next = apply(this.board, event)
    this.board = { ...next, versions: { ...next.versions, [scope]: version } }
    return event
  }

  load = async () => {
    this.loads++
    const seen = this.board
    await Promise.resolve()
    if (this.failing) throw new Error('no network')
    return seen
  }
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

async function openStore(kitchen = new Kitchen()) {
  const retries: (() => void)[] = []
  const store = new LiveStore<Board>({
    load: kitchen.load,
    apply,
    now: () => 1000,
    later: (work) => {
      retries.push(work)
      return () => void retries.splice(retries.indexOf(work), 1)
    },
  })
  await store.connected()
  return { kitchen, store, retries }
}

describe('live state', () => {
  test('an event with the next version is applied without fetching', async () => {
    const { kitchen, store } = await openStore()
    store.receive(kitchen.happen('a', 5))
    expect(store.state.snapshot).toEqual(kitchen.board)
    expect(kitchen.loads).toBe(1)
  })

  test('a doubled event counts once', async () => {
    const { kitchen, store } = await openStore()
    const event = kitchen.happen('a', 5)
    store.receive(event)
    store.receive(event)
    expect(store.state.snapshot?.sums.a).toBe(5)
  })

  test('a missed event makes it fetch the snapshot again', async () => {
    const { kitchen, store } = await openStore()
    kitchen.happen('a', 5)
    store.receive(kitchen.happen('a', 2))
    await settled()
    expect(store.state.snapshot).toEqual(kitchen.board)
    expect(kitchen.loads).toBe(2)
  })

  test('events that arrive during the fetch are not lost', async () => {
    const kitchen = new Kitchen()
    const store = new LiveStore<Board>({ load: kitchen.load, apply })
    const loading = store.connected()
    store.receive(kitchen.happen('b', 1))
    store.receive(kitchen.happen('b', 1))
    await loading
    expect(store.state.snapshot).toEqual(kitchen.board)
  })

  test('a scope that the snapshot does not show is asked for once, then ignored', async () => {
    const { kitchen, store } = await openStore()
    for (let version = 7; version < 12; version++) {
      store.receive({ scope: 'elsewhere', version, name: 'added', fact: 1 })
      await settled()
    }
    expect(kitchen.loads).toBe(2)
    expect(store.state.snapshot).toEqual(kitchen.board)
  })

  test('while the snapshot cannot be fetched the old state stays, with the reason, and a retry is due', async () => {
    const { kitchen, store, retries } = await openStore()
    store.disconnected()
    kitchen.failing = true
    kitchen.happen('a', 1)
    await store.connected()
    expect(store.state).toMatchObject({ snapshot: { sums: {} }, error: expect.any(Error), confirmedAt: 1000 })
    kitchen.failing = false
    retries[0]?.()
    await settled()
    expect(store.state).toMatchObject({ snapshot: kitchen.board, error: undefined })
  })

  test('whatever is dropped, swapped or doubled, after reconnecting the state is the server’s', async () => {
    const step = fc.record({
      scope: fc.constantFrom('a' as const, 'b' as const),
      fact: fc.integer({ min: -9, max: 9 }),
      fate: fc.constantFrom('arrives', 'is lost', 'arrives twice', 'arrives late', 'connection drops', 'turn passes'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { kitchen, store } = await openStore()
        const late: LiveEvent[] = []
        for (const { scope, fact, fate } of steps) {
          if (fate === 'turn passes') await Promise.resolve()
          else if (fate === 'connection drops') {
            store.disconnected()
            void store.connected()
          } else {
            const event = kitchen.happen(scope, fact)
            if (fate === 'arrives late') late.push(event)
            if (fate.startsWith('arrives') && fate !== 'arrives late') store.receive(event)
            if (fate === 'arrives twice') store.receive(event)
            if (late.length > 2) store.receive(late.shift() as LiveEvent)
          }
          const { snapshot } = store.state
          if (snapshot?.versions.a === kitchen.board.versions.a) expect(snapshot?.sums.a).toBe(kitchen.board.sums.a)
        }
        for (const event of late.reverse()) store.receive(event)
        store.disconnected()
        await store.connected()
        await settled()
        expect(store.state.snapshot).toEqual(kitchen.board)
      }),
    )
  })
})
