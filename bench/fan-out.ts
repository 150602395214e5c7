import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import WebSocket from 'ws'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { freePort } from '../platform/server/postgres/port.ts'
import { atMost, type Effort, median, type Report, round } from './lib.ts'

const REDIS_SERVER = '/usr/bin/redis-server'

type Variant = 'gateway' | 'ws'
type Measured = { cpuMicros: number; rss: number }
type Server = Awaited<ReturnType<typeof startServer>>

/** One fact to thousands of sockets of one organization: the product's gateway against bare `ws`, in turns in one run. */
export const fanOut = (_database: TestDatabase, effort: Effort): Promise<Report> => fanOutTo(effort, 1, 'One fact to')

/** The same sockets belong to a hundred organizations, and each hears its own facts only. */
export const fanOutOfMany = (_database: TestDatabase, effort: Effort): Promise<Report> =>
  fanOutTo(effort, effort.rounds === 1 ? 10 : 100, 'A fact of each organization to its share of')

async function fanOutTo(effort: Effort, organizations: number, what: string): Promise<Report> {
  const isShort = effort.rounds === 1
  const [sockets, rounds, factsARound] = isShort ? [100, 2, 5] : [5000, 10, 20]
  const organizationIds = Array.from({ length: organizations }, () => randomUUID())
  const of = (n: number) => organizationIds[n % organizations] as string
  const all = organizationIds.join(',')
  const servers = await Promise.all([startServer('ws', all), startServer('gateway', all)])
  const clients: WebSocket[] = []
  const ear = { heard: 0 }
  try {
    const seen = new Map(servers.map(({ variant }) => [variant, { kB: 0, micros: [] as number[] }]))
    for (const server of servers) {
      const before = await server.memory()
      for (let n = 0; n < sockets; n += 100) {
        const next = Array.from({ length: Math.min(100, sockets - n) }, (_, more) => connect(server, of(n + more), ear))
        clients.push(...(await Promise.all(next)))
      }
      const idle = seen.get(server.variant)
      if (idle) idle.kB = ((await server.memory()) - before) / sockets / 1024
    }
    let lost = 0
    for (let n = 0; n <= rounds; n++) {
      for (const server of servers) {
        const expected = ear.heard + sockets * factsARound
        const cpu = await cpuOf(server, async () => {
          await server.deliver(factsARound)
          await heardAll(ear, expected)
        })
        lost += expected - ear.heard
        if (n > 0) seen.get(server.variant)?.micros.push(cpu / factsARound / sockets) // the first round warms up
      }
    }
    const microsOf = (variant: Variant) => median(seen.get(variant)?.micros ?? [])
    const gateway = { micros: microsOf('gateway'), kB: seen.get('gateway')?.kB ?? Number.NaN }
    return {
      // The capacity model's load is of many organizations.
      ...(organizations > 1 && { figures: { microsPerSocketAndFact: gateway.micros, kBPerSocket: gateway.kB } }),
      title: `${what} ${sockets} sockets (CPU of the server process)`,
      table: servers.map(({ variant }) => ({
        mode: variant,
        'CPU µs per socket and fact': round(microsOf(variant), 2),
        'kB per idle socket': round(seen.get(variant)?.kB ?? Number.NaN, 1),
      })),
      findings: [
        atMost('CPU of the gateway by bare ws', 2, gateway.micros / microsOf('ws'), '×'),
        atMost('memory of an idle socket', 18, gateway.kB, ' kB'),
        atMost('not delivered', 0, lost),
      ],
    }
  } finally {
    for (const socket of clients) socket.terminate()
    for (const { child } of servers) child.kill()
  }
}

