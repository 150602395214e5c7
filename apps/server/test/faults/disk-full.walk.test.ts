import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, realpathSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Server } from './house.ts'
import { expectSound, findingsOf, startLoad, times, tryOut } from './under-load.ts'

// PostgreSQL's data lies on a small disk of its own, which is filled to the last byte while two customers work. Nothing
// that was acknowledged is lost; when there is room again, work goes on without anybody starting anything.
const MEGABYTES = 512

const place = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-small-'))
const isMounted = mount()
let house: House
let server: Server

function mount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=755`, 'tmpfs', place])
  return status === 0
}

beforeAll(async () => {
  if (!isMounted) return
  chmodSync(place, 0o755)
  house = await openHouse({ dataDir: join(place, 'data') })
  server = await house.server()
  await server.start()
}, 600_000)
afterAll(async () => {
  await house?.close()
  if (isMounted) spawnSync('umount', ['-l', place])
  rmSync(place, { recursive: true, force: true })
}, 60_000)

const notRun = isMounted ? '' : ' (NOT RUN: needs root and a system that lets it mount a tmpfs)'

test.skipIf(!isMounted)(
  `the disk of PostgreSQL is full under load, and has room again${notRun}`,
  async () => {
    const load = await startLoad(house, server)
    const ballast = join(place, 'ballast')
    const fill = () => {
      for (let size = 1 << 24; size >= 1 << 12; size >>= 1) {
        try {
          while (free() > 0) writeFileSync(ballast, Buffer.alloc(Math.min(size, Math.max(1, free()))), { flag: 'a' })
        } catch {
          // As much as goes in.
        }
      }
    }
    let refusedFull = 0
    const recoveries = await tryOut({
      load,
      times: times(2, 6),
      nemesis: {
        name: 'disk full',
        async inject() {
          fill()
          const [customer] = house.customers
          const caller = await server.signIn(customer).catch(() => undefined)
          // Bulky, so that PostgreSQL wants new room whatever it kept in reserve.
          for (let n = 0; n < 60; n++) {
            fill()
            const { locationId } = customer
            const body = { locationId, title: 'Bulky', description: bulk() }
            const told = await caller?.ask('POST', '/tasks', { body, patienceMs: 10_000 }).catch(() => undefined)
            if (!told || told.status >= 500) refusedFull++
            if (refusedFull >= 3) break
          }
        },
        heal: async () => rmSync(ballast, { force: true }),
      },
    })
    const trials = { verdict: await load.judged(), recoveries, load, servers: [server] }
    const restarts = house.said.filter((line) => line.includes('has ended')).length
    proven('faults', {
      title: 'Disk of PostgreSQL full under load',
      method: `PostgreSQL's data and log lie on a tmpfs of ${MEGABYTES} MB, which is filled to the last byte and emptied again.`,
      findings: [
        ...findingsOf(trials),
        { what: 'writes refused for want of room, beside the load', seen: String(refusedFull) },
        { what: 'times PostgreSQL ended and was started again by its watch', seen: String(restarts) },
      ],
    })
    expectSound(trials)
    expect(refusedFull).toBeGreaterThan(0)
  },
  1_200_000,
)

const free = () => {
  const { bavail, bsize } = statfsSync(place)
  return bavail * bsize
}

/** Nothing that compresses. */
const bulk = () =>
  Array.from({ length: 120 }, () => crypto.randomUUID().slice(0, 32))
    .join('')
    .slice(0, 3900)
