import { describe, expect, test } from 'vitest'
import { checkHistory, type Stored, type Verdict } from './check-history.ts'
import { History, type Operation, type Outcome } from './history.ts'

// The judge is judged: a history as it should be, and one fault planted in it at a time.

let clock = 0
const done = (marker: string, outcome: Outcome, record?: string): Operation => {
  clock += 10
  const ended = outcome === 'unknown' ? {} : { endedAt: clock + 5 }
  return { client: 'ann', mark: 'yak', marker, record, outcome, invokedAt: clock, wasUnknown: false, ...ended }
}
const row = (marker: string, record?: string): Stored => ({ mark: 'yak', marker, record })

const operations = [
  done('yak-1', 'ok', 'thread'),
  done('yak-2', 'ok', 'thread'),
  done('yak-3', 'fail'),
  { ...done('yak-4', 'ok'), wasUnknown: true },
  done('yak-5', 'ok', 'thread'),
]
const whole = [row('yak-1', 'thread'), row('yak-2', 'thread'), row('yak-4'), row('yak-5', 'thread')]
const judge = (rows: Stored[], others: Partial<{ operations: Operation[]; before: Stored[] }> = {}) =>
  checkHistory(others.operations ?? operations, others.before ?? [], [{ by: 'superuser', rows }], [])
const faults = ({ lost, doubled, visibleRefused, foreign, disordered, unsettled, invented }: Verdict) =>
  Object.entries({ lost, doubled, visibleRefused, foreign, disordered, unsettled, invented }).filter(
    ([, found]) => found.length > 0,
  )

test('a history as it should be is acquitted, and counted', () => {
  const verdict = judge(whole)
  expect(faults(verdict)).toEqual([])
  expect(verdict).toMatchObject({ operations: 5, acknowledged: 4, refused: 1, unknown: 1 })
})

describe('planted', () => {
  test('a loss', () => {
    expect(faults(judge(whole.filter(({ marker }) => marker !== 'yak-2')))).toEqual([['lost', ['yak-2 (superuser)']]])
  })

  test('a loss that only one of two readings shows', () => {
    const short = { by: 'API', rows: whole.slice(1) }
    const verdict = checkHistory(operations, [], [{ by: 'superuser', rows: whole }, short], [])
    expect(faults(verdict)).toEqual([['lost', ['yak-1 (API)']]])
  })

  test('a doubling, also of one that nobody had heard of', () => {
    expect(faults(judge([...whole, row('yak-4')]))).toEqual([['doubled', ['yak-4 (superuser)']]])
  })

  test('a doubling that was tidied away by asking again', () => {
    const before = [row('yak-4'), row('yak-4')]
    expect(faults(judge(whole, { before }))).toEqual([['doubled', ['yak-4 (before it was settled)']]])
  })

  test('a visible refused write', () => {
    expect(faults(judge([...whole, row('yak-3')]))).toEqual([['visibleRefused', ['yak-3 (superuser)']]])
  })

  test('a row that lies with another customer', () => {
    const strayed = whole.map((one) => (one.marker === 'yak-4' ? { ...one, mark: 'zebra' } : one))
    expect(faults(judge(strayed))).toEqual([['foreign', ['yak-4 (superuser) lies with another customer']]])
  })

  test('a foreign row in an answer, by its mark and by an id', () => {
    const history = new History([
      { mark: 'yak', ids: ['yak-place'] },
      { mark: 'zebra', ids: ['11-22'] },
    ])
    history.look('ann', 'yak', 'GET /tasks', 'own: yak, yak-place')
    expect(history.sightings).toEqual([])
    history.look('ann', 'yak', 'GET /tasks', '{"title":"zebra-h1-3"}')
    history.look('ann', 'yak', 'a frame', '{"locationId":"11-22"}')
    const verdict = checkHistory(operations, [], [{ by: 'superuser', rows: whole }], history.sightings)
    expect(faults(verdict)).toEqual([['foreign', ['ann saw zebra in GET /tasks', 'ann saw 11-22 in a frame']]])
  })

  test('two of a record the wrong way round, near and far', () => {
    const [first, second, other, last] = whole as [Stored, Stored, Stored, Stored]
    expect(faults(judge([second, first, other, last]))).toEqual([
      ['disordered', ['yak-1 stands after yak-2 (superuser)']],
    ])
    expect(judge([last, first, second, other]).disordered).toHaveLength(1)
  })

  test('what was under way at the same time may stand either way round', () => {
    const together = [
      { ...done('yak-6', 'ok', 'thread'), endedAt: clock + 100 },
      { ...done('yak-7', 'ok', 'thread'), endedAt: clock + 100 },
    ]
    const rows = [row('yak-7', 'thread'), row('yak-6', 'thread')]
    expect(faults(judge(rows, { operations: together }))).toEqual([])
  })

  test('one that nobody settled, and one that nobody asked for', () => {
    const open = [...operations, done('yak-8', 'unknown')]
    expect(faults(judge([...whole, row('yak-8')], { operations: open }))).toEqual([['unsettled', ['yak-8']]])
    expect(faults(judge([...whole, row('yak-9')]))).toEqual([['invented', ['yak-9 (superuser)']]])
  })
})
