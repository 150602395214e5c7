import { once } from 'node:events'
import { createServer } from 'node:net'
import { addMember, openPeople } from '@opsflow/capabilities/people/server'
import { systemActor } from '@opsflow/platform/actor'
import { readConfig } from '@opsflow/platform/server/config'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { io, type Socket } from 'socket.io-client'
import { startServer } from '../main.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
type Answer = { status: number; body: any }
export type Ask = (route: string, body?: unknown) => Promise<Answer>
export type Heard = { event: string; scope: string; version: number; fact: Record<string, unknown> }
type Grants = Parameters<typeof addMember>[2]['grants']

const PASSWORD = 'correct horse battery staple'

/** The whole product on a database of its own, empty, entered only as people and machines enter it. */
export async function startProduct() {
  const database = await testDatabase()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const config = readConfig({ OPSFLOW_DEMO: 'off', LOG_LEVEL: 'silent', PORT: String(port) }, '/')
  const server = await startServer(config, {
    urls: database.urls,
    secrets,
    port,
    publicUrl: origin,
    webFolder: undefined,
  })
  const sockets: Socket[] = []

  const asking =
    (credential: Record<string, string>): Ask =>
    async (route, body) => {
      const [method = 'GET', path] = route.split(' ')
      const response = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: { ...credential, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : null }
    }

  async function enter(path: string, body: unknown): Promise<{ ask: Ask; cookie: string }> {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.status !== 201) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { ask: asking({ cookie }), cookie }
  }

  return {
    /** The first visitor founds the organization and is its admin. */
    found: (names: { organizationName: string; locationName: string; name: string; email: string }) =>
      enter('/first-run', { ...names, timezone: 'America/Chicago', jurisdiction: 'us', password: PASSWORD }),
    signIn: (email: string) => enter('/session', { email, password: PASSWORD }),
    machine: (key: string) => asking({ authorization: `Bearer ${key}` }),
    /** People are hired by the command that will stand behind invitations; there is no route for it yet. */
    async hire(session: { tenant: { id: string }; organization: { id: string } }, name: string, grants: Grants) {
      const email = `${name.toLowerCase()}@example.com`
      const pool = openPool(database.urls.auth, 1)
      const tenants = openDatabase({
        url: database.urls.app,
        contextKey: database.contextKey,
        poolSize: 1,
        prepared: true,
      })
      const { authSecret: secret, pepper } = secrets
      const quiet = { warn: () => {}, error: () => {} }
      const { identity } = await openPeople({ pool, secret, pepper, publicUrl: origin, log: quiet })
      const passwordHash = await identity.hashPassword(PASSWORD)
      const { userId } = await identity.createAccount({ email, name, passwordHash })
      const system = systemActor(session.tenant.id, session.organization.id, 'test')
      await tenants.write(system, (tx) => addMember(tx, system, { userId, name, email, grants }))
      await Promise.all([pool.end(), tenants.close()])
      return enter('/session', { email, password: PASSWORD })
    },
    /** Everything the organization's namespace tells this person from now on. */
    async listen(organizationId: string, cookie: string): Promise<Heard[]> {
      const heard: Heard[] = []
      const socket = io(`${origin}/org-${organizationId}`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { cookie, origin },
      })
      sockets.push(socket)
      socket.onAny((event: string, { scope, version, fact }: Heard) => heard.push({ event, scope, version, fact }))
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
