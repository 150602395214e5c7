import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Server } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// The server's processes are killed while two customers work: the one that answers, and the one that looks after things.
let house: House
let api: Server
let worker: Server

beforeAll(async () => {
  house = await openHouse()
  api = await house.server({ OPSFLOW_ROLES: 'api,realtime,ingest' })
  worker = await house.server({ OPSFLOW_ROLES: 'worker' })
  await Promise.all([api.start(), worker.start()])
}, 600_000)
afterAll(() => house?.close(), 60_000)

test('the process that answers and the worker are killed under load, again and again', async () => {
  const load = await startLoad(house, api)
  const kill = (server: Server) => ({ name: 'kill -9', inject: server.kill, heal: () => server.start() })
  const ofApi = await tryOut({ load, nemesis: kill(api), times: times(3, 20) })
  const ofWorker = await tryOut({ load, nemesis: kill(worker), times: times(1, 20) })
  const verdict = await load.judged()
  const trials = { verdict, recoveries: ofApi, load, servers: [api, worker] }
  proven('faults', {
    title: 'kill -9 of the server under load',
    method:
      'Two customers work by HTTP with keys, sockets, the offline engine and gateways; the process with the roles api, realtime and ingest is killed and started again; so is the worker.',
    findings: [...findingsOf(trials), { what: 'kills of the worker, survived', seen: String(ofWorker.length) }],
  })
  expectSound(trials)
  expect(ofWorker.length).toBeGreaterThan(0)
}, 1_200_000)
