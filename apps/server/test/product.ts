import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { openTablets } from '@opsflow/capabilities/kiosks/server'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { addMember, foundTenant, openPeople, type People } from '@opsflow/capabilities/people/server'
import { systemActor } from '@opsflow/platform/actor'
import { readConfig } from '@opsflow/platform/server/config'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { io, type Socket } from 'socket.io-client'
import { startServer } from '../main.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
type Answer = { status: number; body: any }
/** Paths of the API; its headers are plain. */
export type Fetch = (
  path: string,
  request?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
) => Promise<Response>
export type Ask = (route: string, body?: unknown) => Promise<Answer>
export type Heard = { event: string; name: string; scope: string; version: number; fact: Record<string, unknown> }
type Employer = { tenant: { id: string }; organization: { id: string } }
type Beside = { tenants: Database; people: People }
type Grants = Parameters<typeof addMember>[2]['grants']

const quiet = { warn: () => {}, error: () => {} }
const somewhere = {
  name: 'Elsewhere',
  kind: 'cafe' as const,
  address: '',
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  temperatureUnit: 'F' as const,
  jurisdiction: 'us' as const,
}
const PASSWORD = 'correct horse battery staple'

/** The whole product on a database of its own, empty, entered only as people and machines enter it. */
export async function startProduct(settings: Record<string, string> = {}) {
  const database = await testDatabase()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const config = readConfig(
    { OPSFLOW_DEMO: 'off', LOG_LEVEL: 'silent', OPSFLOW_TRUSTED_PROXIES: '1', PORT: String(port), ...settings },
    emptyFolder(),
  )
  const server = await startServer(config, {
    urls: database.urls,
    secrets,
    port,
    publicUrl: origin,
    webFolder: undefined,
  })
  const sockets: Socket[] = []

  const fetching =
    (credential: Record<string, string>): Fetch =>
    (path, request = {}) =>
      fetch(`${origin}/api/v1${path}`, { ...request, headers: { ...request.headers, ...credential, origin } })

  const askingBy =
    (send: Fetch): Ask =>
    async (route, body) => {
      const [method = 'GET', path = ''] = route.split(' ')
      const response = await send(path, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : null }
    }
  const asking = (credential: Record<string, string>) => askingBy(fetching(credential))

  /** A browser that keeps its cookies, as a shared tablet does; each at an address of its own. */
  function browser(address = `198.51.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`) {
    const cookies = new Map<string, string>()
    const send: Fetch = async (path, request = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { ...request.headers, origin, cookie, 'x-forwarded-for': address }
      const response = await fetch(`${origin}/api/v1${path}`, { ...request, headers })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        if (/max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    }
    return { fetch: send, ask: askingBy(send) }
  }

  async function enter(path: string, body: unknown): Promise<{ ask: Ask; fetch: Fetch; cookie: string }> {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.status !== 201) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { ask: asking({ cookie }), fetch: fetching({ cookie }), cookie }
  }

  /** What only commands can do, beside the API: the system at work, and identity as it stands in the database. */
  async function beside<T>(work: (parts: Beside) => Promise<T>): Promise<T> {
    const pool = openPool(database.urls.auth, 1)
    const tenants = openDatabase({
      url: database.urls.app,
      contextKey: database.contextKey,
      poolSize: 1,
      prepared: true,
    })
    const { authSecret: secret, pepper } = secrets
    const tablets = openTablets({ pool, pepper, publicUrl: origin })
    const people = await openPeople({ pool, secret, pepper, publicUrl: origin, log: quiet, tablets })
    try {
      return await work({ tenants, people })
    } finally {
      await Promise.all([pool.end(), tenants.close()])
    }
  }

  async function account(people: Beside['people'], name: string) {
    const email = `${name.toLowerCase()}@example.com`
    const passwordHash = await people.identity.hashPassword(PASSWORD)
    return { email, ...(await people.identity.createAccount({ email, name, passwordHash })) }
  }

  return {
    origin,
    adminUrl: database.admin,
    urls: database.urls,
    contextKey: database.contextKey,
    beside,
    browser,
    /** The first visitor founds the organization and is its admin. */
    found: (names: { organizationName: string; locationName: string; name: string; email: string }) =>
      enter('/first-run', { ...names, timezone: 'America/Chicago', jurisdiction: 'us', password: PASSWORD }),
    signIn: (email: string) => enter('/session', { email, password: PASSWORD }),
    machine: (key: string) => asking({ authorization: `Bearer ${key}` }),
    /** People are hired by the command that will stand behind invitations; there is no route for it yet. */
    hire: (session: Employer, name: string, grants: Grants) =>
      beside(async ({ tenants, people }) => {
        const { email, userId } = await account(people, name)
        const system = systemActor(session.tenant.id, session.organization.id, 'test')
        await tenants.write(system, (tx) => addMember(tx, system, { userId, name, email, grants }))
        return enter('/session', { email, password: PASSWORD })
      }),
    /** Someone without an account, who exists only by a PIN. */
    takeOn: (session: Employer, name: string, grants: Grants): Promise<string> =>
      beside(async ({ tenants }) => {
        const system = systemActor(session.tenant.id, session.organization.id, 'test')
        const person = { userId: null, name, email: null, grants }
        return (await tenants.write(system, (tx) => addMember(tx, system, person))).id
      }),
    /** Another customer, with an admin and one location. */
    foundBeside: (name: string) =>
      beside(async ({ tenants, people }) => {
        const { email, userId } = await account(people, name)
        const system = systemActor(randomUUID(), randomUUID(), 'test')
        const memberId = await tenants.write(system, async (tx) => {
          await foundTenant(tx, system, { name, organizationName: name })
          await openLocation(tx, system, somewhere)
          const grants: Grants = [{ role: 'org:admin', locationId: null }]
          return (await addMember(tx, system, { userId, name, email, grants })).id
        })
        return { memberId, ...(await enter('/session', { email, password: PASSWORD })) }
      }),
    /** Whom a process that remembers nothing takes this browser for. */
    whoIs: (cookie: string) =>
      beside(async ({ people }) => {
        const caller = await people.authenticator.authenticate({ headers: { cookie }, organizationId: undefined })
        return caller && `${caller.actor.kind} ${caller.actor.name}`
      }),
    /** Everything the organization's namespace tells this person from now on. */
    async listen(organizationId: string, cookie: string): Promise<Heard[]> {
      const heard: Heard[] = []
      const socket = io(`${origin}/org-${organizationId}`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { cookie, origin },
      })
      sockets.push(socket)
      socket.onAny((event: string, { name, scope, version, fact }: Heard) =>
        heard.push({ event, name, scope, version, fact }),
      )
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve)
        socket.once('connect_error', reject)
      })
      return heard
    },
    async stop() {
      for (const socket of sockets) socket.disconnect()
      await server.stop()
      await database.drop()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
