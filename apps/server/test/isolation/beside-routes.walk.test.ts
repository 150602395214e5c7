import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { can } from '@opsflow/platform/actor'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { socketCommands } from '../../socket-commands.ts'
import { changed, type Place, placesIn, type Schema } from '../broken.ts'
import type { Caller } from '../kitchen.ts'
import { ACROSS_TENANTS, CACHES, cachesIn, looksAcross } from './listed.ts'
import { CALLERS, type CallerName, openWorld, type World } from './world.ts'

/** What is reached without a route: sockets, jobs, what processes remember, files, and what opens by a token alone. */
const LISTEN = 'temperature.read'
const EVERYWHERE = 'everywhere'
const commands = socketCommands({ ensure: async () => undefined } as never)
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

let world: World
let theirOrganization: string
const sockets: Socket[] = []
const seen = new Map<string, number>()
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
const of = (what: string) => String(seen.get(what) ?? 0)

beforeAll(async () => {
  world = await openWorld({})
  theirOrganization = (await world.theirAdmin.must('GET', '/session')).organization.id
}, 300_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await world?.close()
})

const callerNamed = (name: CallerName) => world.callerFor(name, LISTEN)

type Joined = { socket: Socket; heard: string[]; told: string | null }

/** A key goes as the token of the handshake, a session by its cookie. */
async function join_(by: Caller, namespace: string): Promise<Joined> {
  const { authorization, ...extraHeaders } = by.headers
  const socket = io(`${world.whole.origin}${namespace}`, {
    ...{ transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders },
    ...(authorization ? { auth: { token: authorization.replace('Bearer ', '') } } : {}),
  })
  sockets.push(socket)
  const heard: string[] = []
  socket.onAny((event: string, message: unknown) => heard.push(JSON.stringify([event, message])))
  const told = await new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null))
    socket.once('connect_error', (error: Error & { data?: unknown }) =>
      resolve(JSON.stringify([error.message, error.data])),
    )
  })
  return { socket, heard, told }
}

describe('namespaces', () => {
  test.each(CALLERS)('%s joins the own organization or none', async (name) => {
    const caller = callerNamed(name)
    const { actor } = await world.actorOf(caller)
    const own = await join_(caller, `/org-${world.session.organization.id}`)
    const theirs = await join_(caller, `/org-${theirOrganization}`)
    const nobodys = await join_(caller, `/org-${randomUUID()}`)
    const mine = actor?.tenantId === world.ownTenant
    const hears = actor !== null && (actor.kind === 'kiosk' || can(actor, LISTEN))
    expect(own.told === null, `own: ${own.told}`).toBe(mine && hears)
    if (actor?.tenantId === world.foreignTenant) expect(theirs.told).toBeNull()
    else expect(theirs.told).toBe(nobodys.told)
    expect(nobodys.told).not.toBeNull()
    for (const namespace of ['/', '/org-', `/org-${theirOrganization.slice(0, 8)}`, `/org-${theirOrganization}/x`]) {
      const odd = await join_(caller, namespace)
      expect(odd.told, namespace).not.toBeNull()
      odd.socket.disconnect()
      count('namespaces')
    }
    for (const one of [own, theirs, nobodys]) {
      one.socket.disconnect()
      count('namespaces')
    }
  })
})

