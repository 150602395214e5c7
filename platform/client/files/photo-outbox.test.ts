import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { IDBFactory } from 'fake-indexeddb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceTime } from '../../sync.ts'
import { cleared } from './browser-photo-outbox.ts'
import { browserPhotoStore } from './browser-photo-store.ts'
import { type OutboxParts, openPhotoOutbox } from './photo-outbox.ts'
import { type KeptPhoto, type Marked, memoryPhotoStore, PhotosGone } from './photo-store.ts'

const clocks: DeviceTime = {
  at: '2026-11-27T10:00:00.000Z',
  zone: null,
  offsetMinutes: 0,
  session: randomUUID(),
  monotonicMs: 1,
  anchor: null,
  offsetMs: null,
}

/** What a server of tus does, in a few lines, and whatever may go wrong on the way to it and back. */
function aServer(faults: () => 'none' | 'lost request' | 'lost answer' | 'busy' | 'cut' = () => 'none') {
  const uploads = new Map<string, { sha256: string; size: number; bytes: Buffer; stored: boolean }>()
  const stored: string[] = []
  let requests = 0
  const stateOf = (id: string) => {
    const upload = uploads.get(id)
    if (!upload) return undefined
    const { stored, bytes, size, sha256 } = upload
    return { id, state: stored ? 'stored' : 'receiving', offset: bytes.length, size, sha256: stored ? sha256 : null }
  }
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    new Response(status === 204 ? null : JSON.stringify(body), { status, headers })

  function handle(path: string, method: string, headers: Headers, body: Buffer): Response {
    if (method === 'POST') {
      const metadata = Object.fromEntries(
        (headers.get('upload-metadata') ?? '').split(',').map((pair) => {
          const [name = '', value = ''] = pair.split(' ')
          return [name, Buffer.from(value, 'base64').toString()]
        }),
      )
      const { id = '', sha256 = '' } = metadata
      const size = Number(headers.get('upload-length'))
      if (!uploads.has(id)) uploads.set(id, { sha256, size, bytes: Buffer.of(), stored: false })
      return answer(201, stateOf(id))
    }
    const id = path.split('/').at(-1) ?? ''
    const upload = uploads.get(id)
    if (!upload) return answer(404, { code: 'not_found' })
    if (method === 'GET') return answer(200, stateOf(id))
    const offset = Number(headers.get('upload-offset'))
    if (offset !== upload.bytes.length) return answer(409, { code: 'files.offset_differs' })
    upload.bytes = Buffer.concat([upload.bytes, body])
    if (upload.bytes.length === upload.size && !upload.stored) {
      if (createHash('sha256').update(upload.bytes).digest('hex') !== upload.sha256) {
        upload.bytes = Buffer.of()
        return answer(422, { code: 'files.hash_differs' })
      }
      upload.stored = true
      stored.push(id)
    }
    return answer(204, undefined, { 'upload-offset': String(upload.bytes.length) })
  }

  const send = (async (address: string, { method = 'GET', headers, body }: RequestInit = {}) => {
    requests++
    const fault = faults()
    if (fault === 'lost request') throw new TypeError('fetch failed')
    if (fault === 'busy') return answer(503, { code: 'database.busy' })
    const all = body ? Buffer.from(body as ArrayBuffer) : Buffer.of()
    // The connection breaks in the middle: half of it is safe, and nobody was told.
    const given = fault === 'cut' ? all.subarray(0, all.length >> 1) : all
    const answered = handle(address, method, new Headers(headers), given)
    if (fault === 'lost answer' || fault === 'cut') throw new TypeError('fetch failed')
    return answered
  }) as typeof fetch
  return { uploads, stored, fetch: send, requests: () => requests }
}

/** Waiting is skipped: whoever waits goes on when the test says so. */
function patience() {
  let waiting: (() => void) | undefined
  return {
    wait: (_ms: number, work: () => void) => {
      waiting = work
      return () => {
        waiting = undefined
      }
    },
    isWaiting: () => waiting !== undefined,
  }
}

function aPhoto(size = 700_000): [Omit<KeptPhoto, 'captured' | 'refusal'>, ArrayBuffer] {
  const bytes = randomBytes(size)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const photo = { id: randomUUID(), sha256, size, width: 9, height: 9, locationId: randomUUID(), draft: 'a form' }
  return [photo, new Uint8Array(bytes).buffer]
}

