import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openLocation } from '@opsflow/capabilities/locations/server'
import { addMember, foundTenant, openPeople } from '@opsflow/capabilities/people/server'
import { systemActor } from '@opsflow/platform/actor'
import { readConfig } from '@opsflow/platform/server/config'
import { installContextKey, migrate } from '@opsflow/platform/server/migrate'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { runningPostmaster, stopPostmaster } from '@opsflow/platform/server/postgres/postmaster'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import type { RoleUrls } from '@opsflow/platform/server/postgres/urls'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { expect, vi } from 'vitest'
import { Caller } from '../kitchen.ts'

const program = fileURLToPath(new URL('../server-process.for-tests.ts', import.meta.url))
const PASSWORD = 'correct horse battery staple'
const READY = { timeout: 300_000, interval: 25 }

/** One customer, with what its clients work on. Everything it owns that is text carries its mark. */
export type Customer = {
  mark: string
  tenantId: string
  organizationId: string
  memberId: string
  memberName: string
  locationId: string
  email: string
  /** Ids that nobody else may ever be told. */
  ids: string[]
}

export type HouseParts = {
  /** Where the data of PostgreSQL lies; a folder of its own, unless the disk is what is tried. */
  dataDir?: string
}

export type House = Awaited<ReturnType<typeof openHouse>>

/**
 * A PostgreSQL of its own that syncs to disk and is started again when it dies, as `npm start` has it, and two customers.
 * Servers on it are processes of their own: to be killed, stopped and started.
 */
