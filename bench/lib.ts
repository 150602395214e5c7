import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/**
 * One way of doing the same work. `work` answers how many operations it did; nothing means one. When another process
 * does it, `server` is its number and its CPU counts instead of ours.
 */
export type Mode = { name: string; work: (loop: number) => Promise<number | undefined>; server?: number }

export type Measured = {
  mode: string
  perSecond: number
  /** Median of the rates of slices that lay beside each other, this mode by the first. */
  rate: number
  nodeMicros: number
  databaseMicros: number
  /** CPU of node and backends for one operation, this mode by the first. */
  cpu: number
  p50Millis: number
  p99Millis: number
}

export type Effort = {
  rounds: number
  sliceMillis: number
  loops: number
  /** How many million readings are present while readings come in. */
  millions?: number[]
}

/** Long enough that two runs agree within a few percent on a machine that does other things too. */
export const THOROUGH: Effort = { rounds: 24, sliceMillis: 250, loops: 8 }
/** For npm test: shows that the bench runs and that its answers are right, not how fast. */
export const SHORT: Effort = { rounds: 1, sliceMillis: 20, loops: 4 }

/**
 * Runs the modes in turns, in short slices, so that whatever else the machine does hits each alike. CPU is what the
 * kernel counted for this process and for the database's backends (or the processes named), not the wall clock.
 */
export async function measure(modes: Mode[], effort: Effort, backends: () => Promise<number[]>): Promise<Measured[]> {
  for (const mode of modes) await slice(mode, effort) // connections open, statements prepared, caches warm
  const pids = await backends()
  const slices = modes.map(() => [] as Slice[])
  for (let round = 0; round < effort.rounds; round++) {
    for (const [n, mode] of modes.entries()) slices[n]?.push(await slice(mode, effort, pids))
  }
  const [first = []] = slices
  return modes.map(({ name }, n) => summary(name, slices[n] ?? [], first))
}

type Slice = { operations: number; seconds: number; nodeMicros: number; databaseMicros: number; millis: number[] }

async function slice(mode: Mode, { sliceMillis, loops }: Effort, pids: number[] = []): Promise<Slice> {
  const millis: number[] = []
  let operations = 0
  const nodeCpu = () => (mode.server === undefined ? ownCpuMicros() : cpuMicrosOf([mode.server]))
  const nodeBefore = nodeCpu()
  const databaseBefore = cpuMicrosOf(pids)
  const start = performance.now()
  const loop = async (n: number) => {
    while (performance.now() - start < sliceMillis) {
      const from = performance.now()
      // In two lines: `operations += await …` would read the sum before the wait, and lose what other loops added.
      const done = await mode.work(n)
      operations += done ?? 1
      millis.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: loops }, (_, n) => loop(n)))
  const seconds = (performance.now() - start) / 1000
  const nodeMicros = nodeCpu() - nodeBefore
  return { operations, seconds, nodeMicros, databaseMicros: cpuMicrosOf(pids) - databaseBefore, millis }
}

function ownCpuMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function summary(mode: string, slices: Slice[], base: Slice[]): Measured {
  const cpuOf = (all: Slice[]) => median(all.map((s) => (s.nodeMicros + s.databaseMicros) / s.operations))
  const rateOf = (s: Slice | undefined) => (s ? s.operations / s.seconds : Number.NaN)
  const millis = slices.flatMap((s) => s.millis).sort((a, b) => a - b)
  return {
    mode,
    perSecond: median(slices.map(rateOf)),
    rate: median(slices.map((s, i) => rateOf(s) / rateOf(base[i]))),
    nodeMicros: median(slices.map((s) => s.nodeMicros / s.operations)),
    databaseMicros: median(slices.map((s) => s.databaseMicros / s.operations)),
    cpu: cpuOf(slices) / cpuOf(base),
    p50Millis: quantile(millis, 0.5),
    p99Millis: quantile(millis, 0.99),
  }
}

/** Microseconds these processes have spent on a CPU, all their threads. */
export function cpuMicrosOf(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + nanosOnCpu(pid), 0) / 1000
}

function nanosOnCpu(pid: number): number {
  try {
    const nanosOf = (thread: string) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + nanosOf(thread), 0)
  } catch {
    return 0 // ended, or not Linux: the rates remain
  }
}

/** Everyone who is connected to this database, except the one who asks. */
export const backendsOf = (admin: pg.Client) => async (): Promise<number[]> => {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  return rows.map(({ pid }) => pid)
}

export const median = (values: number[]) =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
const quantile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** What a bench set out to show, and what it saw. */
export type Finding = { what: string; goal: string; seen: string; met: boolean }
export type Report = {
  title: string
  table: Record<string, string | number>[]
  findings: Finding[]
  /** How the database went about it, line by line. */
  plan?: string[]
  /** What the capacity model reckons with, by name. */
  figures?: Record<string, number>
}

export const tableOf = (measured: Measured[]) =>
  measured.map((m) => ({
    mode: m.mode,
    'ops/s': Math.round(m.perSecond),
    'rate ×': round(m.rate, 3),
    'node µs': round(m.nodeMicros, 1),
    'database µs': round(m.databaseMicros, 1),
    'CPU ×': round(m.cpu, 3),
    'p50 ms': round(m.p50Millis, 2),
    'p99 ms': round(m.p99Millis, 2),
  }))

export const atMost = (what: string, limit: number, seen: number, unit = ''): Finding => ({
  what,
  goal: `≤ ${limit}${unit}`,
  seen: `${round(seen, 3)}${unit}`,
  met: seen <= limit,
})

export const atLeast = (what: string, limit: number, seen: number, unit = ''): Finding => ({
  what,
  goal: `≥ ${limit}${unit}`,
  seen: `${round(seen, 3)}${unit}`,
  met: seen >= limit,
})

export const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