const open = (server: ReturnType<typeof aServer>, parts: Partial<OutboxParts> = {}) =>
  openPhotoOutbox({
    store: memoryPhotoStore(),
    organizationId: 'o',
    clock: { read: () => clocks, start: () => ({ now: 0, monotonic: 0 }), heard: () => undefined },
    fetch: server.fetch,
    wait: patience().wait,
    ...parts,
  })

test('a photo is sent when its record is made, not before, and its bytes are freed once the server has proven them', async () => {
  const server = aServer()
  const stored: string[] = []
  const outbox = await open(server, { onStored: ({ id }) => stored.push(id) })
  const [photo, bytes] = aPhoto()
  await outbox.keep(photo, bytes)
  await outbox.sync()
  expect(server.requests()).toBe(0)
  await outbox.release([photo.id])
  await outbox.sync()
  expect(server.uploads.get(photo.id)?.bytes.equals(Buffer.from(bytes))).toBe(true)
  expect([stored, outbox.photos(), await outbox.bytes(photo.id)]).toEqual([[photo.id], [], undefined])
})

test('progress is shown, and the list stays the same object until something changes', async () => {
  const server = aServer()
  const outbox = await open(server)
  const [photo, bytes] = aPhoto()
  await outbox.keep(photo, bytes)
  expect(outbox.photos()).toBe(outbox.photos())
  const seen: number[] = []
  outbox.watch(() => seen.push(outbox.photos()[0]?.sentBytes ?? -1))
  await outbox.release([photo.id])
  await outbox.sync()
  expect(seen).toEqual(expect.arrayContaining([262_144, 524_288, 700_000]))
})

test('without a network it waits, and goes on where the server has it', async () => {
  let isOnline = false
  const server = aServer(() => (isOnline ? 'none' : 'lost request'))
  const clock = patience()
  const outbox = await open(server, { wait: clock.wait })
  const [photo, bytes] = aPhoto()
  await outbox.keep(photo, bytes)
  await outbox.release([photo.id])
  await outbox.sync()
  expect([outbox.trouble(), clock.isWaiting(), outbox.photos().length]).toEqual(['unreachable', true, 1])
  isOnline = true
  await outbox.sync()
  expect([outbox.trouble(), outbox.photos()]).toEqual([undefined, []])
})

test('signed out, it asks nobody until someone signs in', async () => {
  let isSignedIn = false
  const server = aServer()
  const clock = patience()
  const send = (async (...request: Parameters<typeof fetch>) =>
    isSignedIn ? server.fetch(...request) : new Response('{}', { status: 401 })) as typeof fetch
  const outbox = await open(server, { fetch: send, wait: clock.wait })
  const [photo, bytes] = aPhoto()
  await outbox.keep(photo, bytes)
  await outbox.release([photo.id])
  await outbox.sync()
  expect([outbox.trouble(), clock.isWaiting()]).toEqual(['signed_out', false])
  isSignedIn = true
  await outbox.sync()
  expect(outbox.photos()).toEqual([])
})

test.each([
  [422, 'files.image_broken'],
  [403, 'forbidden'],
  [409, 'files.id_taken'],
])(
  'what the server will never keep (%i %s) stays here with its reason, and holds up nothing behind it',
  async (status, code) => {
    const server = aServer()
    const [bad, badBytes] = aPhoto()
    const [good, goodBytes] = aPhoto()
    const send = (async (address: string, init: RequestInit) => {
      const isBad =
        atob(/id (\S+?),/.exec(new Headers(init.headers).get('upload-metadata') ?? '')?.[1] ?? '') === bad.id
      return isBad ? new Response(JSON.stringify({ code }), { status }) : server.fetch(address, init)
    }) as typeof fetch
    const outbox = await open(server, { fetch: send })
    await outbox.keep(bad, badBytes)
    await outbox.keep(good, goodBytes)
    await outbox.release([bad.id, good.id])
    await outbox.sync()
    expect(outbox.photos()).toMatchObject([{ id: bad.id, refusal: code }])
    expect(await outbox.bytes(bad.id)).toBeDefined()
    expect(server.stored).toEqual([good.id])
    await outbox.drop(bad.id)
    expect(outbox.photos()).toEqual([])
  },
)

