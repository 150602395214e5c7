/**
 * One fact to 5,000 sockets: the product's gateway against bare `ws`, in turns in one run.
 * CPU of the server process per delivery, and memory per idle socket. Goals: ≤ 2× the CPU of bare ws, ≤ 18 kB a socket.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import WebSocket from 'ws'

const SHORT = process.argv.includes('--short')
const SOCKETS = SHORT ? 200 : 5000
const ROUNDS = SHORT ? 2 : 10
const FACTS_A_ROUND = SHORT ? 5 : 20
const organizationId = randomUUID()

type Variant = 'gateway' | 'ws'
type Measured = { cpuMicros: number; rss: number }

async function startServer(variant: Variant) {
  const child = fork(fileURLToPath(new URL('fan-out-server.ts', import.meta.url)), [variant, organizationId], {
    execArgv: ['--expose-gc'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const ask = async (message: object) => {
    const answer = once(child, 'message') as Promise<[Measured]>
    child.send(message)
    return (await answer)[0]
  }
  return {
    variant,
    port,
    measure: () => ask({ ask: 'measure' }),
    deliver: (n: number) => ask({ ask: 'deliver', n }),
    child,
  }
}

let heard = 0
/** A client as small as can be, so that the clients do not measure themselves: it speaks just enough Socket.IO. */
async function connect({ variant, port }: { variant: Variant; port: number }): Promise<WebSocket> {
  const path = variant === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket'
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false })
  await new Promise<void>((joined, failed) => {
    socket.on('error', failed)
    if (variant === 'ws') socket.on('open', () => joined())
    socket.on('message', (data) => {
      const text = String(data)
      if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send(`40/org-${organizationId},`)
      else if (text.startsWith('40/')) joined()
      else heard++
    })
  })
  return socket
}

async function connectAll(server: { variant: Variant; port: number }) {
  const sockets: WebSocket[] = []
  while (sockets.length < SOCKETS) {
    const next = Math.min(100, SOCKETS - sockets.length)
    sockets.push(...(await Promise.all(Array.from({ length: next }, () => connect(server)))))
  }
  return sockets
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const servers = await Promise.all([startServer('ws'), startServer('gateway')])
const results = new Map<Variant, { perSocketKb: number; microsPerSocket: number[] }>()
const clients: WebSocket[] = []
for (const server of servers) {
  const before = await server.measure()
  clients.push(...(await connectAll(server)))
  const after = await server.measure()
  results.set(server.variant, { perSocketKb: (after.rss - before.rss) / SOCKETS / 1024, microsPerSocket: [] })
}
let lost = 0
for (let round = 0; round <= ROUNDS; round++) {
  for (const server of servers) {
    const before = await server.measure()
    const expected = heard + SOCKETS * FACTS_A_ROUND
    await server.deliver(FACTS_A_ROUND)
    for (let waits = 0; heard < expected && waits < 2000; waits++) await new Promise((done) => setTimeout(done, 5))
    lost += expected - heard
    const after = await server.measure()
    const micros = (after.cpuMicros - before.cpuMicros) / FACTS_A_ROUND / SOCKETS
    if (round > 0) results.get(server.variant)?.microsPerSocket.push(micros)
  }
}
for (const socket of clients) socket.terminate()
for (const { child } of servers) child.kill()

const [ws, gateway] = (['ws', 'gateway'] as const).map((variant) => {
  const { perSocketKb = 0, microsPerSocket = [] } = results.get(variant) ?? {}
  return { variant, 'CPU µs per socket and fact': median(microsPerSocket), 'kB per idle socket': perSocketKb }
})
console.table([ws, gateway])
const ratio = (gateway?.['CPU µs per socket and fact'] ?? 0) / (ws?.['CPU µs per socket and fact'] ?? 1)
console.log(`${SOCKETS} sockets, ${ROUNDS} rounds of ${FACTS_A_ROUND} facts; not delivered: ${lost}`)
console.log(`CPU of the gateway against bare ws: ${ratio.toFixed(2)}× (goal ≤ 2×)`)
console.log(`memory: ${gateway?.['kB per idle socket'].toFixed(1)} kB a socket (goal ≤ 18 kB)`)
if (lost > 0) process.exitCode = 1
