import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Finding } from '@opsflow/platform/server/proven.for-tests'
import { expect } from 'vitest'
import { Caller } from '../kitchen.ts'
import { checkHistory, type Verdict } from './check-history.ts'
import { boardWatcher, deskWorker, gateway, phone } from './clients.ts'
import { History } from './history.ts'
import { type Customer, type House, type Server, until } from './house.ts'
import { storedByApi, storedBySuperuser } from './stored.ts'

/** Something that goes wrong, and is put right again: at once by itself, or by whoever looks after it. */
export type Nemesis = {
  name: string
  inject: () => Promise<unknown>
  heal?: () => Promise<unknown>
}

type Recovery = { first: number; all: number }
export type Load = Awaited<ReturnType<typeof startLoad>>

/** The file's own door: where a client of this kind reaches the product. */
export type Doors = { origin: string; secondOrigin?: string }

/**
 * Two customers at work by every way in: desks over HTTP, boards over sockets, phones with a copy of their own, gateways.
 * What each owns is made through the API first.
 */
export async function startLoad(house: House, doors: Doors) {
  const stopping = new AbortController()
  const furnished: Awaited<ReturnType<typeof furnish>>[] = []
  for (const customer of house.customers) furnished.push(await furnish(customer, doors.origin))
  const history = new History(furnished.map(({ customer }) => customer))
  const running: Promise<unknown>[] = []
  const closers: (() => void)[] = []
  const names: string[] = []
  furnished.forEach((own, index) => {
    const other = furnished[1 - index]
    if (!other) throw new Error('There are two customers.')
    const parts = (name: string, caller: Caller) => {
      const named = `${name}${index}`
      names.push(named)
      return {
        ...{ name: named, history, caller, signal: stopping.signal },
        own: own.customer,
        other: { ...other.customer, unitId: other.unitId, sensorId: other.sensorId },
      }
    }
    const there = new Caller(doors.secondOrigin ?? doors.origin, own.caller.headers)
    running.push(deskWorker(parts('desk', own.caller)), deskWorker(parts('till', there)))
    running.push(
      boardWatcher({ ...parts('board', there), unitId: own.unitId }).then((close) => void closers.push(close)),
    )
    running.push(phone(parts('phone', own.caller)))
    running.push(gateway({ ...parts('gateway', own.gateway), sensorId: own.sensorId, unitId: own.gatewayUnitId }))
  })
  const crashed = Promise.all(running).then(() => undefined)
  crashed.catch(() => undefined)
  let seen = 0
  return {
    history,
    names,
    /** So many more acknowledged writes. */
    async more(count: number) {
      seen = history.acknowledged + count
      await until(`${count} more acknowledged writes`, () => history.acknowledged >= seen)
    },
    /** Until every client has been told again that something it asked for after this moment is done. */
    async recovered(since: number, of: (name: string) => boolean = () => true): Promise<Recovery> {
      const wanted = names.filter(of)
      const missing = () => wanted.filter((name) => !history.acknowledgedSince(since).has(name))
      await until('every client is served again', () => missing().length === 0).catch((error: Error) => {
        throw new Error(`${error.message}: ${missing().join(', ')}`)
      })
      const times = [...history.acknowledgedSince(since)].filter(([name]) => of(name)).map(([, at]) => at - since)
      return { first: Math.min(...times), all: Math.max(...times) }
    },
    /** Ends the work, settles what is unknown, reads what is there, and judges. */
    async judged(): Promise<Verdict> {
      stopping.abort()
      await crashed
      const before = await storedBySuperuser(house)
      for (let round = 0; round < 40; round++) {
        const open = history.operations.filter(({ outcome }) => outcome === 'unknown')
        if (open.length === 0) break
        for (const operation of open) if (operation.outcome === 'unknown') await operation.again?.()
        if (round > 0) await pause(250)
      }
      const readers = furnished.map(({ customer, caller }) => ({ customer, caller }))
      const readings = [
        { by: 'superuser', rows: await storedBySuperuser(house) },
        { by: 'API', rows: await storedByApi(history, readers) },
      ]
      for (const close of closers) close()
      return checkHistory(history.operations, before, readings, history.sightings)
    },
  }
}

