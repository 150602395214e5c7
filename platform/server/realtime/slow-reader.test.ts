import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import type { Actor } from '../../actor.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import type { Database } from '../tenant.ts'
import { openGateway } from './gateway.ts'

const organizationId = randomUUID()
const ana: Actor = {
  ...{ tenantId: randomUUID(), organizationId, kind: 'member', id: randomUUID(), name: 'Ana' },
  permissions: new Map([['listen', 'all']]),
  locationIds: 'all',
}

test('a socket that never reads is cut before what waits for it fills the memory; one that reads stays', async () => {
  const server = createServer()
  const gateway = openGateway({
    ...{ server, redis: undefined, database: {} as Database, commands: [], listenPermission: 'listen' },
    rateLimiter: { credential: async () => undefined },
    ...{ publicOrigin: () => '', log: openLog('silent'), metrics: openMetrics() },
    authenticator: {
      authenticate: async () => ({ actor: ana, via: 'session', credential: 'ana', standing: '' }),
      standings: async (callers) => new Map(callers.map((caller) => [caller, caller.standing])),
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const [deaf, listening] = [await join(port), await join(port)]
  await vi.waitFor(() => expect(gateway.sockets()).toBe(2))
  deaf.pause()
  let heard = 0
  listening.on('data', (bytes: Buffer) => {
    heard += bytes.length
  })
  const text = 'x'.repeat(8000)
  const fact = { tenant_id: ana.tenantId, organization_id: organizationId, scope_id: randomUUID(), event: 'alert' }
  await vi.waitFor(
    async () => {
      for (let n = 0; n < 100; n++) {
        gateway.deliver({
          ...fact,
          id: randomUUID(),
          version: n,
          name: 'test.said',
          room: 'location:x',
          body: { text },
        })
      }
      await gateway.recheck()
      expect(gateway.sockets()).toBe(1)
    },
    { timeout: 20_000, interval: 10 },
  )
  expect(heard).toBeGreaterThan(0)
  expect(listening.destroyed).toBe(false)
  for (const socket of [deaf, listening]) socket.destroy()
  await gateway.close()
})

/** A WebSocket by hand, so that it can be kept from reading: in the namespace once this resolves. */
async function join(port: number) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      ...['host: localhost', 'upgrade: websocket', 'connection: Upgrade', 'sec-websocket-version: 13'],
      `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  )
  await once(socket, 'data')
  socket.write(frame(`40/org-${organizationId},`))
  return socket
}

/** A short text frame as a client sends it, with a mask of zeros. */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])
