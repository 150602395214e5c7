import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import WebSocket, { WebSocketServer } from 'ws'
import { checklistServerMutators, syncedChecklists } from '../capabilities/checklists/server/index.ts'
import { TemplateContent } from '../capabilities/checklists/template.ts'
import type { Actor } from '../platform/actor.ts'
import { serveForTests } from '../platform/server/http/serve.for-tests.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import { openLog } from '../platform/server/log.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { syncImplementations } from '../platform/server/sync.ts'
import { openDatabase } from '../platform/server/tenant.ts'
import { type Cursor, type DeviceTime, emptyCursor, type PullAnswer } from '../platform/sync.ts'
import { Chains } from './chains.ts'
import { atMost, type Effort, type Report, round } from './lib.ts'

/**
 * An answer, from one person's device to another's: pushed, judged, stored, told to everyone who listens, pulled. Against a
 * bare insert that is broadcast with the row in it over the same sockets, in turns in one run.
 */
export async function checklist(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const [clients, answers] = isShort ? [10, 5] : [200, 200]
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 8, prepared: true })
  const here = new Set([tenant.locationId])
  const person = async (): Promise<Actor> => ({
    ...anyoneOf(tenant, here),
    id: String((await chains.factory.plant(tenant, 'public.members')).id),
    permissions: new Map(['checklists.read', 'checklists.do'].map((permission) => [permission, here])),
  })
  const [cook, porter] = [await person(), await person()]
  const sync = syncImplementations({
    database: product,
    entities: syncedChecklists,
    mutators: checklistServerMutators({ ensure: async () => undefined }),
    actors: { reader: async (actor) => actor, doer: async (actor) => ({ may: true, actor, proved: 'own' }) },
    clientOf: async () => undefined,
    secret: 'a secret of the bench',
    log: openLog('silent'),
  })
  const { ask, close } = await serveForTests(sync, product)
  const must = async (actor: Actor, route: string, body: unknown) => {
    const answer = await ask(actor, route, body)
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const listeners = await listening(clients)
  const itemId = randomUUID()
  const checklistId = await product.write(cook, (tx) => plantList(tx.query, tenant, itemId))
  await chains.admin.query(
    'create table bare_answers (id uuid primary key, value jsonb not null, at timestamptz not null default now())',
  )

  const [device, other] = [randomUUID(), randomUUID()]
  let cursor: Cursor = emptyCursor
  const pull = async () => {
    const page = (await must(porter, 'POST /sync/pull', { clientId: other, cursor })) as PullAnswer
    cursor = page.cursor
    return page.changes
  }
  while ((await pull()).length > 0);
  let mid = 0
  const throughProduct = async () => {
    const id = randomUUID()
    const args = { id, checklistId, itemId, value: { kind: 'number', text: '300' } }
    const sent = {
      mid: ++mid,
      uid: randomUUID(),
      name: 'checklists.answer',
      version: 1,
      args,
      device: clock(),
      by: null,
    }
    await must(cook, 'POST /sync/push', { clientId: device, sent: clock(), mutations: [sent] })
    await listeners.tell({ scope: tenant.locationId })
    const changes = await pull()
    if (!changes.some((change) => change.id === id)) throw new Error('the answer did not arrive')
  }
  const bare = async () => {
    const row = { id: randomUUID(), value: { kind: 'number', text: '300' } }
    await chains.admin.query('insert into bare_answers (id, value) values ($1, $2)', [row.id, row.value])
    await listeners.tell(row)
  }
  try {
    const took = { bare: [] as number[], product: [] as number[] }
    for (let n = 0; n < answers + 3; n++) {
      for (const [name, work] of [
        ['bare', bare],
        ['product', throughProduct],
      ] as const) {
        const from = performance.now()
        await work()
        if (n >= 3) took[name].push(performance.now() - from) // the first warm up
      }
    }
    const row = (mode: string, all: number[]) => ({
      mode,
      answers: all.length,
      'p50 ms': round(at(all, 0.5), 2),
      'p99 ms': round(at(all, 0.99), 2),
    })
    return {
      title: `An answer to another person's replica, ${clients} listeners told over their sockets`,
      table: [row('a bare insert and a broadcast', took.bare), row('pushed, judged, told, pulled', took.product)],
      findings: [
        atMost('p50 by the bare insert', 20, at(took.product, 0.5) / at(took.bare, 0.5), '×'),
        atMost('p99', 500, at(took.product, 0.99), ' ms'),
      ],
    }
  } finally {
    listeners.close()
    await close()
    await product.close()
    await chains.close()
  }
}

const at = (all: number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN

/** So many sockets, and what tells them all: resolves when the last has heard. */
async function listening(count: number) {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  let heard = 0
  let done = () => {}
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`)
      socket.on('message', () => {
        heard += 1
        if (heard === count) done()
      })
      await once(socket, 'open')
      return socket
    }),
  )
  return {
    tell: (message: object) =>
      new Promise<void>((resolve) => {
        heard = 0
        done = resolve
        const text = JSON.stringify(message)
        for (const socket of server.clients) socket.send(text)
      }),
    close() {
      for (const socket of sockets) socket.terminate()
      server.close()
      http.close()
    },
  }
}

type Query = (sql: string, params: unknown[]) => Promise<unknown[]>

async function plantList(
  query: Query,
  { organizationId, locationId }: { organizationId: string; locationId: string },
  itemId: string,
): Promise<string> {
  const one = async (sql: string, params: unknown[]) => ((await query(sql, params)) as { id: string }[])[0]?.id ?? ''
  const items = [{ kind: 'number', id: itemId, label: 'Sanitiser', min: 200, max: 400 }]
  const content = JSON.stringify(TemplateContent.parse({ sections: [{ id: randomUUID(), title: 'Line', items }] }))
  const templateId = await one(
    `insert into checklist_templates (organization_id, name, category, draft) values ($1, 'Line', 'line_check', $2) returning id`,
    [organizationId, content],
  )
  await one(
    `insert into checklist_template_versions (template_id, version, name, category, content)
     values ($1, 1, 'Line', 'line_check', $2) returning id`,
    [templateId, content],
  )
  const formId = await one(
    `insert into checklist_forms (location_id, template_id, version) values ($1, $2, 1) returning id`,
    [locationId, templateId],
  )
  return one(
    `insert into checklists (location_id, form_id, day, visible_at) values ($1, $2, current_date, now()) returning id`,
    [locationId, formId],
  )
}

const session = randomUUID()
const clock = (): DeviceTime => ({
  at: new Date().toISOString(),
  zone: 'UTC',
  offsetMinutes: 0,
  session,
  monotonicMs: performance.now(),
  anchor: null,
  offsetMs: null,
  heardAt: null,
})