describe('rooms', () => {
  test('are chosen by the server: what a client asks for changes nothing', async () => {
    const namespace = `/org-${world.session.organization.id}`
    const sibling = await join_(callerNamed('member of a sibling place'), namespace)
    const member = await join_(callerNamed('member of the place'), namespace)
    const theirs = await join_(world.theirAdmin, `/org-${theirOrganization}`)
    const asked = [`location:${world.place}`, EVERYWHERE, `scope:${world.place}`, `member:${world.member.id}`]
    for (const room of asked) {
      for (const event of ['join', 'subscribe', 'room', 'follow', 'joinRoom', 'task-update', 'temperature-reading']) {
        for (const { socket } of [sibling, theirs]) {
          socket.emit(event, room)
          socket.emit(event, { room, rooms: [room], scope: world.place, locationId: world.place })
        }
        count('rooms asked for')
      }
    }
    const title = `Heard ${randomUUID()}`
    const made = await world.admin.must('POST', '/tasks', { body: { locationId: world.place, title } })
    await expect.poll(() => member.heard.join(), { timeout: 10_000 }).toContain(made.id)
    // What comes after it in the same order of delivery has come to the others too.
    const last = await world.admin.must('POST', '/tasks', { body: { locationId: world.sibling, title: 'After' } })
    await expect.poll(() => sibling.heard.join(), { timeout: 10_000 }).toContain(last.id)
    expect(sibling.heard.join()).not.toContain(made.id)
    expect(member.heard.join()).not.toContain(last.id)
    expect(theirs.heard.join()).not.toMatch(new RegExp(`${made.id}|${last.id}|${world.place}`))
    for (const { socket } of [sibling, member, theirs]) socket.disconnect()
  })

  test('every fact of both chains names a room of its own scope', async () => {
    const { rows } = await world.rows.query<{
      tenant_id: string
      organization_id: string
      scope_id: string
      room: string
    }>('select tenant_id, organization_id, scope_id, room from facts')
    const { rows: places } = await world.rows.query<{ id: string; tenant_id: string }>(
      `select id, tenant_id from locations union all select id, tenant_id from organizations union all select id, tenant_id from members`,
    )
    const tenantOf = new Map(places.map(({ id, tenant_id }) => [id, tenant_id]))
    for (const fact of rows) {
      const [, about = ''] = /^(?:location|scope|member):([0-9a-f-]{36})$/.exec(fact.room) ?? []
      expect(tenantOf.get(about), `a fact of this tenant is told in the room ${fact.room}: ${ROOMS}`).toBe(
        fact.tenant_id,
      )
      expect(tenantOf.get(fact.scope_id)).toBe(fact.tenant_id)
      expect(tenantOf.get(fact.organization_id)).toBe(fact.tenant_id)
      count('facts')
    }
    expect(rows.length).toBeGreaterThan(20)
  })

  test('every kind of fact is told in a room of a place, of a person or of an organization', async () => {
    const kinds = await factsIn(ROOT)
    const elsewhere = kinds.filter(({ room }) => !/\b(location|member|scope)Room\b/.test(String(room)))
    expect(
      elsewhere.map(({ name }) => name),
      `These facts choose another room: ${ROOMS}`,
    ).toEqual([])
    expect(kinds.length).toBeGreaterThan(15)
  })
})

const ROOMS =
  'choose it by locationRoom, memberRoom or scopeRoom of platform/fact.ts, of what the fact is about; the gateway lets in by these alone'

type FactKind = { name: string; room: (body: never) => string }

/** Every kind of fact that a capability defines. */
async function factsIn(root: string): Promise<FactKind[]> {
  const files = readdirSync(join(root, 'capabilities'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|[/\\])facts\.ts$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(root, 'capabilities', name))
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>))
  const isKind = (one: unknown): one is FactKind => typeof (one as FactKind | null)?.room === 'function'
  return modules.flatMap((exported) => Object.values(exported).filter(isKind))
}

describe('commands over the socket', () => {
  const inputs: Record<string, () => Promise<object>> = {
    'task-update': async () => ({
      id: (await world.admin.must('POST', '/tasks', { body: { locationId: world.place, title: randomUUID() } })).id,
      status: 'in_progress',
    }),
    'temperature-reading': async () => ({ unitId: world.own.unit, value: '140', unit: 'F' }),
  }
  test.each(commands.map(({ name }) => name))('%s: whoever may not, and whose it is not', async (name) => {
    const command = commands.find((one) => one.name === name) as (typeof commands)[number]
    const input = inputs[name]
    if (!input) throw new Error(`${name} has no example: add one to inputs in beside-routes.walk.test.ts`)
    const answers = (
      one: Joined,
      payload: unknown,
    ): Promise<{ ok: boolean; problem?: { status: number; code: string } }> =>
      one.socket.timeout(10_000).emitWithAck(name, payload)
    for (const caller of CALLERS) {
      const { actor } = await world.actorOf(callerNamed(caller))
      const one = await join_(callerNamed(caller), `/org-${world.session.organization.id}`)
      if (one.told === null && actor && !can(actor, command.permission)) {
        expect(await answers(one, await input())).toMatchObject({ ok: false, problem: { code: 'forbidden' } })
        count('commands refused')
      }
      if (one.told === null && caller.includes('sibling')) {
        expect(await answers(one, await input())).toMatchObject({ ok: false })
        count('commands refused')
      }
      one.socket.disconnect()
    }
    const admin = await join_(world.admin, `/org-${world.session.organization.id}`)
    const schema = z.toJSONSchema(command.input, { io: 'input', unrepresentable: 'any' }) as Schema
    const fields = placesIn(schema, () => ({})).filter((place: Place) => place.schema.format === 'uuid')
    const foreign: Record<string, string> = { id: world.foreign.task, unitId: world.foreign.unit }
    for (const { path } of fields) {
      const held = await input()
      if (path.length > 1) continue // photos: named by the device that took them
      const key = String(path[0])
      if (name === 'temperature-reading' && key === 'id') continue // minted by the caller
      const theirs = await answers(admin, changed(held, path, foreign[key]))
      const nothing = await answers(admin, changed(held, path, randomUUID()))
      expect(JSON.stringify(theirs)).toBe(JSON.stringify(nothing))
      expect(theirs.ok).toBe(false)
      count('command fields')
    }
    expect(await answers(admin, await input())).toMatchObject({ ok: true })
    count('commands')
    admin.socket.disconnect()
  })
})

