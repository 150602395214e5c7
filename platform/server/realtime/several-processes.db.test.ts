import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { io } from 'socket.io-client'
import { expect, test, vi } from 'vitest'
import type { Actor } from '../../actor.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { freePort } from '../postgres/port.ts'
import { openRedis } from '../redis.ts'
import type { Database } from '../tenant.ts'
import { openGateway } from './gateway.ts'

const REDIS_SERVER = '/usr/bin/redis-server'
const organizationId = randomUUID()
const ana: Actor = {
  tenantId: randomUUID(),
  organizationId,
  kind: 'member',
  id: randomUUID(),
  name: 'Ana',
  permissions: new Map([['listen', 'all']]),
  locationIds: 'all',
}

test.skipIf(!existsSync(REDIS_SERVER))(
  'a fact relayed by one process reaches a socket of another (not run without /usr/bin/redis-server)',
  async () => {
    const redis = await startRedis()
    const [first, second] = await Promise.all([startProcess(redis.url), startProcess(redis.url)])
    const socket = io(`${second.origin}/org-${organizationId}`, { transports: ['websocket'], reconnection: false })
    try {
      await once(socket as never, 'connect')
      const heard: unknown[] = []
      socket.on('alert', (message) => heard.push(message))
      const fact = {
        tenant_id: ana.tenantId,
        id: randomUUID(),
        organization_id: organizationId,
        scope_id: randomUUID(),
      }
      // The subscription of a namespace travels to Redis on its own; what was missed meanwhile is caught up by version.
      await vi.waitFor(() => {
        first.deliver({
          ...fact,
          version: 1,
          name: 'test.happened',
          event: 'alert',
          room: 'location:x',
          body: { n: 1 },
        })
        expect(heard).toContainEqual({ scope: fact.scope_id, version: 1, name: 'test.happened', fact: { n: 1 } })
      })
    } finally {
      socket.disconnect()
      await Promise.all([first.close(), second.close()])
      await redis.stop()
    }
  },
)

async function startProcess(redisUrl: string) {
  const server = createServer()
  const redis = openRedis(redisUrl, openLog('silent'))
  const gateway = openGateway({
    server,
    redis,
    database: {} as Database,
    commands: [],
    rateLimiter: { credential: async () => undefined },
    listenPermission: 'listen',
    publicOrigin: () => '',
    log: openLog('silent'),
    metrics: openMetrics(),
    authenticator: {
      authenticate: async () => ({ actor: ana, via: 'session', credential: 'ana', standing: '' }),
      standings: async (callers) => new Map(callers.map((caller) => [caller, caller.standing])),
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...gateway,
    close: async () => {
      await gateway.close()
      redis?.close()
    },
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
}

async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'opsflow-redis-'))
  const port = await freePort()
  const child = spawn(
    REDIS_SERVER,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { retryStrategy: () => 50 })
  client.on('error', () => undefined)
  await vi.waitFor(() => client.ping(), { timeout: 10_000 })
  return {
    url,
    async stop() {
      client.disconnect()
      child.kill()
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
