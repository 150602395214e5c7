import { randomUUID } from 'node:crypto'
import { Unreachable } from '@opsflow/platform/client/api'
import { ApiProblem } from '@opsflow/platform/client/problem'
import { NoKey } from '@opsflow/platform/client/sync/open-replica'
import { addNote, SmallServer } from '@opsflow/platform/client/sync/small-server.for-tests'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetStore, handOver, openStore } from './hand-over.ts'
import { type PersonHere, peopleHere, storeOf } from './people-here.ts'

const organizationId = randomUUID()
const ana: PersonHere = {
  store: storeOf(organizationId, 'member', randomUUID()),
  account: 'ana@x.example',
  person: 'Ana',
  organization: 'Harbor',
  hasEnded: true,
}

let server: SmallServer
/** What the server says of the session, and whose account asks. */
let session: { status: number; code?: string }
let account: string

beforeEach(() => {
  server = new SmallServer()
  session = { status: 200 }
  account = ana.account
  const kept = new Map<string, string>()
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  localStorage.setItem('opsflow.people', JSON.stringify({ [ana.store]: ana }))
  vi.stubGlobal('fetch', answer)
})
afterEach(() => vi.unstubAllGlobals())

async function answer(address: string, { body, headers }: { body?: string; headers: HeadersInit }): Promise<Response> {
  if (!server.isThere) throw new TypeError('no network')
  const path = address.replace('/api/v1', '')
  if (path === '/session') return json(session.status, { ...session, requestId: '', detail: '' })
  if (path === '/account' && account === '') return json(403, { ...session, requestId: '', detail: '' })
  if (path === '/account') return json(200, { email: account })
  expect(new Headers(headers).get('x-organization-id')).toBe(organizationId)
  const which = path.replace('/sync/', '') as 'push' | 'pull' | 'drain'
  return server[which](JSON.parse(body ?? '') as never).then(
    (answer) => json(200, answer),
    (error: unknown) => {
      if (error instanceof ApiProblem) return json(error.status, error.problem)
      throw error
    },
  )
}

const json = (status: number, content: unknown) =>
  new Response(JSON.stringify(content), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  })

/** Two recorded without a network; then the person is suspended. */
async function suspended() {
  const replica = await openStore(ana)
  await replica.sync()
  server.isThere = false
  await replica.sync()
  for (const text of ['one', 'two']) await replica.mutate(addNote, { id: randomUUID(), text })
  await replica.close()
  server.isThere = true
  server.isOver = true
  session = { status: 403, code: 'people.suspended' }
}

async function unsentHere() {
  const replica = await openStore(ana)
  const { unsent } = replica.status
  await replica.close()
  return unsent
}

test('whoever is suspended or removed hands over what they recorded; then nothing of theirs is here', async () => {
  for (const ended of [
    { status: 403, code: 'people.suspended' },
    { status: 404, code: 'not_found' },
  ]) {
    server = new SmallServer()
    await suspended()
    session = ended
    // The one who is suspended belongs nowhere else, and is told nothing of their account.
    if (ended.status === 403) account = ''
    else account = ana.account
    expect(await handOver(ana)).toEqual({ records: 2, photos: 0 })
    expect(server.drained.map(({ args }) => args.text)).toEqual(['one', 'two'])
    expect(peopleHere()).toEqual([])
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([])
    expect(localStorage.getItem(`${ana.store}.unsent`)).toBeNull()
  }
})

test('without a network everything stays, and a session that is over closes nothing', async () => {
  await suspended()
  server.isThere = false
  await expect(handOver(ana)).rejects.toBeInstanceOf(Unreachable)
  server.isThere = true
  session = { status: 401, code: 'unauthenticated' }
  await expect(handOver(ana)).rejects.toMatchObject({ status: 401 })
  expect(server.drained).toEqual([])
  expect(peopleHere()).toEqual([ana])
  expect(await unsentHere()).toBe(2)
})

test('a refusal that was about somebody else, or an older address, takes nothing from them', async () => {
  await suspended()
  account = 'luis@x.example'
  expect(await handOver(ana)).toBeUndefined()
  account = ana.account
  session = { status: 200 }
  expect(await handOver(ana)).toBeUndefined()
  expect(server.drained).toEqual([])
  expect(peopleHere()).toMatchObject([{ person: 'Ana' }])
  expect(peopleHere()[0]?.hasEnded).toBeUndefined()
  expect(await unsentHere()).toBe(2)
})

test('where the server takes nothing without a sign-in everything stays, until someone has it as a file', async () => {
  server.isThere = false
  const replica = await openStore(ana)
  await replica.sync()
  await replica.mutate(addNote, { id: randomUUID(), text: 'one' })
  await replica.close()
  server.isThere = true
  server.isOver = true
  session = { status: 403, code: 'people.suspended' }
  await expect(handOver(ana)).rejects.toBeInstanceOf(NoKey)
  expect(peopleHere()).toEqual([ana])
  expect(await unsentHere()).toBe(1)
  await forgetStore(ana)
  expect(peopleHere()).toEqual([])
  expect(await indexedDB.databases()).toEqual([])
})