describe('files', () => {
  test('the same bytes in two chains are two files, and neither tells of the other', async () => {
    const paper = Buffer.from(`%PDF-1.7\n% ${randomUUID()}\n1 0 obj\n%%EOF\n`)
    const sha256 = createHash('sha256').update(paper).digest('hex')
    const begin = async (by: Caller, locationId: string, hash: string) => {
      const metadata = {
        id: randomUUID(),
        locationId,
        capturedAt: '2026-11-27T10:00:00.000Z',
        capturedQuality: 'exact',
        sha256: hash,
      }
      const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      const headers = {
        'tus-resumable': '1.0.0',
        'upload-length': String(paper.length),
        'upload-metadata': pairs.join(','),
      }
      const told = await by.ask('POST', '/files/uploads', { headers })
      const said = told.text.replaceAll(metadata.id, 'ID').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'THEN')
      return { ...told, id: metadata.id, said }
    }
    const send = (by: Caller, id: string) =>
      by.ask('PATCH', `/files/uploads/${id}`, {
        body: paper,
        headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      })
    const theirs = await begin(world.theirAdmin, world.foreign.location, sha256)
    expect((await send(world.theirAdmin, theirs.id)).status).toBe(204)
    // To know a hash is not to have the file: what they keep is begun here as something nobody has.
    const known = await begin(world.admin, world.place, sha256)
    const unknown = await begin(world.admin, world.place, createHash('sha256').update(randomUUID()).digest('hex'))
    expect(known.status).toBe(201)
    expect(known.said).toBe(unknown.said)
    expect((await send(world.admin, known.id)).status).toBe(204)
    const files = filesIn(world.whole.folder).filter((path) => path.includes(sha256))
    expect(files.map((path) => /t\/([0-9a-f-]{36})\//.exec(path)?.[1]).sort()).toEqual(
      [world.ownTenant, world.foreignTenant].sort(),
    )
    for (const path of filesIn(world.whole.folder).filter((one) => /\/[tu]\//.test(one))) {
      expect(path).toMatch(new RegExp(`/[tu]/(${world.ownTenant}|${world.foreignTenant})/`))
      count('files')
    }
    const asked = async (id: string) => {
      const told = await world.admin.ask('GET', `/files/${id}`, { headers: { 'x-request-id': 'the-same-request' } })
      return `${told.status} ${told.type} ${told.text}`
    }
    expect(await asked(theirs.id)).toBe(await asked(randomUUID()))
  })
})

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))

describe('what opens by a token', () => {
  /** Every way in without an account: what opens it, for each chain, and where it stands in the request. */
  const ways = (): [string, (secret: string) => Promise<{ status: number; text: string }>, string, string][] => {
    const ask = (method: string, path: string, body?: unknown) =>
      world.nobody.ask(method, path, { ...(body ? { body } : {}), headers: { 'x-request-id': 'the-same-request' } })
    return [
      [
        'inspector link',
        (secret) => ask('POST', '/inspections', { secret }),
        world.own.inspectorSecret,
        world.foreign.inspectorSecret,
      ],
      ['paper', (code) => ask('POST', '/papers/verifications', { code }), world.own.paperCode, world.foreign.paperCode],
    ]
  }
  test('shows what it was made for, and one letter off it is like any other', async () => {
    for (const [what, open, own, theirs] of ways()) {
      const [ours, foreign] = [await open(own), await open(theirs)]
      expect(ours.status, `${what}: ${ours.text}`).toBe(200)
      expect(foreign.status).toBe(200)
      expect(ours.text).not.toContain('Other')
      for (const secret of [own, theirs]) {
        const off = `${secret.slice(0, -2)}${secret.at(-2) === 'A' ? 'B' : 'A'}${secret.at(-1)}`
        const made = [...secret].reverse().join('')
        const [near, far] = [await open(off), await open(made)]
        expect(near.status, what).toBeGreaterThanOrEqual(400)
        expect(near.text, what).toBe(far.text)
        count('tokens tried')
      }
    }
  })
})

