import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Actor } from '../../actor.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import type { Database } from '../tenant.ts'
import type { Implementation } from './implement.ts'
import { rateLimiter, rateLimitsOf } from './rate-limit.ts'
import { httpServer } from './server.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
export type Answered = { status: number; body: any; text: string; headers: Headers }
export type Ask = (actor: Actor, route: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>

/** The real API over these routes: whoever asks is named by the key, and nobody is too fast. */
export async function serveForTests(implementations: readonly Implementation[], database: Database) {
  const actors = new Map<string, Actor>()
  const plenty = Object.fromEntries(Object.keys(rateLimitsOf(3000)).map((limit) => [limit, 1_000_000]))
  const server = httpServer({
    implementations: [...implementations],
    database,
    log: openLog('silent'),
    metrics: openMetrics(),
    version: '0',
    webFolder: undefined,
    metricsToken: undefined,
    trustedProxies: 0,
    isDraining: () => false,
    strictAnswers: true,
    secureTransport: false,
    publicOrigin: () => 'https://ops.example.com',
    rateLimiter: rateLimiter({ ...rateLimitsOf(3000), ...plenty }, undefined),
    authenticator: {
      standings: async () => new Map(),
      authenticate: async ({ headers }) => {
        const actor = actors.get(String(headers.authorization).slice(7))
        return actor ? { actor, via: 'key', credential: actor.id, standing: '' } : null
      },
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
  const ask: Ask = async (actor, route, body, headers = {}) => {
    actors.set(actor.id, actor)
    const [method = 'GET', path = '/'] = route.split(' ')
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${actor.id}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isDocument = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      body: text && isDocument ? JSON.parse(text) : null,
      text,
      headers: response.headers,
    }
  }
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { ask, origin, close }
}
