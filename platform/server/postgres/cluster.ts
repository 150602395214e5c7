import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from '../cannot-start.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { freePort } from './port.ts'
import { type Postmaster, runningPostmaster, stopPostmaster } from './postmaster.ts'

export type ClusterPlace = {
  /** PostgreSQL's own folder, with all links resolved. */
  folder: string
  /** Where its messages go. */
  log: string
  /** Of the administrator `postgres`. */
  password: string
  account: Account
  binaries: Binaries
  /** Gives up durability for speed: for databases that are thrown away. */
  throwaway?: boolean
}

export type Cluster = {
  url: (database: string) => string
  port: number
  /** It was running already: left by a server that was killed, or in use by another process of ours. */
  attached: boolean
  /** Starts it again on the same port when it is killed, until it is stopped. */
  keepRunning: (say: (line: string) => void) => void
  /** Answers false when PostgreSQL still writes after the limit; it then ends by itself. */
  stop: () => Promise<boolean>
}

/** The PostgreSQL of this folder, made at the first call, attached to when it runs already, else started. */
export async function openCluster(place: ClusterPlace): Promise<Cluster> {
  if (!existsSync(join(place.folder, 'PG_VERSION'))) makeCluster(place)
  refuseOtherVersion(place)
  const running = await attach(place)
  const port = running?.port ?? (await start(place))
  const watch = watchOver(place, port)
  return {
    url: (database) => `postgres://postgres:${place.password}@127.0.0.1:${port}/${database}`,
    port,
    attached: running !== undefined,
    keepRunning: watch.begin,
    stop: async () => {
      await watch.end()
      return stopPostmaster(place.folder)
    },
  }
}

/** Made beside its final place and renamed when whole: a first start that is killed leaves nothing half-made. */
function makeCluster({ folder, password, account, binaries, throwaway }: ClusterPlace) {
  const unfinished = `${folder}.unfinished`
  const passwordFile = `${folder}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700, recursive: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    for (const path of [unfinished, passwordFile]) give(path, account)
    const made = spawnSync(
      binaries.initdb,
      [
        ...['-D', unfinished, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...(throwaway ? ['--no-sync'] : []),
      ],
      { ...account, cwd: '/', env: environment, encoding: 'utf8' },
    )
    if (made.status !== 0) {
      throw new CannotStart(`PostgreSQL could not make its folder ${folder}:\n${made.error ?? made.stderr.trim()}`)
    }
    renameSync(unfinished, folder)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Joins a PostgreSQL that runs on this folder; waits while it recovers; lets one that is shutting down finish. */
async function attach(place: ClusterPlace): Promise<Postmaster | undefined> {
  for (let tries = 0; ; tries++) {
    const running = runningPostmaster(place.folder)
    if (!running) return undefined
    if (running.port && (await answers(running.port, place))) return running
    if (tries === 600) {
      throw new CannotStart(
        `PostgreSQL (process ${running.pid}) holds ${place.folder} but does not answer. ` +
          `End it with \`kill -INT ${running.pid}\` and start again; its messages are in ${place.log}.`,
      )
    }
    await wait(100)
  }
}

/** Looks after it twice a second, and ever more rarely while it cannot be started (a full disk). */
function watchOver(place: ClusterPlace, port: number) {
  let timer: NodeJS.Timeout | undefined
  let restart: Promise<unknown> = Promise.resolve()
  let pauseMs = WATCH_MS
  const look = async (say: (line: string) => void) => {
    if (!runningPostmaster(place.folder)) {
      say('PostgreSQL has ended; starting it again.')
      restart = start(place, port)
      pauseMs = await restart.then(
        () => WATCH_MS,
        (error: Error) => {
          say(error.message)
          return Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
        },
      )
    }
    if (timer) begin(say)
  }
  const begin = (say: (line: string) => void) => {
    timer = setTimeout(look, pauseMs, say)
  }
  return {
    begin,
    end: async () => {
      clearTimeout(timer)
      timer = undefined
      await restart.catch(() => {})
    },
  }
}

