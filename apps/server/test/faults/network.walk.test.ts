import { setTimeout as pause } from 'node:timers/promises'
import type { RoleUrls } from '@opsflow/platform/server/postgres/urls'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Server } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'
import { openWire, through, type Weather, type Wire } from './wire.ts'

// A wire between clients and the server, and one between the server and PostgreSQL. Each becomes slow, is cut in the middle
// of a message, reset, or swallows everything without a word.
const ANSWER_SECONDS = 2

let house: House
let server: Server
let front: Wire
let back: Wire

beforeAll(async () => {
  house = await openHouse()
  // What a client that is gone without a word held is let go sooner than the product's 60 s: the test has no such time.
  await house.rows.query(`alter role opsflow_app set idle_in_transaction_session_timeout = '3s'`)
  back = await openWire({ port: Number(new URL(house.urls.app).port) })
  const urls = Object.fromEntries(Object.entries(house.urls).map(([role, url]) => [role, through(url, back)]))
  server = await house.server({ DATABASE_ANSWER_SECONDS: String(ANSWER_SECONDS) }, urls as RoleUrls)
  await server.start()
  front = await openWire({ port: server.port })
}, 600_000)
afterAll(async () => {
  await house?.close()
  await Promise.all([front?.close(), back?.close()])
}, 60_000)

const WEATHERS: readonly (readonly [Weather, forMs: number])[] = [
  [{ kind: 'slow', ms: 60 }, 1500],
  [{ kind: 'cut', afterBytes: 20 }, 400],
  [{ kind: 'reset' }, 400],
  [{ kind: 'hole' }, ANSWER_SECONDS * 1000 + 1500],
]

test('wires are slow, cut, reset and silent under load: between clients and server, and between server and PostgreSQL', async () => {
  const load = await startLoad(house, { origin: `http://127.0.0.1:${front.port}` })
  const recoveries = []
  for (const wire of [front, back]) {
    // Two of them are enough at the front in the short form: what clients do then is the same.
    const weathers = wire === front && !process.env.LONG_TESTS ? WEATHERS.slice(1, 3) : WEATHERS
    for (const [weather, forMs] of weathers) {
      const nemesis = {
        name: weather.kind,
        inject: async () => wire.becomes(weather),
        async heal() {
          await pause(forMs)
          wire.clears()
        },
      }
      recoveries.push(...(await tryOut({ load, nemesis, times: times(1, 3), pace: 20 })))
    }
  }
  const trials = { verdict: await load.judged(), recoveries, load, servers: [server] }
  proven('faults', {
    title: 'Wires that fail under load',
    method: `The same load through a proxy of its own before the server, and another between the server and PostgreSQL. Each is slow (60 ms a piece), cuts messages in the middle, resets, and swallows everything without closing. The server gives a silent database up after ${ANSWER_SECONDS} s here (60 s by default). A recovery includes the time for which the wire was bad.`,
    findings: [
      ...findingsOf(trials),
      { what: 'messages cut in their middle', seen: String(front.faults + back.faults) },
    ],
  })
  expectSound(trials)
  expect(front.faults).toBeGreaterThan(0)
  expect(back.faults).toBeGreaterThan(0)
}, 1_200_000)
