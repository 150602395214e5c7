import { setTimeout as wait } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { startServer } from '../apps/server/main.ts'
import { addMember, openPeople } from '../capabilities/people/server/index.ts'
import { systemActor } from '../platform/actor.ts'
import { readConfig } from '../platform/server/config.ts'
import { emptyFolder } from '../platform/server/files/folder.for-tests.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { freePort } from '../platform/server/postgres/port.ts'
import { newSecrets } from '../platform/server/postgres/secrets.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { atMost, type Effort, median, type Report, round, SHORT } from './lib.ts'

const PASSWORD = 'correct horse battery staple'
/** Nothing is waited for longer: what is not cut by then is an error, not a figure. */
const PATIENCE_MS = 60_000
const KINDS = ['grant taken away', 'role edited', 'person suspended', 'location moved away'] as const
type Kind = (typeof KINDS)[number]

/** From the answer to a revocation until the person's open socket is told and their session refused. */
export async function revocation(database: TestDatabase, effort: Effort): Promise<Report> {
  const product = await open(database)
  const times = new Map<Kind, { socket: number[]; session: number[] }>()
  try {
    for (const kind of KINDS) {
      const socket: number[] = []
      const session: number[] = []
      for (let trial = 0; trial < (effort === SHORT ? 1 : 5); trial++) {
        const cut = await product.trial(kind, trial)
        socket.push(cut.socket)
        session.push(cut.session)
      }
      times.set(kind, { socket, session })
    }
  } finally {
    await product.close()
  }
  const all = [...times.values()]
  const worst = Math.max(...all.flatMap(({ socket, session }) => [...socket, ...session]))
  const trials = all.flatMap(({ socket }) => socket).length
  return {
    title: `From revocation to cut, ${trials} trials on the whole product`,
    table: [...times].map(([kind, { socket, session }]) => ({
      kind,
      trials: socket.length,
      'socket, median s': seconds(median(socket)),
      'socket, worst s': seconds(Math.max(...socket)),
      'session, median s': seconds(median(session)),
      'session, worst s': seconds(Math.max(...session)),
    })),
    findings: [atMost('worst of all, socket and session', 5, worst / 1000, ' s')],
  }
}

const seconds = (millis: number) => round(millis / 1000, 2)

type Answer = { status: number; body: Record<string, unknown> & { id: string } }

async function open(database: TestDatabase) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const environment = { OPSFLOW_DEMO: 'off', LOG_LEVEL: 'silent', OPSFLOW_RATE_LIMIT: '10000000', PORT: String(port) }
  const server = await startServer(readConfig(environment, emptyFolder()), {
    ...{ urls: database.urls, secrets, port, publicUrl: origin },
    webFolder: undefined,
  })
  const send = (cookie: string, route: string, body?: unknown) => {
    const [method = '', path] = route.split(' ')
    return fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { cookie, origin, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }
  const ask = async (cookie: string, route: string, body?: unknown): Promise<Answer> => {
    const answer = await send(cookie, route, body)
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : {} }
  }
  const must = async (cookie: string, route: string, body?: unknown) => {
    const { status, body: answer } = await ask(cookie, route, body)
    if (status >= 300) throw new Error(`${route}: ${status} ${JSON.stringify(answer)}`)
    return answer
  }
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  const founding = {
    organizationName: 'Chain',
    locationName: 'First',
    timezone: 'UTC',
    jurisdiction: 'us',
    name: 'Ada',
  }
  const admin = cookieOf(
    await send('', 'POST /first-run', { ...founding, email: 'ada@example.com', password: PASSWORD }),
  )
  const session = (await must(admin, 'GET /session')) as unknown as {
    tenant: { id: string }
    organization: { id: string }
  }
  const system = systemActor(session.tenant.id, session.organization.id, 'bench')
  const pool = openPool(database.urls.auth, 2)
  const tenants = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 2, prepared: true })
  const { authSecret: secret, pepper } = secrets
  const log = { warn: () => {}, error: () => {} }
  const { identity } = await openPeople({ pool, secret, pepper, publicUrl: origin, log })
  const passwordHash = await identity.hashPassword(PASSWORD)
  const sockets: Socket[] = []

  /** Someone with a role at a location of their own, which lies in a group of its own, signed in and listening. */
  async function hire(name: string) {
    const group = await must(admin, 'POST /location-groups', { name: `Group of ${name}` })
    const place = { name: `Place of ${name}`, kind: 'cafe', timezone: 'UTC', groupId: group.id }
    const location = await must(admin, 'POST /locations', place)
    const role = await must(admin, 'POST /roles', {
      name,
      permissions: ['temperature.read', 'tasks.read', 'locations.read'],
    })
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
    const { userId } = await identity.createAccount({ email, name, passwordHash })
    const grants = [{ roleId: role.id, groupId: group.id }]
    const { id } = await tenants.write(system, (tx) => addMember(tx, system, { userId, name, email, grants }))
    const cookie = cookieOf(await send('', 'POST /session', { email, password: PASSWORD }))
    const socket = io(`${origin}/org-${session.organization.id}`, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
      extraHeaders: { cookie, origin },
    })
    sockets.push(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return { id, cookie, socket, location, role }
  }

  async function trial(kind: Kind, n: number): Promise<{ socket: number; session: number }> {
    const person = await hire(`${kind} ${n}`)
    const reads = () => ask(person.cookie, `GET /locations/${person.location.id}`)
    const works = () => ask(person.cookie, 'GET /tasks')
    if ((await works()).status !== 200) throw new Error('a right is missing')
    const told = new Promise<number>((resolve) => {
      person.socket.on('poke', ({ name }: { name: string }) => {
        if (name === 'rights_ended' || name === 'rights_changed') resolve(performance.now())
      })
      person.socket.once('disconnect', () => resolve(performance.now()))
    })
    await revoke[kind](person)
    const from = performance.now()
    const refused = async () => {
      // Whoever lost a place keeps the right elsewhere, so it is the place that is no longer found.
      while ((await (kind === 'location moved away' ? reads() : works())).status < 400) {
        if (performance.now() - from > PATIENCE_MS) throw new Error(`${kind}: the session was not refused`)
        await wait(20)
      }
      return performance.now() - from
    }
    const late = wait(PATIENCE_MS).then(() => Promise.reject(new Error(`${kind}: the socket was not told`)))
    late.catch(() => {})
    const [socket, session] = await Promise.all([Promise.race([told, late]).then((at) => at - from), refused()])
    return { socket: Math.max(0, socket), session }
  }

  const revoke: Record<Kind, (person: Awaited<ReturnType<typeof hire>>) => Promise<unknown>> = {
    'grant taken away': async ({ id }) => {
      const member = (await must(admin, `GET /members/${id}`)) as unknown as { grants: { id: string }[] }
      await must(admin, `DELETE /grants/${member.grants[0]?.id}`)
    },
    'role edited': ({ role }) =>
      must(admin, `PATCH /roles/${role.id}`, { version: 1, permissions: ['organization.read'] }),
    'person suspended': ({ id }) => must(admin, `PATCH /members/${id}`, { status: 'suspended' }),
    'location moved away': ({ location }) => must(admin, `PATCH /locations/${location.id}`, { groupId: null }),
  }

  return {
    trial,
    async close() {
      for (const socket of sockets) socket.disconnect()
      await server.stop()
      await Promise.all([pool.end(), tenants.close()])
    },
  }
}
