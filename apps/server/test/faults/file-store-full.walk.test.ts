import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginning, from, type Photo, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller, Told } from '../kitchen.ts'
import { type House, openHouse, type Server } from './house.ts'

// The folder of files lies on a small disk of its own, which is filled to the last byte: a photo is refused by a problem that
// says so, nothing half lies about, what needs no room goes on; with room again the same photo arrives.
const place = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-files-'))
const isMounted =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=755', 'tmpfs', place]).status === 0
const notRun = isMounted ? '' : ' (NOT RUN: needs root and a system that lets it mount a tmpfs)'
let house: House
let server: Server

beforeAll(async () => {
  if (!isMounted) return
  chmodSync(place, 0o755)
  house = await openHouse()
  server = await house.server({ OPSFLOW_DATA_DIR: place })
  await server.start()
}, 300_000)
afterAll(async () => {
  await house?.close()
  if (isMounted) spawnSync('umount', ['-l', place])
  rmSync(place, { recursive: true, force: true })
}, 60_000)

test.skipIf(!isMounted)(
  `the disk of the files is full, and has room again${notRun}`,
  async () => {
    const [customer] = house.customers
    const caller = await server.signIn(customer)
    const photo = await photoForTests(1200)
    const ballast = join(place, 'ballast')
    fill(ballast)
    const before = filesIn()
    const refused = await send(caller, photo)
    const leftBehind = filesIn().filter((file) => !before.includes(file))
    const state = await caller.must('GET', `/files/uploads/${photo.id}`)
    const others = await Promise.all([
      caller.ask('POST', '/tasks', { body: { locationId: customer.locationId, title: 'Meanwhile' } }),
      caller.ask('GET', '/tasks'),
      caller.ask('GET', '/dashboard'),
    ])
    rmSync(ballast)
    const again = await send(caller, photo)
    const stored = await caller.must('GET', `/files/uploads/${photo.id}`)
    const seen = (what: string, is: string, goal: string) => ({ what, goal, seen: is, met: is === goal })
    proven('faults', {
      title: 'Disk of the files full',
      method:
        'The folder of files lies on a tmpfs of 16 MB, which is filled to the last byte while a photo arrives, and emptied again.',
      findings: [
        seen('a photo then', `${refused.status} ${refused.body?.code}`, '503 database.full'),
        seen('files left behind by it', String(leftBehind.length), '0'),
        seen('bytes of it that count as arrived', String(state.offset), '0'),
        seen('work that needs no room', others.map(({ status }) => status).join(', '), '201, 200, 200'),
        seen('the same photo once there is room', `${again.status} ${stored.state}`, '204 stored'),
      ],
    })
    expect([refused.status, refused.body?.code]).toEqual([503, 'database.full'])
    expect([leftBehind, state.offset]).toEqual([[], 0])
    expect(others.map(({ status }) => status)).toEqual([201, 200, 200])
    expect(stored.state).toBe('stored')
    expect(server.ended).toBeUndefined()
  },
  120_000,
)

function fill(file: string) {
  for (let size = 1 << 22; size >= 1; size >>= 1) {
    try {
      for (let free = 1; free > 0; { bavail: free } = statfsSync(place)) {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
      }
    } catch {
      // As much as goes in.
    }
  }
}

const filesIn = () =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** From where it stands. */
async function send(caller: Caller, photo: Photo): Promise<Told> {
  await caller.must('POST', '/files/uploads', { headers: beginning(photo, house.customers[0].locationId) })
  const { offset } = await caller.must('GET', `/files/uploads/${photo.id}`)
  return caller.ask('PATCH', `/files/uploads/${photo.id}`, {
    body: photo.bytes.subarray(offset),
    headers: from(offset),
  })
}
