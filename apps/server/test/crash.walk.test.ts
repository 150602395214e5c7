import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { addMember, enrolDevice, foundTenant, newKey, openPeople } from '@opsflow/capabilities/people/server'
import { addSensor, addUnit } from '@opsflow/capabilities/temperature/server'
import { systemActor } from '@opsflow/platform/actor'
import { readConfig } from '@opsflow/platform/server/config'
import { openLog } from '@opsflow/platform/server/log'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { runningPostmaster, stopPostmaster } from '@opsflow/platform/server/postgres/postmaster'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// The real program and its own PostgreSQL, killed while gateways send. What was acknowledged must be there, once.
const program = fileURLToPath(new URL('../start.ts', import.meta.url))
const GATEWAYS = 4
const KILLS = 3
const BATCH = 20
/** Acknowledged batches of all gateways together between two kills. */
const PACE = 12
const patience = { timeout: 60_000, interval: 100 }

type Gateway = { sensorId: string; key: string }
type Sent = { acknowledged: Map<string, Set<string>>; batches: number; stop: () => Promise<void> }

let folder: string
let dataDir: string
let port: number
let product: ChildProcess
let chain: Awaited<ReturnType<typeof foundChain>>

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-crash-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user than the tests
  dataDir = join(folder, 'data')
  port = await freePort()
  product = launch()
  await isReady()
  chain = await foundChain()
}, 120_000)

afterAll(async () => {
  await kill(product)
  await chain?.database.close()
  await stopPostmaster(join(dataDir, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
})

test('the server is killed while gateways send: every acknowledged reading is there exactly once', async () => {
  const sent = startSending(12)
  for (let n = 0; n < KILLS; n++) {
    await moreAcknowledged(sent)
    await kill(product)
    product = launch()
    await isReady()
  }
  await moreAcknowledged(sent)
  await sent.stop()
  await expectExactlyOnce(sent)
}, 180_000)

test('PostgreSQL is killed while gateways send: every acknowledged reading is there exactly once', async () => {
  const sent = startSending(6)
  for (let n = 0; n < KILLS; n++) {
    await moreAcknowledged(sent)
    const killed = runningPostmaster(join(dataDir, 'postgres'))?.pid as number
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(() => {
      const now = runningPostmaster(join(dataDir, 'postgres'))?.pid
      expect(now).toBeDefined()
      expect(now).not.toBe(killed)
    }, patience)
  }
  await moreAcknowledged(sent)
  await sent.stop()
  await expectExactlyOnce(sent)
}, 180_000)

const launch = () =>
  spawn(process.execPath, [program], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      OPSFLOW_DATA_DIR: dataDir,
      OPSFLOW_ROLES: 'ingest', // without the role api no web has to be built
      OPSFLOW_DEMO: 'off',
      OPSFLOW_RATE_LIMIT: '10000000',
      PORT: String(port),
    },
  })

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const isReady = () =>
  vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200), patience)

const moreAcknowledged = (sent: Sent) => {
  const enough = sent.batches + PACE
  return vi.waitFor(() => expect(sent.batches).toBeGreaterThanOrEqual(enough), patience)
}

/** Gateways that send, and send again until they are told it was taken. */
function startSending(hoursAgo: number): Sent {
  const stopping = new AbortController()
  const acknowledged = new Map(chain.gateways.map(({ sensorId }) => [sensorId, new Set<string>()]))
  const sent: Sent = { acknowledged, batches: 0, stop: async () => undefined }
  const since = Date.now() - hoursAgo * 60 * 60_000
  const running = chain.gateways.map(async (gateway) => {
    for (let batch = 0; !stopping.signal.aborted; batch++) {
      const readings = Array.from({ length: BATCH }, (_, n) => ({
        sensorId: gateway.sensorId,
        measuredAt: new Date(since + (batch * BATCH + n) * 1000).toISOString(),
        value: '38.5',
        unit: 'F',
      }))
      while (!(await taken(gateway, readings))) await pause(50)
      for (const { measuredAt } of readings) acknowledged.get(gateway.sensorId)?.add(measuredAt)
      sent.batches++
    }
  })
  sent.stop = async () => {
    stopping.abort()
    await Promise.all(running)
  }
  return sent
}

async function taken({ key }: Gateway, readings: readonly object[]): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/ingest/readings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ readings }),
    })
    const answer = (await response.json()) as { accepted?: number; duplicate?: number }
    return response.ok && (answer.accepted ?? 0) + (answer.duplicate ?? 0) === readings.length
  } catch {
    return false
  }
}

async function expectExactlyOnce({ acknowledged }: Sent) {
  for (const [sensorId, times] of acknowledged) {
    const stored = await chain.database.read(chain.actor, (tx) =>
      tx.query<{ at: Date; copies: number }>(
        `select measured_at as at, count(*)::int as copies from temperature_logs where sensor_id = $1 group by measured_at`,
        [sensorId],
      ),
    )
    const copies = new Map(stored.map((row) => [new Date(row.at).toISOString(), row.copies]))
    expect(times.size).toBeGreaterThan(0)
    expect([...times].filter((at) => copies.get(at) !== 1)).toEqual([])
  }
}

/** A tenant with a gateway for each sensor, founded beside the server. */
async function foundChain() {
  const { urls, secrets } = await prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: dataDir }, '/'))
  const contextKey = Buffer.from(secrets.contextKey, 'base64')
  const database = openDatabase({
    url: urls.app,
    contextKey,
    poolSize: 2,
    prepared: true,
    onPoolError: () => undefined, // it is killed on purpose
  })
  const pool = openPool(urls.auth, 1)
  const { authSecret: secret, pepper } = secrets
  const people = await openPeople({ pool, secret, pepper, publicUrl: 'http://localhost', log: openLog('silent') })
  await pool.end()
  const actor = systemActor(crypto.randomUUID(), crypto.randomUUID(), 'test')
  const gateways = await database.write(actor, async (tx) => {
    await foundTenant(tx, actor, { name: 'Crash', organizationName: 'Crash' })
    const location = await openLocation(tx, actor, {
      name: 'Main Street',
      kind: 'cafe',
      address: '',
      timezone: 'America/Chicago',
      dayStartsAt: '04:00',
      temperatureUnit: 'F',
      jurisdiction: 'us',
    })
    const someone = {
      userId: null,
      name: 'Ada',
      email: null,
      grants: [{ role: 'org:admin' as const, locationId: null }],
    }
    const { id } = await addMember(tx, actor, someone)
    const admin = { ...actor, kind: 'member' as const, id, permissions: new Map([['devices.manage', 'all' as const]]) }
    const made: Gateway[] = []
    for (let n = 1; n <= GATEWAYS; n++) {
      const unit = await addUnit(tx, { locationId: location.id, name: `Walk-in ${n}`, kind: 'walk_in_cooler' })
      const sensor = await addSensor(tx, { unitId: unit.id, name: 'Probe', cadenceSeconds: 600, createdAt: new Date() })
      const key = newKey('ofd')
      await enrolDevice(
        tx,
        admin,
        { locationId: location.id, name: `Gateway ${n}`, kind: 'gateway' },
        key,
        people.digest,
      )
      made.push({ sensorId: sensor.id, key })
    }
    return made
  })
  return { database, actor, gateways }
}