export async function openHouse({ dataDir }: HouseParts = {}) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-faults-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user than the tests
  const place = dataDir ?? join(folder, 'data')
  const database = await prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: place }, '/'))
  const said: string[] = []
  database.keepRunning((line) => said.push(line))
  await migrate(database.urls.owner)
  await installContextKey(database.urls.owner, Buffer.from(database.secrets.contextKey, 'base64'))
  const admin = new URL(database.urls.owner)
  admin.username = 'postgres'
  admin.password = database.secrets.passwords.postgres
  const rows = openPool(admin.href, 4)
  const customers = [await found('yak'), await found('zebra')] as const
  const servers: Server[] = []

  /** A customer as only the system can found it, beside the API. */
  async function found(animal: string): Promise<Customer> {
    const mark = `${animal}${randomBytes(4).toString('hex')}`
    const { urls, secrets } = database
    const pool = openPool(urls.auth, 1)
    const contextKey = Buffer.from(secrets.contextKey, 'base64')
    const tenants = openDatabase({ url: urls.app, contextKey, poolSize: 1, prepared: true })
    const log = { warn: () => undefined, error: () => undefined }
    const { authSecret: secret, pepper } = secrets
    const people = await openPeople({ pool, secret, pepper, publicUrl: 'http://localhost', log })
    const email = `${mark}@example.com`
    const memberName = `Ada ${mark}`
    const passwordHash = await people.identity.hashPassword(PASSWORD)
    const { userId } = await people.identity.createAccount({ email, name: memberName, passwordHash })
    const system = systemActor(randomUUID(), randomUUID(), 'test')
    const made = await tenants.write(system, async (tx) => {
      await foundTenant(tx, system, { name: mark, organizationName: mark })
      const location = await openLocation(tx, system, { name: `Main Street ${mark}`, ...somewhere })
      const grants = [{ role: 'org:admin' as const, locationId: null }]
      return {
        locationId: location.id,
        memberId: (await addMember(tx, system, { userId, name: memberName, email, grants })).id,
      }
    })
    await Promise.all([pool.end(), tenants.close()])
    const { tenantId, organizationId } = system
    const ids = [tenantId, organizationId, made.locationId, made.memberId]
    return { mark, tenantId, organizationId, email, memberName, ...made, ids }
  }

  return {
    folder,
    urls: database.urls,
    adminUrl: admin.href,
    secrets: database.secrets,
    /** As superuser. */
    rows,
    customers,
    said,
    postgres: {
      pid: () => runningPostmaster(realpathSync(join(place, 'postgres')))?.pid,
      messages: () => readFileSync(join(place, 'postgres.log'), 'utf8'),
    },

    /** A server of this house, not started yet; `urls` say how it reaches the database. */
    async server(settings: Record<string, string> = {}, urls: RoleUrls = database.urls, at?: number): Promise<Server> {
      const server = await Server.on({ folder, secrets: database.secrets }, settings, urls, at)
      servers.push(server)
      return server
    },

    async close() {
      for (const server of servers) await server.kill()
      await rows.end()
      await database.stop()
      await stopPostmaster(realpathSync(join(place, 'postgres')))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const somewhere = {
  kind: 'cafe' as const,
  address: '',
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  temperatureUnit: 'F' as const,
  jurisdiction: 'us' as const,
}

type Standing = { folder: string; secrets: Awaited<ReturnType<typeof prepareDatabase>>['secrets'] }

/** The product's server, a process. What it logs and what it says in its agony is kept. */
export class Server {
  readonly port: number
  readonly origin: string
  readonly log: string
  #process: ChildProcess | undefined
  readonly #environment: Record<string, string>
  /** What starts it: libfaketime comes in front. */
  #before: Record<string, string> = {}

  static async on(standing: Standing, settings: Record<string, string>, urls: RoleUrls, at?: number) {
    return new Server(standing, settings, urls, at ?? (await freePort()))
  }

  private constructor({ folder, secrets }: Standing, settings: Record<string, string>, urls: RoleUrls, port: number) {
    this.port = port
    this.origin = `http://127.0.0.1:${port}`
    this.log = join(folder, `server-${port}-${randomBytes(3).toString('hex')}.log`)
    this.#environment = {
      PATH: process.env.PATH ?? '',
      GROUND: JSON.stringify({ urls, secrets, port, publicUrl: this.origin }),
      OPSFLOW_DATA_DIR: join(folder, 'files'),
      OPSFLOW_DEMO: 'off',
      OPSFLOW_RATE_LIMIT: '10000000',
      LOG_LEVEL: 'warn',
      ...settings,
    }
  }

  get pid() {
    return this.#process?.pid
  }

  /** How it ended, when it has. */
  get ended() {
    const { exitCode, signalCode } = this.#process ?? {}
    return exitCode ?? signalCode ?? undefined
  }

  /** From the next start on. */
  startWith(environment: Record<string, string>) {
    this.#before = environment
  }

  async start() {
    const out = createWriteStream(this.log, { flags: 'a' })
    await once(out, 'open')
    this.#process = spawn(process.execPath, [program], {
      stdio: ['ignore', out, out],
      env: { ...this.#environment, ...this.#before },
    })
    out.close()
    await this.isReady()
  }

  isReady = () =>
    vi.waitFor(async () => {
      if (this.ended !== undefined) throw new Error(`the server ended (${this.ended}): ${this.lastWords()}`)
      expect((await fetch(`${this.origin}/readyz`, { signal: AbortSignal.timeout(15_000) })).status).toBe(200)
    }, READY)

  /** At once and without a word. */
  kill = () => this.end('SIGKILL')

  /** Nothing where it is dead already. Answers how it ended. */
  async end(signal: NodeJS.Signals): Promise<number | string | undefined> {
    const running = this.#process
    if (!running || this.ended !== undefined) return this.ended
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
    return this.ended
  }

  /** Lines of the log at this level or above (40: warnings, 50: mistakes), and what was no line of it. */
  lines(level: number): { msg: string; [key: string]: unknown }[] {
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        try {
          return JSON.parse(line)
        } catch {
          return { level: 60, msg: line }
        }
      })
      .filter((line) => line.level >= level)
  }

  lastWords = () => readFileSync(this.log, 'utf8').slice(-2000)

  async memory(): Promise<number> {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
  }

  signIn = ({ email }: Customer) => new Caller(this.origin).signedIn(email, PASSWORD)
}

/** Waits until it holds, however long a busy machine takes; a failure names what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 300) {
  for (const began = performance.now(); !(await holds()); await pause(25)) {
    if (performance.now() - began > seconds * 1000) throw new Error(`Waited ${seconds} s in vain: ${what}`)
  }
}
