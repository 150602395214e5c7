/**
 * The service worker: keeps the app's shells and assets on the device, so that every screen of the staff starts without
 * a network. Answers of the API never pass through it. `service-worker.ts` of the server writes `/sw.js` from the text of the functions
 * below and the list of what was built: each is a declared, exported function that uses only its arguments, the others,
 * and what a worker has.
 */

/** What one build is made of. */
export type Plan = {
  /** Names the build: another list, another name. */
  build: string
  /** Path → its content's SHA-256, as `integrity` takes it: a file of another build is never taken for one of this. */
  files: Readonly<Record<string, string>>
  /** The page shown where one that is not kept is asked for without a network. */
  elsewhere: string
  /** Which part of a path names the organization; every organization has the same pages. */
  organization: string
}

type Worker = ServiceWorkerGlobalScope
type SubscriptionChange = {
  oldSubscription: PushSubscription | null
  newSubscription: PushSubscription | null
  waitUntil: (work: Promise<unknown>) => void
}

export function start(self: Worker, plan: Plan) {
  self.addEventListener('install', (event) => event.waitUntil(keepBuild(plan)))
  self.addEventListener('activate', (event) => event.waitUntil(takeOver(self, plan)))
  self.addEventListener('fetch', (event) => {
    const { request } = event
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const url = new URL(request.url)
    if (!isRead || url.origin !== self.location.origin || isServers(url.pathname)) return
    const isPage = request.mode === 'navigate'
    if (isPage || fileMeant(plan, url.pathname)) event.respondWith(answer(self, plan, request, isPage))
    else if (url.pathname.startsWith('/_next/static/')) event.respondWith(fromAnyBuild(request))
  })
  self.addEventListener('message', (event) => {
    if (event.data?.type === 'take-over') event.waitUntil(self.skipWaiting())
  })
  self.addEventListener('sync', (event) => {
    const { tag, waitUntil } = event as unknown as { tag: string; waitUntil: (work: Promise<unknown>) => void }
    if (tag === 'outbox') waitUntil.call(event, wakePages(self))
  })
  self.addEventListener('push', (event) => event.waitUntil(notify(self, event.data)))
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(openPage(self, plan, event.notification.data?.path))
  })
  self.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription, newSubscription, waitUntil } = event as unknown as SubscriptionChange
    waitUntil.call(event, renewPush(self, oldSubscription, newSubscription))
  })
}

/** What the server alone may answer. */
export function isServers(path: string) {
  return /^\/(api|socket\.io|livez|readyz|metrics|sw\.js)(\/|$)/.test(path)
}

/** The kept file an address means: itself, or the page of that name; whichever organization it is in. */
export function fileMeant({ files, organization }: Plan, pathname: string): string | undefined {
  const path = pathname.replace(new RegExp(organization), '') || '/'
  return [path, `${path}.html`, `${path}index.html`].find((file) => Object.hasOwn(files, file))
}

export function cacheName({ build }: Plan) {
  return `opsflow ${build}`
}

/**
 * Whole or not at all; what a bad network left unfinished is gone on with. Assets carry their content's hash in their
 * name: those of the build before are taken over, and those the page has just loaded come from the browser's cache.
 */
export async function keepBuild(plan: Plan) {
  const cache = await caches.open(cacheName(plan))
  const keep = async ([path, integrity]: [string, string]) => {
    if (await cache.match(path)) return
    const isAsset = path.startsWith('/_next/static/')
    const before = isAsset ? await caches.match(path) : undefined
    const response = before ?? (await fetch(path, { integrity, cache: isAsset ? 'default' : 'no-cache' }))
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    await cache.put(path, response)
  }
  const files = Object.entries(plan.files)
  const next = async (): Promise<void> => {
    const file = files.pop()
    if (file) await keep(file).then(next)
  }
  await Promise.all([next(), next(), next(), next(), next(), next()])
}

/** Pages that were open before may still ask for their assets, so the two builds before this one stay a while. */
export async function takeOver(self: Worker, plan: Plan) {
  const kept = (await caches.keys()).filter((name) => name.startsWith('opsflow ') && name !== cacheName(plan))
  await Promise.all(kept.slice(0, -2).map((name) => caches.delete(name)))
  await self.clients.claim()
}

