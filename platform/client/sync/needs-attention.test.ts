import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DeviceTime } from '../../sync.ts'
import { momentsOf } from '../../sync-clock.ts'
import type { Clocks } from './device-clock.ts'
import { addNote, memorySqlite, openSmall, SmallServer } from './small-server.for-tests.ts'

const note = (text = 'ice') => ({ id: randomUUID(), text })

test('work that cannot be read keeps its number, holds nothing up, and waits for a person as it was', async () => {
  const server = new SmallServer()
  server.isThere = false
  server.unreadable = 'GARBLED'
  const replica = await openSmall(server)
  const done = []
  for (const text of ['one', 'two', 'GARBLED', 'four', 'five']) done.push(await replica.mutate(addNote, note(text)))
  server.isThere = true
  await replica.sync()
  await replica.sync()
  expect(server.ran).toEqual(done.map(({ uid }) => uid))
  expect([...server.notes.values()].map(({ row }) => row.text)).toEqual(['one', 'two', 'four', 'five'])
  expect(replica.status).toMatchObject({ unsent: 0, needsAttention: 1, trouble: undefined })
  expect(await replica.attention()).toMatchObject([{ mutation: { mid: 3, args: { text: 'GARBLED' } } }])
  await replica.close()
})

test('what is discarded leaves the list at once, also offline, and the server is told who gave it up and why', async () => {
  const server = new SmallServer()
  const replica = await openSmall(server)
  const { uid } = await replica.mutate(addNote, note('no'))
  await replica.sync()
  server.isThere = false
  await replica.sync()
  await replica.discard(uid, 'Counted twice')
  expect(replica.status).toMatchObject({ needsAttention: 0, unsent: 1 })
  expect(await replica.attention()).toEqual([])
  await expect(replica.discard(uid, 'Once more')).rejects.toMatchObject({ code: 'not_found' })
  server.isThere = true
  await replica.sync()
  expect(server.discarded).toEqual([{ uid, reason: 'Counted twice' }])
  expect(replica.status).toMatchObject({ needsAttention: 0, unsent: 0 })
  await replica.close()
})

test('mended work keeps the time it was done, behind work that was done since, and is not doubted for that', async () => {
  const server = new SmallServer()
  let passed = 0
  const began = Date.parse('2026-03-02T08:00:00Z')
  const clocks: Clocks = {
    now: () => began + passed,
    monotonic: () => passed,
    session: randomUUID(),
    zone: () => null,
  }
  server.now = clocks.now
  const replica = await openSmall(server, { clocks })
  await replica.sync()
  const { uid } = await replica.mutate(addNote, note('no'))
  await replica.sync()
  server.isThere = false
  await replica.sync()
  const minute = 60_000
  for (const text of ['one', 'two']) {
    passed += 10 * minute
    await replica.mutate(addNote, note(text))
  }
  passed += 10 * minute
  const mended = await replica.mend(uid, note('yes'))
  expect(replica.status).toMatchObject({ needsAttention: 0, unsent: 3 })
  await replica.mutate(addNote, note('three'))
  server.isThere = true
  const earlier = server.pushes.length
  await replica.sync()

  const sent = server.pushes.slice(earlier)
  expect(sent.map(({ mutations }) => mutations.map(({ args }) => args.text))).toEqual([
    ['one', 'two'],
    ['yes', 'three'],
  ])
  const times = sent.flatMap((push) => {
    const devices: DeviceTime[] = push.mutations.map(({ device }) => device)
    return momentsOf(devices, { sent: push.sent, receivedAt: began + passed }).map(({ at, quality }) => ({
      minutes: Math.round((Date.parse(at) - began) / minute),
      quality,
    }))
  })
  expect(times).toEqual([
    { minutes: 10, quality: 'exact' },
    { minutes: 20, quality: 'exact' },
    { minutes: 0, quality: 'exact' },
    { minutes: 30, quality: 'exact' },
  ])
  expect(server.ran.at(-2)).toBe(mended.uid)
  await replica.close()
})

test('what confirms the state of things is mended at this time, by whoever is there', async () => {
  const server = new SmallServer()
  const replica = await openSmall(server)
  const { uid } = await replica.mutate(addNote, note('no'))
  await replica.sync()
  const [before] = await replica.attention()
  const other = { id: randomUUID(), name: 'Ana' }
  const mended = await replica.mend(uid, note('yes'), { by: other })
  const [waits] = await replica.unsentWork()
  expect(waits).toMatchObject({ mutation: { uid: mended.uid, by: other.id, args: { text: 'yes' } }, by: other })
  expect(waits?.mutation.device.monotonicMs).toBeGreaterThan(before?.mutation.device.monotonicMs ?? Number.NaN)
  expect(replica.status.needsAttention).toBe(0)
  await replica.sync()
  expect(server.ran.at(-1)).toBe(mended.uid)
  await replica.close()
})

test('a new edition of the app fetches its rows anew; what waits and what needs attention stays', async () => {
  const server = new SmallServer()
  const store = await memorySqlite()
  const before = await openSmall(server, { store })
  const [kept, refused] = [note('arrived'), note('no')]
  await before.mutate(addNote, kept)
  await before.mutate(addNote, refused)
  await before.sync()
  await before.sync()
  server.isThere = false
  const { uid } = await before.mutate(addNote, note('waits'))
  await before.sync()
  await before.close()
  // As an older edition had left it, with rows this one could not read.
  await store.write(async (tx) => {
    const meta = await tx.get<object>('meta', 'meta')
    await tx.put('meta', 'meta', { ...meta, edition: 0 })
    await tx.put('base', `note/${kept.id}`, { scope: randomUUID(), version: 1, row: { of: 'another shape' } })
  })

  const after = await openSmall(server, { store })
  expect(after.status).toMatchObject({ isReady: false, unsent: 1, needsAttention: 1 })
  expect(after.rows('note')).toMatchObject([{ text: 'waits' }])
  expect(await after.unsentWork()).toMatchObject([{ mutation: { uid, mid: 3 } }])
  server.isThere = true
  await after.sync()
  await after.sync()
  expect(after.status).toMatchObject({ isReady: true, unsent: 0, needsAttention: 1 })
  expect(after.rows('note').map(({ text }) => text)).toEqual(['arrived', 'waits'])
  expect(server.ran.at(-1)).toBe(uid)
  await after.close()
})
