/** One server of the fan-out bench: the product's gateway, or bare `ws`. Told by its parent when to deliver. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '@opsflow/platform/actor'
import { openLog } from '@opsflow/platform/server/log'
import { openMetrics } from '@opsflow/platform/server/metrics'
import { openGateway } from '@opsflow/platform/server/realtime/gateway'
import { openRedis } from '@opsflow/platform/server/redis'
import type { Database } from '@opsflow/platform/server/tenant'
import { type WebSocket, WebSocketServer } from 'ws'

const [, , variant, organizations = '', redisUrl] = process.argv
const organizationIds = organizations.split(',')
const location = '0190c0de-0000-7000-8000-000000000001'
const fact = { unitId: location, locationId: location, status: 'ok', value: { text: '3.4', unit: 'C', milli: 3400 } }

const actorOf = (organizationId: string): Actor => ({
  tenantId: organizationId,
  organizationId,
  kind: 'member',
  id: organizationId,
  name: 'bench',
  permissions: new Map([['temperature.read', 'all']]),
  locationIds: 'all',
})
const actors = new Map(organizationIds.map((id) => [id, actorOf(id)]))

const server = createServer()
let version = 0
const deliver = variant === 'ws' ? bareWs() : throughGateway()

function bareWs() {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  const members = new Map(organizationIds.map((id) => [id, new Set<WebSocket>()]))
  sockets.on('connection', (socket, { headers }) => members.get(String(headers.authorization))?.add(socket))
  return (organizationId: string) => {
    const message = JSON.stringify([
      'temperature-reading',
      { scope: location, version: ++version, name: 'bench', fact },
    ])
    for (const socket of members.get(organizationId) ?? []) socket.send(message)
  }
}

function throughGateway() {
  const gateway = openGateway({
    server,
    database: {} as Database,
    commands: [],
    rateLimiter: { credential: async () => undefined },
    listenPermission: 'temperature.read',
    publicOrigin: () => '',
    redis: openRedis(redisUrl, openLog('silent')),
    log: openLog('silent'),
    metrics: openMetrics(),
    authenticator: {
      authenticate: async ({ organizationId = '' }) => {
        const actor = actors.get(organizationId)
        return actor ? { actor, via: 'session', credential: actor.id, standing: '' } : null
      },
      standings: async (callers) => new Map(callers.map((caller) => [caller, caller.standing])),
    },
  })
  return (organizationId: string) =>
    gateway.deliver({
      tenant_id: organizationId,
      id: location,
      organization_id: organizationId,
      scope_id: location,
      version: ++version,
      name: 'bench',
      event: 'temperature-reading',
      room: `location:${location}`,
      body: fact,
    })
}

/** Twice, and to the last: V8 keeps the pages that a burst of handshakes filled until it has to give them back. */
function collectAll() {
  for (let n = 0; n < 2; n++) global.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

process.on('message', ({ ask, n = 0 }: { ask: 'cpu' | 'memory' | 'deliver'; n?: number }) => {
  if (ask === 'deliver') for (let i = 0; i < n; i++) for (const id of organizationIds) deliver(id)
  if (ask === 'memory') collectAll()
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicros: user + system, rss: process.memoryUsage.rss() })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