test('an Idempotency-Key of one chain means nothing in another', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const [title, place] = [randomUUID(), world.place]
  const ours = await world.admin.ask('POST', '/tasks', { body: { locationId: place, title }, headers })
  const theirs = await world.theirAdmin.ask('POST', '/tasks', {
    body: { locationId: world.foreign.location, title: 'Theirs' },
    headers,
  })
  expect(ours.status).toBe(201)
  expect(theirs.status).toBe(201)
  expect(theirs.text).not.toContain(ours.body.id)
  expect(theirs.text).not.toContain(title)
})

test('nothing the API answers is kept by a cache in between', async () => {
  for (const path of ['/session', '/tasks', '/locations', `/files/${world.own.file}`, '/checklists', '/nothing']) {
    const response = await fetch(`${world.whole.origin}/api/v1${path}`, { headers: world.admin.headers })
    expect(response.headers.get('cache-control'), path).toMatch(/no-store|private/)
    expect(response.headers.get('cache-control'), path).not.toContain('public')
  }
})

describe('lists that the code is held against', () => {
  test('whatever a process remembers is listed with what it is found by', () => {
    const found = cachesIn(ROOT)
    expect(
      found.filter((one) => !(one in CACHES)),
      'Something new is remembered between requests. List it in apps/server/test/isolation/listed.ts with what it is found by: the tenant must be part of it.',
    ).toEqual([])
    expect(
      Object.keys(CACHES).filter((one) => !found.includes(one)),
      'Listed, and not there any more',
    ).toEqual([])
  })

  test('whatever looks across tenants is listed with what it brings of each', () => {
    const found = looksAcross(ROOT)
    expect(
      found.filter((one) => !(one in ACROSS_TENANTS)),
      'A new file looks across tenants. List it in apps/server/test/isolation/listed.ts and say what it reads; whatever it then does for a tenant runs in that tenant’s own context.',
    ).toEqual([])
    expect(
      Object.keys(ACROSS_TENANTS).filter((one) => !found.includes(one)),
      'Listed, and not there any more',
    ).toEqual([])
    for (const file of found) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const selects = [...text.matchAll(/`\s*select [^`]*from [^`]*`/gi)].filter(([sql]) => /across|tenant/i.test(sql))
      for (const [sql] of selects) expect(sql, `${file} brings rows without their tenant`).toMatch(/tenant/i)
    }
  })
})

test('everything ran', () => {
  proven('isolation', {
    title: 'Sockets, files, tokens, and what is remembered',
    method:
      'Every caller before every kind of namespace; rooms asked for by clients; each command of the socket with a foreign and with a missing id; the same file in two chains; links and codes one letter off; what code remembers between requests, and what looks across tenants, held against lists with reasons.',
    findings: [
      { what: 'caller × namespace', seen: of('namespaces') },
      { what: 'rooms asked for by clients, none of them heard', seen: of('rooms asked for') },
      { what: 'facts whose room, scope and organization are of their own tenant', seen: of('facts') },
      {
        what: 'socket commands that succeeded for their proper caller',
        seen: `${of('commands')} of ${commands.length}`,
        met: of('commands') === String(commands.length),
      },
      { what: 'socket commands refused to who may not', seen: of('commands refused') },
      { what: 'id fields of commands, foreign like missing', seen: of('command fields') },
      { what: 'files on disk under their own tenant', seen: of('files') },
      { what: 'links and codes one letter off, like any other', seen: of('tokens tried') },
      { what: 'places where code remembers something, each listed', seen: String(Object.keys(CACHES).length) },
      { what: 'files that look across tenants, each listed', seen: String(Object.keys(ACROSS_TENANTS).length) },
    ],
    notes: [
      'There is no queue of jobs: a job asks across tenants what is due and does it in each tenant’s own signed context. What jobs then write, send and tell is searched on the page of canaries.',
    ],
  })
  expect(of('commands')).toBe(String(commands.length))
})
