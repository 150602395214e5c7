import { expect, test } from 'vitest'
import { type Assumptions, capacityFor, type Figures, inAll, type Load } from './model.ts'

const load: Load = { organizations: 1, locations: 10, users: 100, sockets: 200, operations: 0, readings: 0 }
const nothing: Figures = {
  readingNodeMicros: 0,
  readingDatabaseMicros: 0,
  bytesPerReading: 0,
  listNodeMicros: 0,
  listDatabaseMicros: 0,
  oneNodeMicros: 0,
  oneDatabaseMicros: 0,
  pullNodeMicros: 0,
  pullDatabaseMicros: 0,
  writeNodeMicros: 0,
  writeDatabaseMicros: 0,
  bytesPerTask: 0,
  microsPerSocketAndFact: 0,
  kBPerSocket: 0,
}
const assumed: Assumptions = {
  mix: { list: 0.5, one: 0.25, pull: 0, write: 0.25 },
  peak: 2,
  utilization: 0.5,
  coresOfMachine: 8,
  monthsKept: 12,
  copies: 2,
  coreSpeed: 1,
  prices: { core: 10, memoryGiB: 1, diskGiB: 0.1 },
}
const A_SECOND = 30.4 * 86_400
const needs = (more: Partial<Load>, figures: Partial<Figures>) =>
  Object.fromEntries(
    capacityFor({ ...load, ...more }, { ...nothing, ...figures }, assumed).map((one) => [one.what, one]),
  )

test('a reading a second that takes a second keeps a core busy, twice at the peak, and again for half-full cores', () => {
  const { 'readings in (ingest)': ingest } = needs({ readings: A_SECOND }, { readingNodeMicros: 1e6 })
  expect(ingest?.cores).toBeCloseTo(4)
  expect(ingest?.dollars).toBeCloseTo(44)
})

test('an operation costs what its kinds cost by their shares', () => {
  const figures = { listNodeMicros: 1e6, oneNodeMicros: 2e6, writeNodeMicros: 4e6 }
  expect(needs({ operations: A_SECOND }, figures)['requests (api)']?.cores).toBeCloseTo(4 * (0.5 + 0.5 + 1))
})

test('a write reaches the sockets of its location, and idle ones take memory', () => {
  const { 'sockets (realtime)': realtime } = needs(
    { operations: A_SECOND, sockets: 200 },
    { microsPerSocketAndFact: 1e4, kBPerSocket: 1024 },
  )
  expect(realtime?.cores).toBeCloseTo(4 * 0.25 * 20 * 0.01)
  expect(realtime?.memoryGiB).toBeCloseTo((200 / 1024) * 2)
})

test('what is kept lies on the disks of every copy', () => {
  const { 'database, 2 times': database } = needs({ readings: 2 ** 20 }, { bytesPerReading: 2 ** 10 })
  expect(database?.diskGiB).toBeCloseTo(12 * 2)
})

test('no part stands on one machine', () => {
  expect(capacityFor(load, nothing, assumed).every(({ machines }) => machines === 2)).toBe(true)
  expect(inAll(capacityFor(load, nothing, assumed))).toBe(0)
})
