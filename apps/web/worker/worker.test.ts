import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fileMeant, keepBuild, type Plan, readMessage, start } from './worker.ts'

const plan: Plan = {
  build: 'b2',
  files: {
    '/index.html': 'sha256-i',
    '/tasks.html': 'sha256-t',
    '/tasks.txt': 'sha256-r',
    '/elsewhere.html': 'sha256-e',
    '/_next/static/chunks/a.js': 'sha256-a',
  },
  elsewhere: '/elsewhere.html',
  organization: String.raw`^\/o\/([A-Za-z0-9-]{1,63})(?=\/|$)`,
}
const origin = 'https://ops.example'

/** Caches by name; what the network says, by path; and whatever was asked of it. */
let stores: Map<string, Map<string, Response>>
let network: (path: string) => Response | undefined
let asked: string[]

beforeEach(() => {
  stores = new Map()
  asked = []
  network = (path) => new Response(`network ${path}`)
  const pathOf = (request: unknown) =>
    new URL(typeof request === 'string' ? request : (request as Request).url, origin).pathname
  const cacheOf = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>()
    stores.set(name, store)
    return {
      match: async (request: unknown) => store.get(pathOf(request))?.clone(),
      put: async (path: string, response: Response) => void store.set(path, response),
    }
  }
  vi.stubGlobal('caches', {
    open: async (name: string) => cacheOf(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (request: unknown) =>
      [...stores.values()]
        .map((one) => one.get(pathOf(request)))
        .find(Boolean)
        ?.clone(),
  })
  vi.stubGlobal('fetch', async (request: unknown) => {
    asked.push(pathOf(request))
    const response = network(pathOf(request))
    if (!response) throw new TypeError('Failed to fetch')
    return response
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('an address means', () => {
  test('the same page in every organization, what the router fetches of it, and the front page', () => {
    const meant = (path: string) => fileMeant(plan, path)
    expect(meant('/o/harbor-vine/tasks')).toBe('/tasks.html')
    expect(meant('/tasks')).toBe('/tasks.html')
    expect(meant('/o/harbor-vine/tasks.txt')).toBe('/tasks.txt')
    expect(meant('/o/harbor-vine')).toBe('/index.html')
    expect(meant('/')).toBe('/index.html')
    expect(meant('/settings/people')).toBeUndefined()
    expect(meant('/constructor')).toBeUndefined()
  })
})

describe('a build is kept', () => {
  test('whole; assets the build before had are not fetched again', async () => {
    stores.set('opsflow b1', new Map([['/_next/static/chunks/a.js', new Response('of b1')]]))
    await keepBuild(plan)
    expect([...(stores.get('opsflow b2')?.keys() ?? [])].sort()).toEqual(Object.keys(plan.files).sort())
    expect(asked).not.toContain('/_next/static/chunks/a.js')
  })

  test('or not at all; the next try goes on where the network broke', async () => {
    network = (path) => (path === '/tasks.html' ? undefined : new Response('fine'))
    await expect(keepBuild(plan)).rejects.toThrow('Failed to fetch')
    asked = []
    network = () => new Response('fine')
    await keepBuild(plan)
    expect(asked).toEqual(['/tasks.html'])
  })

  test('never with an answer that says no', async () => {
    network = (path) => new Response('', { status: path === '/tasks.txt' ? 404 : 200 })
    await expect(keepBuild(plan)).rejects.toThrow('/tasks.txt: 404')
  })
})

describe('asked for', () => {
  beforeEach(async () => {
    await keepBuild(plan)
    asked = []
    network = () => undefined
  })

  test('a kept page and what it is made of come from the device, and the network is not asked', async () => {
    const worker = running()
    expect(await worker.textOf('/o/harbor-vine/tasks?list=late', 'navigate')).toBe('network /tasks.html')
    expect(await worker.textOf('/_next/static/chunks/a.js')).toBe('network /_next/static/chunks/a.js')
    expect(asked).toEqual([])
  })

  test('an answer of the API is none of its business', () => {
    const worker = running()
    for (const path of ['/api/v1/session', '/socket.io/?EIO=4', '/readyz', '/sw.js']) {
      expect(worker.ask(path), path).toBeUndefined()
    }
    expect(worker.ask('/tasks', 'navigate', 'POST')).toBeUndefined()
    expect(worker.ask('https://elsewhere.example/tasks')).toBeUndefined()
  })

  test('a page that is not kept is the network’s, and without one a page that says so', async () => {
    const worker = running()
    expect(await worker.textOf('/settings/people', 'navigate')).toBe('network /elsewhere.html')
    network = () => new Response('people')
    expect(await worker.textOf('/settings/people', 'navigate')).toBe('people')
  })

  test('an old page’s asset is found in the build it came from', async () => {
    stores.set('opsflow b1', new Map([['/_next/static/chunks/old.js', new Response('old')]]))
    expect(await running().textOf('/_next/static/chunks/old.js')).toBe('old')
  })
})

describe('a newer build that waits', () => {
  test('takes over when the only page is loaded anew, and not beside another page', async () => {
    await keepBuild(plan)
    const alone = running({ waiting: true, pages: [`${origin}/tasks`] })
    const response = await alone.ask('/tasks', 'navigate')
    expect(response?.headers.get('refresh')).toBe('0')
    expect(alone.told).toEqual([{ type: 'take-over' }])

    const beside = running({ waiting: true, pages: [`${origin}/dashboard`] })
    expect(await beside.textOf('/tasks', 'navigate')).toBe('network /tasks.html')
    expect(beside.told).toEqual([])
  })

  test('begins when it is told to, and keeps the two builds before it for pages still open', async () => {
    for (const build of ['b-2', 'b-1', 'b0', 'b1', 'b2']) stores.set(`opsflow ${build}`, new Map())
    stores.set('of something else', new Map())
    const worker = running()
    await worker.tell('message', { data: { type: 'take-over' } })
    expect(worker.skipped).toBe(1)
    await worker.tell('activate', {})
    expect([...stores.keys()]).toEqual(['opsflow b0', 'opsflow b1', 'opsflow b2', 'of something else'])
  })
})

test('the network’s return wakes the pages that are open', async () => {
  const worker = running({ pages: [`${origin}/tasks`] })
  await worker.tell('sync', { tag: 'outbox' })
  expect(worker.saidToPages).toEqual([{ type: 'sync' }])
})

describe('a push message', () => {
  test('is shown as it says', async () => {
    const worker = running()
    await worker.tell('push', {
      data: { json: () => ({ title: 'Walk-in 2', body: '48 °F', tag: 'a1', path: '/alarms' }) },
    })
    expect(worker.shown).toMatchObject([{ title: 'Walk-in 2', body: '48 °F', tag: 'a1', data: { path: '/alarms' } }])
  })

  test('that cannot be read still says where it came from', () => {
    const broken = { json: () => JSON.parse('{') }
    for (const data of [null, broken, { json: () => null }, { json: () => ({ title: 7 }) }]) {
      expect(readMessage(data)).toEqual({
        title: 'OpsFlow',
        body: undefined,
        tag: undefined,
        path: undefined,
        again: false,
      })
    }
  })

  test('sounds again in the place of the one before only when it says so', async () => {
    const worker = running()
    await worker.tell('push', { data: { json: () => ({ title: 'Walk-in 2', tag: 'a1' }) } })
    await worker.tell('push', { data: { json: () => ({ title: 'Walk-in 2', tag: 'a1', again: true }) } })
    expect(worker.shown).toMatchObject([{ renotify: false }, { renotify: true }])
  })

  test('leads to its page: where it is open, in a window of its organization, or in a new one; never to another site', async () => {
    const there = running({ pages: [`${origin}/o/pizza/tasks`, `${origin}/o/burger/alarms`] })
    await there.tell('notificationclick', notification('/o/burger/alarms'))
    expect([there.focused, there.saidToPages, there.opened]).toEqual([[`${origin}/o/burger/alarms`], [], []])

    const near = running({ pages: [`${origin}/o/pizza/tasks`, `${origin}/o/burger/tasks`] })
    await near.tell('notificationclick', notification('/o/burger/alarms'))
    expect(near.saidToPages).toEqual([{ type: 'open', path: '/o/burger/alarms' }])
    expect([near.focused, near.opened]).toEqual([[`${origin}/o/burger/tasks`], []])

    const elsewhere = running({ pages: [`${origin}/o/pizza/tasks`] })
    await elsewhere.tell('notificationclick', notification('/o/burger/alarms'))
    expect([elsewhere.saidToPages, elsewhere.opened]).toEqual([[], [`${origin}/o/burger/alarms`]])

    const closed = running()
    for (const path of ['//evil.example/x', 'https://evil.example/x']) {
      await closed.tell('notificationclick', notification(path))
    }
    expect(closed.opened).toEqual([`${origin}/dashboard`, `${origin}/dashboard`])
  })

  test('leaves a window alone in which someone is typing', async () => {
    const worker = running({ pages: [`${origin}/o/burger/tasks`], answers: 'busy' })
    await worker.tell('notificationclick', notification('/o/burger/alarms'))
    expect([worker.focused, worker.opened]).toEqual([[], [`${origin}/o/burger/alarms`]])
  })
})

describe('a subscription the browser changed', () => {
  const subscription = (endpoint: string) => ({
    endpoint,
    options: { applicationServerKey: Uint8Array.of(251, 255, 4).buffer },
    toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
  })

  test.each([
    ['with its new one', subscription('https://push.example/new')],
    ['without, so one is asked for', null],
  ])('is told to the server: %s', async (_, newSubscription) => {
    const sent: { path: string; body: unknown }[] = []
    vi.stubGlobal('fetch', async (path: string, { body }: RequestInit) => {
      sent.push({ path, body: JSON.parse(String(body)) })
      return new Response(null, { status: 204 })
    })
    const worker = running({ subscription: subscription('https://push.example/new') })
    await worker.tell('pushsubscriptionchange', {
      oldSubscription: subscription('https://push.example/old'),
      newSubscription,
    })
    const target = { endpoint: 'https://push.example/new', keys: { p256dh: 'p', auth: 'a' } }
    const body = { endpoint: 'https://push.example/old', device: { publicKey: '-_8E', target } }
    expect(sent).toEqual([{ path: '/api/v1/push/renewals', body }])
  })
})

const notification = (path: string) => ({ notification: { close: () => undefined, data: { path } } })

/** The worker in a browser of paper. */
function running({ waiting = false, pages = [] as string[], answers = 'goes', subscription = {} as object } = {}) {
  const listeners = new Map<string, (event: never) => void>()
  const [told, saidToPages, shown, opened, focused]: unknown[][] = [[], [], [], [], []]
  let skipped = 0
  const clients = {
    claim: async () => undefined,
    matchAll: async () =>
      pages.map((url) => ({
        url,
        postMessage(said: unknown, [answer]: MessagePort[] = []) {
          saidToPages?.push(said)
          answer?.postMessage(answers)
        },
        focus: async () => void focused?.push(url),
      })),
    openWindow: async (url: string) => opened?.push(url),
  }
  const self = {
    addEventListener: (name: string, listener: (event: never) => void) => listeners.set(name, listener),
    location: new URL(origin),
    skipWaiting: async () => skipped++,
    clients,
    registration: {
      waiting: waiting ? { postMessage: (said: unknown) => told?.push(said) } : null,
      showNotification: async (title: string, options: object) => shown?.push({ title, ...options }),
      pushManager: { subscribe: async () => subscription },
    },
  }
  start(self as unknown as ServiceWorkerGlobalScope, plan)

  function ask(path: string, mode = 'no-cors', method = 'GET'): Promise<Response> | undefined {
    let answer: Promise<Response> | undefined
    const request = { url: new URL(path, origin).href, mode, method }
    const event = { request, respondWith: (response: Promise<Response>) => (answer = response) }
    listeners.get('fetch')?.(event as never)
    return answer
  }
  const textOf = async (path: string, mode?: string) => (await ask(path, mode))?.text()
  async function tell(name: string, event: object) {
    let work: Promise<unknown> | undefined
    listeners.get(name)?.({ ...event, waitUntil: (promise: Promise<unknown>) => (work = promise) } as never)
    await work
  }
  return {
    ask,
    textOf,
    tell,
    told,
    saidToPages,
    shown,
    opened,
    focused,
    get skipped() {
      return skipped
    },
  }
}
