import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Caller } from '../kitchen.ts'
import { type House, openHouse, type Server, until } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'
import { openWire, type Wire } from './wire.ts'

// A deploy under load: the second process starts, what comes new is led to it, the first is asked to end. Requests it had
// accepted are answered; sockets move over.
let house: House
let front: Wire
let running: Server
const all: Server[] = []

beforeAll(async () => {
  house = await openHouse()
  running = await startOne()
  front = await openWire({ port: running.port })
}, 600_000)
afterAll(async () => {
  await house?.close()
  await front?.close()
}, 60_000)

async function startOne() {
  const server = await house.server()
  all.push(server)
  await server.start()
  return server
}

test('a deploy under load: the new one starts, the old one drains, and no request it accepted fails', async () => {
  const load = await startLoad(house, { origin: `http://127.0.0.1:${front.port}` })
  const cut: string[] = []
  const ends: unknown[] = []
  const recoveries = await tryOut({
    load,
    times: times(2, 6),
    nemesis: {
      name: 'deploy',
      async inject() {
        const next = await startOne()
        front.leadsTo(next.port)
        const accepted = await heldRequests(running, 4)
        const ended = running.end('SIGTERM')
        await accepted.letGo()
        for (const told of await accepted.answers) if (told !== 201) cut.push(String(told))
        ends.push(await ended)
        running = next
      },
    },
  })
  const trials = { verdict: await load.judged(), recoveries, load, servers: all }
  proven('faults', {
    title: 'Deploys under load',
    method:
      'A second process starts on the same database, new connections are led to it, and the first gets SIGTERM while four of its requests wait for a lock. A recovery includes the start of the new process.',
    findings: [
      ...findingsOf(trials),
      { what: 'accepted requests that were not answered', goal: '0', seen: String(cut.length), met: cut.length === 0 },
      {
        what: 'old processes that ended as asked',
        seen: `${ends.filter((code) => code === 0).length} of ${ends.length}`,
      },
    ],
  })
  expectSound(trials)
  expect(cut).toEqual([])
  expect(ends.every((code) => code === 0)).toBe(true)
}, 1_200_000)

/** Requests that the server has read and works on: they wait for a lock until they are let go. */
async function heldRequests({ origin, signIn }: Server, count: number) {
  const [customer] = house.customers
  const caller = await signIn(customer)
  const asked = new Caller(origin, caller.headers)
  const holder = await house.rows.connect()
  await holder.query('begin; lock table place_codes in access exclusive mode')
  const { locationId } = customer
  const answers = Promise.all(
    Array.from({ length: count }, () =>
      asked.ask('POST', '/place-codes', { body: { locationId } }).then(
        ({ status }) => status,
        (error: Error) => error.message,
      ),
    ),
  )
  await until('the requests wait', async () => {
    const { rows } = await house.rows.query(
      `select from pg_stat_activity where usename = 'opsflow_app' and wait_event_type = 'Lock' and query ~ 'place_codes'`,
    )
    return rows.length >= 1
  })
  return {
    answers,
    async letGo() {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await holder.query('rollback')
      holder.release()
    },
  }
}