async function furnish(customer: Customer, origin: string) {
  const caller = await new Caller(origin).signedIn(customer.email, 'correct horse battery staple')
  const { mark, locationId } = customer
  const unitNamed = async (name: string): Promise<string> =>
    (await caller.must('POST', '/units', { body: { locationId, name: `${name} ${mark}`, kind: 'walk_in_cooler' } })).id
  const [unitId, gatewayUnitId] = [await unitNamed('Walk-in'), await unitNamed('Freezer')]
  const sensor = { unitId: gatewayUnitId, name: `Probe ${mark}`, externalId: randomUUID() }
  const { id: sensorId } = await caller.must('POST', '/sensors', { body: sensor })
  const device = { locationId, name: `Gateway ${mark}`, kind: 'gateway' }
  const { key } = await caller.must('POST', '/devices', { body: device })
  customer.ids.push(unitId, gatewayUnitId, sensorId)
  return { customer, caller, gateway: new Caller(origin).withKey(key), unitId, gatewayUnitId, sensorId }
}

/** How often, in the short form and in the long one. */
export const times = (short: number, long: number) => (process.env.LONG_TESTS ? long : short)

type Trial = {
  load: Load
  nemesis: Nemesis
  times: number
  /** Whose recovery is waited for; all clients, unless some cannot be served by what is left. */
  of?: (name: string) => boolean
  /** Acknowledged writes between two faults. */
  pace?: number
}

/** The fault, again and again, each time at another moment of the work, and each time until everybody is served again. */
export async function tryOut({ load, nemesis, times, of, pace = 40 }: Trial): Promise<Recovery[]> {
  const recoveries: Recovery[] = []
  for (let n = 0; n < times; n++) {
    await load.more(pace)
    await pause(Math.random() * 200)
    const since = performance.now()
    await nemesis.inject()
    await nemesis.heal?.()
    recoveries.push(await load.recovered(since, of))
  }
  return recoveries
}

/** What came of trials under one load. */
export type Trials = { verdict: Verdict; recoveries: readonly Recovery[]; load: Load; servers: readonly Server[] }

/** What the run came to, for the page. */
export function findingsOf(trials: Trials): Finding[] {
  const { verdict, recoveries, load } = trials
  const { operations, acknowledged, refused, unknown, lost, doubled, foreign, visibleRefused, disordered } = verdict
  const none = (found: readonly string[]) => ({ goal: '0', seen: String(found.length), met: found.length === 0 })
  return [
    { what: 'faults', seen: String(recoveries.length) },
    { what: 'operations', seen: `${operations}: ${acknowledged} acknowledged, ${refused} refused` },
    { what: 'not heard of at least once, then settled', seen: String(unknown) },
    { what: 'acknowledged and lost', ...none(lost) },
    { what: 'doubled', ...none(doubled) },
    { what: 'refused and visible', ...none(visibleRefused) },
    { what: 'out of their order', ...none(disordered) },
    { what: `foreign rows in ${load.history.looked} answers and frames`, ...none(foreign) },
    { what: 'answers 500 and mistakes in the log', ...none(mistakesOf(trials)) },
    { what: 'first acknowledged write after the fault, p50 / p95', seen: spread(recoveries.map(({ first }) => first)) },
    { what: 'every client served again, p50 / p95', seen: spread(recoveries.map(({ all }) => all)) },
  ]
}

/** Nothing of what may never be. */
export function expectSound(trials: Trials) {
  const { verdict, recoveries } = trials
  const { operations, acknowledged, refused, unknown, ...faults } = verdict
  expect({ ...faults, mistakes: mistakesOf(trials) }).toEqual({
    ...{ lost: [], doubled: [], visibleRefused: [], foreign: [], disordered: [], unsettled: [], invented: [] },
    mistakes: [],
  })
  expect(recoveries.length).toBeGreaterThan(0)
  expect(acknowledged).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
}

const mistakesOf = ({ load, servers }: Trials) => [
  ...load.history.bugs,
  ...servers.flatMap((server) => server.lines(50).map(({ msg, err }) => `${msg} ${JSON.stringify(err)}`)),
]

/** The middle and the 95th of a hundred, in seconds. */
export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number) => `${((sorted[Math.ceil(sorted.length * part) - 1] ?? 0) / 1000).toFixed(2)} s`
  return `${at(0.5)} / ${at(0.95)}`
}
