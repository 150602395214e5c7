import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Server, until } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// Clients that say a byte now and then, that say nothing at all, and that ask and never read. They hold no connection to the
// database, others are served meanwhile, and the server ends those that never come to the point.
const EACH = times(40, 200)

let house: House
let server: Server

beforeAll(async () => {
  house = await openHouse()
  server = await house.server()
  await server.start()
}, 600_000)
afterAll(() => house?.close(), 60_000)

test('slow and half-open clients by the dozen: others are served, and they are ended', async () => {
  const load = await startLoad(house, server)
  const [customer] = house.customers
  const { headers } = await server.signIn(customer)
  const cookie = headers.cookie ?? ''
  const slow: Slow[] = []
  const many = (say: string, drip: string) => Array.from({ length: EACH }, () => dripping(server, say, drip))
  let inTransactions = 0
  const recoveries = await tryOut({
    load,
    times: 1,
    nemesis: {
      name: 'slow clients',
      async inject() {
        slow.push(
          ...(await Promise.all([
            ...many('GET /api/v1/tasks HTTP/1.1\r\nhost: localhost\r\nx-slow: ', 'a'),
            ...many('', ''),
            ...many(
              `POST /api/v1/tasks HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\norigin: ${server.origin}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"title":"`,
              'a',
            ),
            ...many(`${`GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n`.repeat(4)}`, ''),
          ])),
        )
        await load.more(60)
        const { rows } = await house.rows.query(
          `select from pg_stat_activity where usename = 'opsflow_app' and state = 'idle in transaction'
            and now() - state_change > interval '1 s'`,
        )
        inTransactions = rows.length
      },
    },
  })
  const memory = await server.memory()
  // Those that never end their headers, or never begin them.
  const [headersOnly, silent] = [slow.slice(0, EACH), slow.slice(EACH, 2 * EACH)]
  await until('those without whole headers are ended', () => headersOnly.every(({ isOver }) => isOver()), 90)
  await until('those that say nothing are ended', () => silent.every(({ isOver }) => isOver()), 90)
  for (const { socket } of slow) socket.destroy()
  const trials = { verdict: await load.judged(), recoveries, load, servers: [server] }
  proven('faults', {
    title: 'Slow and half-open clients under load',
    method: `${EACH} clients each that drip their headers, say nothing, drip a body, and ask for four documents without reading, while the same load goes on. "Recovery" is the next write of everybody else.`,
    findings: [
      ...findingsOf(trials),
      { what: 'transactions held open by them', goal: '0', seen: String(inTransactions), met: inTransactions === 0 },
      { what: 'without whole headers, or silent, and ended by the server', seen: `${2 * EACH} of ${2 * EACH}` },
      { what: 'memory of the server with all of them', seen: `${Math.round(memory / 1e6)} MB` },
    ],
  })
  expectSound(trials)
  expect(inTransactions).toBe(0)
}, 600_000)

type Slow = { socket: Socket; isOver: () => boolean }

async function dripping({ port }: Server, say: string, drip: string): Promise<Slow> {
  const socket = connect(port, '127.0.0.1')
  let isOver = false
  const timer = setInterval(() => drip !== '' && socket.writable && socket.write(drip), 1000)
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isOver = true
    clearInterval(timer)
  })
  await once(socket, 'connect')
  if (say !== '') socket.write(say)
  // Read only so far that an end is noticed; whoever asked for documents reads none of them.
  if (!say.includes('openapi')) socket.resume()
  return { socket, isOver: () => isOver }
}
