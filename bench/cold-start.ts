import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { freePort } from '../platform/server/postgres/port.ts'
import { atMost, type Effort, median, type Report, round } from './lib.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const GOAL_SECONDS = 10
const MOST_SECONDS = 300

type Way = {
  name: string
  args: string[]
  settings: Record<string, string>
  port: number
  ready: string
  page?: string
}
type Seconds = { ready: number; page: number }

/**
 * `npm start` of an installation that is prepared (dependencies, database, web), from the command to the first 200 of
 * /readyz and of the first page, beside a Node process that starts the same PostgreSQL and does nothing else; in turns.
 * In the short form no page is asked for: the web may not be built.
 */
export async function coldStart(_database: TestDatabase, { rounds }: Effort): Promise<Report> {
  const isShort = rounds === 1
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-start-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user
  mkdirSync(join(folder, 'bare'))
  const [port, barePort] = [await freePort(), await freePort()]
  const product: Way = {
    name: 'npm start',
    args: ['scripts/start.mjs'],
    settings: {
      ...{ OPSFLOW_DATA_DIR: join(folder, 'product'), PORT: String(port), OPSFLOW_DEMO: 'off' },
      ...(isShort ? { OPSFLOW_ROLES: 'realtime,ingest,worker' } : {}),
    },
    ...{ port, ready: '/readyz' },
    ...(isShort ? {} : { page: '/' }),
  }
  const bare: Way = {
    ...{
      name: 'bare Node + PostgreSQL',
      args: ['bench/http/bare-start.ts', join(folder, 'bare'), String(barePort), 'bare'],
    },
    ...{ settings: {}, port: barePort, ready: '/' },
  }
  try {
    const ways = [bare, product]
    for (const way of ways) await started(way) // prepares what is missing; not measured
    const seen = ways.map(() => [] as Seconds[])
    for (let n = 0; n < (isShort ? 1 : 7); n++) {
      for (const [at, way] of ways.entries()) seen[at]?.push(await started(way))
    }
    const medians = seen.map((all) => ({
      ready: median(all.map((s) => s.ready)),
      page: median(all.map((s) => s.page)),
    }))
    const [base = { ready: Number.NaN, page: Number.NaN }, ours = base] = medians
    return {
      title: `Cold start of a prepared installation, median of ${seen[0]?.length}`,
      table: ways.map(({ name, page }, at) => ({
        start: name,
        'ready (s)': round(medians[at]?.ready ?? Number.NaN, 2),
        'first page (s)': page ? round(medians[at]?.page ?? Number.NaN, 2) : '',
        'by the bare start': round((medians[at]?.ready ?? Number.NaN) / base.ready, 2),
        'slowest (s)': round(Math.max(...(seen[at] ?? []).map((s) => s.ready)), 2),
      })),
      findings: [
        atMost(
          isShort ? 'from the command to ready' : 'from the command to the first page',
          GOAL_SECONDS,
          round(isShort ? ours.ready : ours.page, 2),
          ' s',
        ),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From the command until it answers; then it is ended and waited for. */
async function started({ args, settings, port, ready, page }: Way): Promise<Seconds> {
  const from = performance.now()
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings }
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', env })
  try {
    const seconds = { ready: await answers(child, port, ready, from), page: 0 }
    return { ...seconds, page: page ? await answers(child, port, page, from) : seconds.ready }
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
  }
}

async function answers(child: ChildProcess, port: number, path: string, from: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - from) / 1000
    if (child.exitCode !== null) throw new Error(`what was started ended with ${child.exitCode}`)
    if (seconds > MOST_SECONDS) throw new Error(`no answer at ${path} within ${MOST_SECONDS} s`)
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    if (response?.status === 200) return (performance.now() - from) / 1000
    await pause(20)
  }
}