test('what was refused is sent once more when someone says so', async () => {
  const server = aServer()
  const [photo, bytes] = aPhoto()
  let isMended = false
  const send = (async (address: string, init: RequestInit) =>
    isMended
      ? server.fetch(address, init)
      : new Response('{"code":"files.type_unknown"}', { status: 422 })) as typeof fetch
  const outbox = await open(server, { fetch: send })
  await outbox.keep(photo, bytes)
  await outbox.release([photo.id])
  await outbox.sync()
  await outbox.tryAgain(photo.id)
  await outbox.sync()
  expect(outbox.photos()).toMatchObject([{ id: photo.id, refusal: 'files.type_unknown' }])
  isMended = true
  await outbox.tryAgain(photo.id)
  await outbox.sync()
  expect([outbox.photos(), server.stored]).toEqual([[], [photo.id]])
})

test('an upload that the server has swept meanwhile is begun anew', async () => {
  const server = aServer()
  const outbox = await open(server)
  const [photo, bytes] = aPhoto()
  const swept = (async (address: string, init: RequestInit) => {
    const answered = await server.fetch(address, init)
    if (init.method === 'PATCH' && server.requests() === 2) server.uploads.delete(photo.id)
    return answered
  }) as typeof fetch
  const other = await open(server, { fetch: swept })
  await other.keep(photo, bytes)
  await other.release([photo.id])
  await other.sync()
  await other.sync()
  expect(server.stored).toEqual([photo.id])
  outbox.close()
})

test('whatever is lost on the way, and whenever the app is killed: each photo arrives once, whole, and none is freed before', async () => {
  const fault = fc.constantFrom('none', 'none', 'lost request', 'lost answer', 'busy', 'cut' as const)
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fault), fc.array(fc.boolean(), { maxLength: 12 }), async (faults, kills) => {
      let budget = 40
      const server = aServer(() => (budget-- > 0 ? (faults.next().value ?? 'none') : 'none'))
      const store = memoryPhotoStore()
      const photos = [aPhoto(600_000), aPhoto(1), aPhoto(300_000)]
      let outbox = await open(server, { store })
      for (const [photo, bytes] of photos) await outbox.keep(photo, bytes)
      await outbox.release(photos.map(([{ id }]) => id))
      for (const kill of [...kills, ...Array<boolean>(60).fill(false)]) {
        if (kill) {
          outbox.close() // what is under way goes on unheard, as a request does whose tab is gone
          outbox = await open(server, { store })
        }
        await outbox.sync()
        // Nothing was forgotten here that is not proven there.
        const here = new Set((await store.all()).map(({ id }) => id))
        for (const [{ id }] of photos) expect(here.has(id) || server.uploads.get(id)?.stored).toBe(true)
      }
      expect(await store.all()).toEqual([])
      expect(server.stored.toSorted()).toEqual(photos.map(([{ id }]) => id).toSorted())
      for (const [{ id }, bytes] of photos) expect(server.uploads.get(id)?.bytes.equals(Buffer.from(bytes))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('one sender at a time: two who are told at once send once', async () => {
  const server = aServer()
  const outbox = await open(server)
  const [photo, bytes] = aPhoto(10)
  await outbox.keep(photo, bytes)
  await Promise.all([outbox.release([photo.id]), outbox.sync(), outbox.sync()])
  await outbox.sync()
  expect(server.stored).toEqual([photo.id])
})

test('photos the browser cleared are counted until someone has seen it, and no record names them', async () => {
  globalThis.indexedDB = new IDBFactory()
  const server = aServer()
  const marked: Marked = { waiting: 0, lost: 0 }
  const mark = { read: () => marked, write: (now: Marked) => void Object.assign(marked, now) }
  const kept = () => browserPhotoStore('kept', { onMade: () => mark.write(cleared(mark.read())) })
  const outbox = await open(server, { store: await kept(), mark })
  const [[one, bytes], [other, others]] = [aPhoto(90_000), aPhoto(90_000)]
  await outbox.keep(one, bytes)
  await outbox.keep(other, others)
  expect(marked).toEqual({ waiting: 2, lost: 0 })

  await clear('kept')
  await expect(outbox.release([one.id, other.id])).rejects.toThrow(PhotosGone)
  expect([outbox.photos(), outbox.lost()]).toEqual([[], 2])
  const [third, its] = aPhoto(90_000)
  await outbox.keep(third, its)
  outbox.close()

  const again = await open(server, { store: await kept(), mark })
  expect([again.photos().length, again.lost()]).toEqual([1, 2])
  again.forgetLost()
  await again.release([third.id])
  await again.sync()
  expect([server.stored, marked]).toEqual([[third.id], { waiting: 0, lost: 0 }])
  again.close()
})

const clear = (name: string) =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
