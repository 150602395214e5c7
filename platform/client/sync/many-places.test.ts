import { expect, test } from 'vitest'
import { MOST_PLACES, type PullBody } from '../../sync.ts'
import { Unreachable } from '../problem.ts'
import { openSmall, SmallServer } from './small-server.for-tests.ts'

const places = Array.from(
  { length: MOST_PLACES + 10 },
  (_, n) => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
)
const [first = '', last = '', other = ''] = [places[0], places.at(-1), places.at(-2)]

/** One row a place, of as many places as a device holds: those that are followed first. */
class Chain extends SmallServer {
  readonly asked: PullBody[] = []
  override async pull(body: PullBody) {
    if (!this.isThere) throw new Unreachable('Not there.')
    this.asked.push(body)
    const answer = await super.pull({ ...body, cursor: { ...body.cursor, scopes: {} } })
    const held = [...new Set([...(body.follow ?? []), ...places])].slice(0, MOST_PLACES).sort()
    return {
      ...answer,
      places: places.length,
      cursor: { ...answer.cursor, scopes: Object.fromEntries(held.map((place) => [place, 1])) },
      changes: held
        .filter((place) => body.cursor.scopes[place] === undefined)
        .map((place) => ({ scope: place, entity: 'note', id: place, version: 1, row: { id: place, text: place } })),
    }
  }
}

test('of more places than a device holds it has some, says how many, and fetches what is looked at', async () => {
  const server = new Chain()
  const replica = await openSmall(server)
  await replica.sync()
  expect(replica.status).toMatchObject({ isReady: true, part: { held: MOST_PLACES, of: places.length } })
  expect(replica.row('note', last)).toBeUndefined()

  replica.lookAt(last)
  expect(replica.status.isReady).toBe(false)
  await replica.sync()
  expect(replica.status.isReady).toBe(true)
  expect(replica.row('note', last)).toMatchObject({ text: last })
  expect(replica.row('note', first)).toMatchObject({ text: first })
  expect(replica.rows('note')).toHaveLength(MOST_PLACES)

  replica.lookAt(other)
  await replica.sync()
  expect([replica.row('note', last), replica.row('note', other)]).toMatchObject([{ text: last }, { text: other }])
  expect(server.asked.at(-1)?.follow).toEqual([other, last])
  await replica.close()
})

test('without a network a place that is not held is not ready, and one that is held is', async () => {
  const server = new Chain()
  const replica = await openSmall(server)
  await replica.sync()
  server.isThere = false
  replica.lookAt(last)
  await replica.sync()
  expect(replica.status).toMatchObject({ isReady: false, connection: 'offline' })
  replica.lookAt(first)
  expect(replica.status.isReady).toBe(true)
  await replica.close()
})

test('what is looked at while the first rows come is asked for as soon as it is known to be missing', async () => {
  const server = new Chain()
  const replica = await openSmall(server)
  replica.lookAt(last)
  await replica.sync()
  expect(server.asked.map(({ follow }) => follow)).toEqual([undefined, [last]])
  expect(replica.row('note', last)).toMatchObject({ text: last })
  await replica.close()
})

test('what happens at a place that is not held is no reason to ask', async () => {
  const server = new Chain()
  const waits: (() => void)[] = []
  const replica = await openSmall(server, {
    later: (work) => {
      waits.push(work)
      return () => undefined
    },
  })
  await replica.sync()
  const before = waits.length
  replica.poked(last, 7)
  expect(waits).toHaveLength(before)
  replica.poked(first, 7)
  expect(waits).toHaveLength(before + 1)
  await replica.close()
})
