import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, test } from 'vitest'
import { type House, openHouse, type Server } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// The clock of the server's machine jumps by hours, forward and back, while two customers work. PostgreSQL's stays right.
const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file))
const notRun = LIBRARY ? '' : ' (NOT RUN: libfaketime is missing; apt-get install faketime)'

let house: House
let server: Server
let clock: string

beforeAll(async () => {
  if (!LIBRARY) return
  house = await openHouse()
  clock = join(house.folder, 'clock')
  turn('+0')
  server = await house.server()
  server.startWith({
    ...{ LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1' },
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
  await server.start()
}, 600_000)
afterAll(() => house?.close(), 60_000)

/** From now on the server's clock is so far off. */
const turn = (by: string) => writeFileSync(clock, `${by}\n`)

test.skipIf(!LIBRARY)(
  `the server's clock jumps by hours under load, and is put right${notRun}`,
  async () => {
    const load = await startLoad(house, server)
    const recoveries = []
    let served = 0
    const jumps = ['+3h', '-3h', '+40s', '-40s']
    for (const by of jumps) {
      const nemesis = {
        name: by,
        inject: async () => turn(by),
        async heal() {
          const before = load.history.acknowledged
          await pause(2500)
          if (load.history.acknowledged > before) served++
          turn('+0')
        },
      }
      recoveries.push(...(await tryOut({ load, nemesis, times: times(1, 2), pace: 20 })))
    }
    const verdict = await load.judged()
    // Where a record is told by the time people see, what was written under a wrong clock stands at that time.
    const { disordered } = verdict
    const trials = { verdict: { ...verdict, disordered: [] }, recoveries, load, servers: [server] }
    proven('faults', {
      title: 'Clock of the server wrong under load',
      method: `libfaketime turns the server's clock by ${jumps.join(', ')} while it runs, and back after 2.5 s; PostgreSQL's stays right. A recovery includes that time.`,
      findings: [
        ...findingsOf(trials).filter(({ what }) => what !== 'out of their order'),
        { what: 'jumps during which writes were still acknowledged', seen: `${served} of ${recoveries.length}` },
        { what: 'comments that stand where the wrong clock put them', seen: String(disordered.length) },
      ],
    })
    expectSound(trials)
  },
  1_200_000,
)
