import { setTimeout as pause } from 'node:timers/promises'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from './clients.ts'
import { type House, openHouse, type Server, until } from './house.ts'
import { killableRedis, redisIsInstalled } from './redis-server.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'
import { openWire, through, type Wire } from './wire.ts'

// Two processes that share a Redis, which is killed, and which falls silent without a word: nobody is refused, nothing is
// lost, and when it is there again, what one process tells is heard at the other.
let house: House
let redis: Awaited<ReturnType<typeof killableRedis>>
let wire: Wire
let first: Server
let second: Server

const notRun = redisIsInstalled ? '' : ' (NOT RUN: /usr/bin/redis-server is missing)'

beforeAll(async () => {
  if (!redisIsInstalled) return
  house = await openHouse()
  redis = await killableRedis(house.folder)
  wire = await openWire({ port: redis.port })
  const settings = { OPSFLOW_ROLES: 'api,realtime,ingest', REDIS_URL: through(redis.url, wire) }
  first = await house.server(settings)
  second = await house.server(settings)
  await Promise.all([first.start(), second.start()])
}, 600_000)
afterAll(async () => {
  await house?.close()
  await wire?.close()
  await redis?.kill()
}, 60_000)

test.skipIf(!redisIsInstalled)(
  `Redis is killed and falls silent under load, again and again${notRun}`,
  async () => {
    const load = await startLoad(house, { origin: first.origin, secondOrigin: second.origin })
    const killed = await tryOut({
      load,
      times: times(2, 20),
      nemesis: {
        name: 'kill -9 of Redis',
        inject: redis.kill,
        async heal() {
          await load.more(40) // nobody waits for it
          await redis.start()
        },
      },
    })
    const silent = await tryOut({
      load,
      times: times(1, 4),
      nemesis: {
        name: 'a Redis that says nothing',
        inject: async () => wire.becomes({ kind: 'hole' }),
        async heal() {
          await load.more(40)
          wire.clears()
        },
      },
    })
    const heardAfter = await heardAcross()
    const trials = { verdict: await load.judged(), recoveries: [...killed, ...silent], load, servers: [first, second] }
    proven('faults', {
      title: 'Redis killed and silent under load',
      method:
        'The same load on two processes that share a Redis behind a wire. It is killed and started again, and its wire swallows everything without closing; writes go on in between. Afterwards what one process writes is heard at a socket of the other.',
      findings: [
        ...findingsOf(trials),
        { what: 'heard across processes afterwards', goal: 'yes', seen: heardAfter ? 'yes' : 'no', met: heardAfter },
        { what: 'processes that ended', goal: '0', seen: String(ended().length), met: ended().length === 0 },
      ],
    })
    expectSound(trials)
    expect(heardAfter).toBe(true)
    expect(ended()).toEqual([])
  },
  1_200_000,
)

const ended = () => [first, second].flatMap((server) => server.ended ?? [])

/** Of what is written at each of the two, a socket at the other hears: one relay carries the facts of both. */
async function heardAcross(): Promise<boolean> {
  const [customer] = house.customers
  const heard: string[] = []
  const sockets = await Promise.all(
    [first, second].map(async (server) => {
      const socket = connect(await server.signIn(customer), customer)
      socket.on('task-update', (told: { fact: { title?: string } }) => heard.push(`${server.port} ${told.fact.title}`))
      await until('the socket is connected', () => socket.connected)
      return socket
    }),
  )
  const hear = async (server: Server) => {
    const caller = await server.signIn(customer)
    const isHeard = ({ port }: Server) => heard.some((one) => one.startsWith(`${port} heard ${server.port}`))
    for (let n = 0; n < 100; n++) {
      await caller.must('POST', '/tasks', { body: { locationId: customer.locationId, title: `heard ${server.port}` } })
      await pause(200)
      if ([first, second].every(isHeard)) return true
    }
    return false
  }
  const answers = [await hear(first), await hear(second)]
  for (const socket of sockets) socket.disconnect()
  return answers.every(Boolean)
}
