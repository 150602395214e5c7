/** What is to be carried, in a month. */
export type Load = {
  organizations: number
  locations: number
  users: number
  sockets: number
  operations: number
  readings: number
}

/** What one of each costs, as benches measured it: microseconds of CPU, bytes. */
export type Figures = {
  readingNodeMicros: number
  readingDatabaseMicros: number
  bytesPerReading: number
  listNodeMicros: number
  listDatabaseMicros: number
  oneNodeMicros: number
  oneDatabaseMicros: number
  pullNodeMicros: number
  pullDatabaseMicros: number
  writeNodeMicros: number
  writeDatabaseMicros: number
  bytesPerTask: number
  microsPerSocketAndFact: number
  kBPerSocket: number
}

/** What no bench can tell. Prices are of nobody's list: put in your own. */
export type Assumptions = {
  /** What an operation is: their shares come to 1. */
  mix: { list: number; one: number; pull: number; write: number }
  /** The busiest hour by the mean of the month. */
  peak: number
  /** How full a core may be at that hour. */
  utilization: number
  /** Cores of one machine, and its memory in GiB for each. */
  coresOfMachine: number
  /** How long what was recorded is kept on fast disks, in months. */
  monthsKept: number
  /** The database stands so many times: the primary and its replicas. */
  copies: number
  /** The machine the figures come from by the one that is reckoned with: how much faster a core of that is. */
  coreSpeed: number
  /** In dollars a month. */
  prices: { core: number; memoryGiB: number; diskGiB: number }
}

export type Need = {
  what: string
  cores: number
  memoryGiB: number
  diskGiB: number
  dollars: number
  machines: number
}

const SECONDS_OF_MONTH = 30.4 * 86_400
const GIB = 2 ** 30

/** What each part of the house needs for this load, at the busiest hour, and what that costs a month. */
export function capacityFor(load: Load, figures: Figures, assumed: Assumptions): Need[] {
  const { mix, peak, utilization, coresOfMachine, monthsKept, copies, coreSpeed, prices } = assumed
  const perSecond = (aMonth: number) => (aMonth / SECONDS_OF_MONTH) * peak
  const coresFor = (aMonth: number, micros: number) => (perSecond(aMonth) * micros) / 1e6 / utilization / coreSpeed
  const mixed = (part: 'NodeMicros' | 'DatabaseMicros') =>
    (Object.keys(mix) as (keyof typeof mix)[]).reduce((sum, kind) => sum + mix[kind] * figures[`${kind}${part}`], 0)
  const need = (what: string, cores: number, memoryGiB: number, diskGiB = 0): Need => ({
    what,
    cores,
    memoryGiB,
    diskGiB,
    dollars: cores * prices.core + memoryGiB * prices.memoryGiB + diskGiB * prices.diskGiB,
    machines: Math.max(2, Math.ceil(cores / coresOfMachine)), // one may fail
  })
  const writes = load.operations * mix.write
  const listeners = load.sockets / load.locations
  const readingBytes = load.readings * figures.bytesPerReading
  const operationBytes = writes * figures.bytesPerTask
  const databaseCores =
    coresFor(load.readings, figures.readingDatabaseMicros) + coresFor(load.operations, mixed('DatabaseMicros'))
  const socketGiB = (load.sockets * figures.kBPerSocket * 1024) / GIB
  return [
    need('readings in (ingest)', ...withMemory(coresFor(load.readings, figures.readingNodeMicros))),
    need('requests (api)', ...withMemory(coresFor(load.operations, mixed('NodeMicros')))),
    need('sockets (realtime)', coresFor(writes, figures.microsPerSocketAndFact * listeners), socketGiB / utilization),
    need(
      `database, ${copies} times`,
      databaseCores * copies,
      databaseCores * copies * MEMORY_OF_DATABASE_CORE,
      ((readingBytes + operationBytes) * monthsKept * copies) / GIB,
    ),
  ]
}

/** What a node process takes beside its work, for each core it keeps busy. */
const withMemory = (cores: number): [number, number] => [cores, cores * 1]
/** GiB: what is hot of a month's data stays in memory. */
const MEMORY_OF_DATABASE_CORE = 8

export const inAll = (needs: readonly Need[]) => needs.reduce((sum, { dollars }) => sum + dollars, 0)