const WATCH_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** Answers the port: the given one and no other, else the last one or, when that was taken, a new one. */
async function start(place: ClusterPlace, fixedPort?: number): Promise<number> {
  const portFile = `${place.folder}.port`
  const lastPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : undefined
  if (sizeOf(place.log) > LOG_BYTES) renameSync(place.log, `${place.log}.old`)
  for (let tries = 0; ; tries++) {
    const port = fixedPort ?? (await freePort(tries === 0 ? lastPort : undefined))
    const messagesFrom = sizeOf(place.log)
    if (await becomesReady(spawnPostgres(place, port), port, place)) {
      writeFileSync(portFile, String(port))
      return port
    }
    const messages = readFileSync(place.log, 'utf8').slice(messagesFrom)
    if (tries === 50 || !/could not bind|shared memory block|is still in use/.test(messages)) {
      throw new CannotStart(`PostgreSQL did not start; its last messages (${place.log}):\n${messages.trim()}`)
    }
    await wait(200) // the port was taken meanwhile, or sessions of a killed PostgreSQL are still ending
  }
}

const LOG_BYTES = 10_000_000
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** A process group of its own: Ctrl-C reaches our server only, which drains first and then stops PostgreSQL. */
function spawnPostgres(place: ClusterPlace, port: number): ChildProcess {
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...(place.throwaway ? THROWAWAY_SETTINGS : {}),
    port: String(port),
  }
  const log = openSync(place.log, 'a', 0o600)
  const child = spawn(
    place.binaries.postgres,
    ['-D', place.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...place.account, cwd: '/', env: environment, detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  child.unref()
  return child
}

/** True when it takes our password; false when it has ended. However long its recovery takes in between. */
async function becomesReady(child: ChildProcess, port: number, place: ClusterPlace): Promise<boolean> {
  let ended = false
  child.once('error', () => {
    ended = true
  })
  child.once('exit', () => {
    ended = true
  })
  try {
    while (!ended) {
      if (await answers(port, place)) return true
      await wait(30)
    }
    return false
  } catch (error) {
    child.kill('SIGINT')
    throw error
  }
}

async function answers(port: number, { password, folder }: ClusterPlace): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('data_directory') as folder")
    return rows[0].folder === folder
  } catch (error) {
    if ((error as { code?: string }).code !== WRONG_PASSWORD) return false
    throw new CannotStart(
      `The database in ${folder} does not take the password kept in secrets.json of the data folder. ` +
        'Put back the secrets file that belongs to it, or move the data folder away to begin with an empty database.',
    )
  } finally {
    await client.end().catch(() => {})
  }
}

function refuseOtherVersion({ folder, binaries }: ClusterPlace) {
  const made = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (made === binaries.version.split('.')[0]) return
  throw new CannotStart(`The database in ${folder} was made by PostgreSQL ${made}; this is ${binaries.version}.`)
}

function give(path: string, { uid, gid }: Account) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

const WRONG_PASSWORD = '28P01'

/** Nothing of the caller's environment (PGDATA, LC_ALL, …) may change what PostgreSQL does. */
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  wal_compression: 'on',
  random_page_cost: '1.1', // the data lies on an SSD
  jit: 'off', // queries are short; compiling them costs more than it saves
  // A client that is gone without a word must not keep its locks: others would wait for it at that location.
  idle_in_transaction_session_timeout: '60s',
  // Windows knows none of these, and its PostgreSQL does not start with them.
  ...(process.platform === 'win32'
    ? {}
    : {
        client_connection_check_interval: '10s',
        tcp_keepalives_idle: '30',
        tcp_keepalives_interval: '10',
        tcp_keepalives_count: '3',
      }),
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
}

const THROWAWAY_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '128MB',
}
