import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../kitchen.ts'
import { type House, openHouse, type Server, until } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// Every connection of the server is held by statements that wait for a lock: who comes meanwhile is told so, and when to
// come again; when the lock goes, everybody is served.
const POOL = 3

let house: House
let server: Server

beforeAll(async () => {
  house = await openHouse()
  server = await house.server({ DATABASE_POOL: String(POOL) })
  await server.start()
}, 1_200_000)
afterAll(() => house?.close(), 60_000)

test('all connections are held under load: others are answered 503 with a time, and served afterwards', async () => {
  const load = await startLoad(house, server)
  const [customer] = house.customers
  const caller = await server.signIn(customer)
  const told: { status: number; code: string; retryAfter: string | null }[] = []
  const hold = async () => {
    const holder = await house.rows.connect()
    await holder.query('begin; lock table tasks in access exclusive mode')
    return async () => {
      await holder.query('rollback')
      holder.release()
    }
  }
  let letGo: () => Promise<void> = async () => undefined
  const recoveries = await tryOut({
    load,
    times: times(1, 10),
    nemesis: {
      name: 'all connections held',
      async inject() {
        letGo = await hold()
        await until('every connection waits for the lock', async () => (await waiting()) >= POOL)
      },
      async heal() {
        // A bound of its own: an answer must come while nothing is free.
        const answers = await Promise.all(Array.from({ length: 6 }, () => ask(caller)))
        told.push(...answers)
        await letGo()
      },
    },
  })
  const trials = { verdict: await load.judged(), recoveries, load, servers: [server] }
  const polite = told.filter(({ status, retryAfter }) => status === 503 && Number(retryAfter) > 0)
  proven('faults', {
    title: 'Every connection held under load',
    method: `A pool of ${POOL} connections, all of which wait for a table that somebody else has locked. Six more requests come and must be answered before it is let go. A recovery includes that wait.`,
    findings: [
      ...findingsOf(trials),
      {
        what: 'requests while nothing was free, answered 503 with Retry-After',
        goal: 'all',
        seen: `${polite.length} of ${told.length}`,
        met: polite.length === told.length,
      },
    ],
  })
  expectSound(trials)
  expect(told.length).toBeGreaterThan(0)
  expect(told.filter((one) => !polite.includes(one))).toEqual([])
}, 1_200_000)

async function ask(caller: Caller) {
  const response = await fetch(`${caller.origin}/api/v1/tasks?limit=1`, { headers: caller.headers })
  const body = (await response.json()) as { code?: string }
  return { status: response.status, code: body.code ?? '', retryAfter: response.headers.get('retry-after') }
}

async function waiting(): Promise<number> {
  const { rows } = await house.rows.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where usename = 'opsflow_app' and wait_event_type = 'Lock'`,
  )
  return rows[0]?.n ?? 0
}