/** Two processes on one Redis; everyone of an organization is on one of them. What do its facts cost the other? */
export async function idleNode(_database: TestDatabase, effort: Effort): Promise<Report> {
  const title = 'A process without members of the organization, on the same Redis'
  if (!existsSync(REDIS_SERVER)) {
    const finding = {
      what: 'redis-server',
      goal: 'runs',
      seen: 'not installed: apt-get install -y redis-server',
      met: false,
    }
    return { title, table: [], findings: [finding] }
  }
  const [rounds, factsARound] = effort.rounds === 1 ? [2, 50] : [15, 4000]
  const redis = await startRedis()
  const [ours, others] = [randomUUID(), randomUUID()]
  const nodes = await Promise.all([startServer('gateway', ours, redis.url), startServer('gateway', others, redis.url)])
  const [busy, idle] = nodes
  const clients: WebSocket[] = []
  const ear = { heard: 0 }
  try {
    clients.push(await connect(busy, ours, ear), await connect(idle, others, { heard: 0 }))
    const [extra, busyMicros]: [number[], number[]] = [[], []]
    for (let n = 0; n <= rounds; n++) {
      const expected = ear.heard + factsARound
      const start = performance.now()
      let atIdle = 0
      const atBusy = await cpuOf(busy, async () => {
        atIdle = await cpuOf(idle, async () => {
          await busy.deliver(factsARound)
          await heardAll(ear, expected)
        })
      })
      const took = performance.now() - start
      const asleep = await cpuOf(idle, () => new Promise((done) => setTimeout(done, took)))
      if (n > 0) extra.push((atIdle - asleep) / factsARound)
      if (n > 0) busyMicros.push(atBusy / factsARound)
    }
    const perFact = { busy: round(median(busyMicros), 2), idle: round(median(extra), 3) }
    return {
      title,
      table: [
        { process: 'delivers', 'CPU µs per fact': perFact.busy },
        { process: 'has no members', 'CPU µs per fact': perFact.idle },
      ],
      findings: [
        atMost('CPU of the process without members, beyond its own sleep', 0.5, perFact.idle, ' µs a fact'),
        atMost('not delivered', 0, factsARound * (rounds + 1) - ear.heard),
      ],
    }
  } finally {
    for (const socket of clients) socket.terminate()
    for (const { child } of nodes) child.kill()
    redis.stop()
  }
}

async function startServer(variant: Variant, organizationIds: string, redisUrl?: string) {
  const program = fileURLToPath(new URL('fan-out-server.ts', import.meta.url))
  const child = fork(program, [variant, organizationIds, ...(redisUrl ? [redisUrl] : [])], {
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
    child: child as ChildProcess,
    cpu: async () => (await ask({ ask: 'cpu' })).cpuMicros,
    memory: async () => (await ask({ ask: 'memory' })).rss,
    deliver: (n: number) => ask({ ask: 'deliver', n }),
  }
}

/** Microseconds the server spends on a CPU meanwhile. */
async function cpuOf(server: Server, work: () => Promise<unknown>): Promise<number> {
  const before = await server.cpu()
  await work()
  return (await server.cpu()) - before
}

async function heardAll(ear: { heard: number }, expected: number) {
  for (let waits = 0; ear.heard < expected && waits < 2000; waits++) await new Promise((done) => setTimeout(done, 5))
}

/** A client as small as can be, so that the clients do not measure themselves: it speaks just enough Socket.IO. */
async function connect({ variant, port }: Server, organizationId: string, ear: { heard: number }): Promise<WebSocket> {
  const path = variant === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket'
  const headers = { authorization: organizationId }
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, headers })
  await new Promise<void>((joined, failed) => {
    socket.on('error', failed)
    if (variant === 'ws') socket.on('open', () => joined())
    socket.on('message', (data) => {
      const text = String(data)
      if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send(`40/org-${organizationId},`)
      else if (text.startsWith('40/')) joined()
      else ear.heard++
    })
  })
  return socket
}

async function startRedis() {
  const [folder, port] = [mkdtempSync(join(tmpdir(), 'opsflow-bench-redis-')), await freePort()]
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const server = spawn(REDIS_SERVER, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of server.stdout) if (String(line).includes('Ready to accept connections')) break
  return {
    url: `redis://127.0.0.1:${port}`,
    stop() {
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
