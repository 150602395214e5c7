import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, test } from 'vitest'
import { type House, openHouse, type Server, until } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// PostgreSQL is killed while two customers work: all of it, and single connections of it.
let house: House
let server: Server

beforeAll(async () => {
  house = await openHouse()
  server = await house.server()
  await server.start()
}, 600_000)
afterAll(() => house?.close(), 60_000)

/** The whole of it: whoever keeps it running (here as in `npm start`) starts it again. */
const postmaster = () => ({
  name: 'kill -9 of the postmaster',
  async inject() {
    const pid = house.postgres.pid()
    if (pid === undefined) throw new Error('PostgreSQL does not run.')
    process.kill(pid, 'SIGKILL')
    await until('PostgreSQL runs again', () => ![undefined, pid].includes(house.postgres.pid()))
  },
})

/** One connection of the product's: PostgreSQL then ends all others too, for shared memory may be broken. */
const killedBackend = () => ({
  name: 'kill -9 of one backend',
  async inject() {
    const pid = await backendOf('opsflow_app')
    if (pid) process.kill(pid, 'SIGKILL')
  },
})

/** One connection is ended as an operator would end it. */
const endedBackend = () => ({
  name: 'pg_terminate_backend of half the connections',
  inject: () =>
    house.rows.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like 'opsflow%' and random() < 0.5`,
    ),
})

async function backendOf(role: string): Promise<number | undefined> {
  const { rows } = await house.rows.query<{ pid: number }>(
    `select pid from pg_stat_activity where usename = $1 order by state = 'active' desc, random() limit 1`,
    [role],
  )
  return rows[0]?.pid
}

test('PostgreSQL and single connections are killed under load, again and again', async () => {
  const load = await startLoad(house, server)
  const recoveries = []
  for (const [nemesis, count] of [
    [postmaster(), times(2, 20)],
    [killedBackend(), times(1, 20)],
    [endedBackend(), times(2, 10)],
  ] as const) {
    recoveries.push(...(await tryOut({ load, nemesis, times: count })))
  }
  const trials = { verdict: await load.judged(), recoveries, load, servers: [server] }
  proven('faults', {
    title: 'kill -9 of PostgreSQL under load',
    method:
      'The same load on a PostgreSQL of its own that syncs every commit. Its postmaster is killed and started again by whoever watches it; one backend is killed, upon which it recovers by itself; half of all connections are ended.',
    findings: findingsOf(trials),
  })
  expectSound(trials)
}, 1_200_000)
