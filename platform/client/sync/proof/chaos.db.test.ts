import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReplica } from '../open-replica.ts'
import { TrialDevice } from './trial-device.for-tests.ts'
import { addTo, writeLine } from './trial-rows.for-tests.ts'
import { openTrialServer, type Plot, type TrialServer, worker } from './trial-server.for-tests.ts'

const MUTATIONS = process.env.LONG_TESTS ? 5_000 : 400
const DEVICES = 3

let server: TrialServer
let plot: Plot
beforeAll(async () => {
  server = await openTrialServer()
  plot = await server.plot()
})
afterAll(() => server.close())

/** Ends some connection of the server in the middle of its work. */
const killOne = () =>
  server.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and usename = 'opsflow_app' order by random() limit 1`,
  )

test(`devices at work at the same time, while the database's backends are killed: ${MUTATIONS} mutations, each once`, async () => {
  const devices: TrialDevice[] = []
  for (let n = 0; n < DEVICES; n++) {
    const person = await worker(server, `Cook ${n}`)
    const parts = { server, person, places: plot.places, clientIds: new Set<string>(), open: openReplica }
    devices.push(await new TrialDevice({ ...parts, wrap: (transport) => transport }).begin('SQLite'))
  }
  let killed = 0
  let isOver = false
  const chaos = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      killed += (await killOne()).length
    }
  })()
  await Promise.all(
    devices.map(async (device) => {
      for (let n = 0; n < MUTATIONS / DEVICES; n++) {
        if (n % 2) await device.record(addTo, { id: plot.counter, n: 1 })
        else await device.record(writeLine, { id: randomUUID(), locationId: plot.places[0], text: String(n) })
        if (n % 7 === 0) await device.sync()
      }
    }),
  )
  isOver = true
  await chaos
  for (let round = 0; round < 3; round++) for (const device of devices) await device.sync()

  const recorded = devices.flatMap((device) => device.recorded)
  const done = await server.rows<{ outcome: string; name: string }>(
    'select outcome, name from sync_mutations where id = any ($1)',
    [recorded],
  )
  const adds = done.filter(({ name, outcome }) => name === addTo.name && outcome === 'applied').length
  const [counter] = await server.rows<{ value: number }>('select value from trial_counters where id = $1', [
    plot.counter,
  ])
  const [lines] = await server.rows<{ count: number }>('select count(*)::int as count from trial_lines')
  console.log(`chaos: ${recorded.length} mutations, ${killed} backends killed`)
  expect(killed).toBeGreaterThan(0)
  expect(done.length).toBe(recorded.length)
  expect(done.filter(({ outcome }) => outcome !== 'applied')).toEqual([])
  expect(counter?.value).toBe(adds)
  expect(lines?.count).toBe(recorded.length - adds)
  for (const device of devices) {
    expect(device.replica.status).toMatchObject({ unsent: 0, needsAttention: 0 })
    expect(device.replica.rows('line')).toHaveLength(lines?.count ?? 0)
    expect(device.replica.row('counter', plot.counter)).toMatchObject({ value: counter?.value })
    await device.close()
  }
}, 1_800_000)