export async function answer(self: Worker, plan: Plan, request: Request, isPage: boolean): Promise<Response> {
  if (isPage && (await isNewStart(self, request))) {
    self.registration.waiting?.postMessage({ type: 'take-over' })
    const blank = '<!doctype html><title>OpsFlow</title><link rel="icon" href="data:,">'
    return new Response(blank, { headers: { refresh: '0', 'content-type': 'text/html' } })
  }
  const cache = await caches.open(cacheName(plan))
  const file = fileMeant(plan, new URL(request.url).pathname)
  const kept = file && (await cache.match(file))
  if (kept) return request.method === 'HEAD' ? new Response(null, kept) : kept
  return fetch(request).catch(async (error: unknown) => {
    const elsewhere = isPage && (await cache.match(plan.elsewhere))
    if (elsewhere) return elsewhere
    throw error
  })
}

/**
 * A newer build waits, and this page is all there is (or is loaded anew): nothing typed can be lost now, so the newer
 * one takes over before the page begins.
 */
export async function isNewStart(self: Worker, request: Request) {
  if (!self.registration.waiting || request.method !== 'GET') return false
  const open = await self.clients.matchAll({ type: 'window' })
  return open.length === 0 || (open.length === 1 && open[0]?.url === request.url)
}

/** An asset of a build that is no longer this one: a page that was open before still runs it. */
export async function fromAnyBuild(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request)
}

/** The network is back: the sending itself is the page's. With no page open nothing is sent until one is. */
export async function wakePages(self: Worker) {
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage({ type: 'sync' })
}

/** A push message is `{ title, body?, tag?, path?, again? }`, in its reader's language already. */
export async function notify(self: Worker, data: PushMessageData | null) {
  const message = readMessage(data)
  await self.registration.showNotification(message.title, {
    ...(message.body !== undefined && { body: message.body }),
    ...(message.tag !== undefined && { tag: message.tag, renotify: message.again }),
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    data: { path: message.path },
  } as NotificationOptions)
}

/** Browsers demand that each push is shown: one that cannot be read says at least where it came from. */
export function readMessage(data: { json: () => unknown } | null) {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  let said: Record<string, unknown> = {}
  try {
    said = Object(data?.json())
  } catch {
    // not ours
  }
  return {
    title: text(said.title) ?? 'OpsFlow',
    body: text(said.body),
    tag: text(said.tag),
    path: text(said.path),
    /** It sounds once more where it takes the place of one that is there. */
    again: said.again === true,
  }
}

/**
 * To the page it is about: where it is open already, or in a window of the same organization, or in a new one. A window
 * in which someone is typing is left alone. Never out of the app.
 */
export async function openPage(self: Worker, { organization }: Pick<Plan, 'organization'>, path: unknown) {
  const isOurs = typeof path === 'string' && /^\/(?!\/)/.test(path)
  const url = new URL(isOurs ? path : '/dashboard', self.location.origin).href
  const organizationOf = (address: string) => new RegExp(organization).exec(new URL(address).pathname)?.[1]
  const open = await self.clients.matchAll({ type: 'window' })
  const there = open.find((window) => window.url === url)
  if (there) return void (await there.focus())
  const window = open.find((one) => organizationOf(one.url) === organizationOf(url)) ?? (isOurs ? undefined : open[0])
  if (window && (!isOurs || (await goesTo(window, path)))) return void (await window.focus())
  await self.clients.openWindow(url)
}

/** False where it is busy. One of an older build says nothing, and goes. */
export async function goesTo(window: Client, path: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data !== 'busy')
    setTimeout(() => resolve(true), 1000)
  })
  window.postMessage({ type: 'open', path }, [port2])
  const goes = await answer
  port1.close()
  return goes
}

/** The browser gave its subscription another address. Without a network now, the app does it when it starts next. */
export async function renewPush(self: Worker, before: PushSubscription | null, after: PushSubscription | null) {
  const applicationServerKey = before?.options.applicationServerKey
  if (!before || !applicationServerKey) return
  const next = after ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }))
  const { endpoint, keys } = next.toJSON()
  const publicKey = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  await fetch('/api/v1/push/renewals', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ endpoint: before.endpoint, device: { publicKey, target: { endpoint, keys } } }),
  })
}
