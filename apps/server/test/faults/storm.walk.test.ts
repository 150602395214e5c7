import { setTimeout as pause } from 'node:timers/promises'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { type Customer, type House, openHouse, type Server, until } from './house.ts'
import { times } from './under-load.ts'

// The server is killed with many sockets open, and all of them come back at once, as the product's client does: again and
// again, with a pause that grows. Both customers' are among them; each hears its own afterwards, and nothing else.
const SOCKETS = times(500, 5_000)

let house: House
let server: Server

beforeAll(async () => {
  house = await openHouse()
  server = await house.server({ OPSFLOW_ROLES: 'api,realtime,ingest' })
  await server.start()
}, 600_000)
afterAll(() => house?.close(), 60_000)

test(`${SOCKETS} sockets come back at once after the server was killed`, async () => {
  const refusals = new Map<string, number>()
  const sightings: string[] = []
  const crowd: Lasting[] = []
  for (const [index, customer] of house.customers.entries()) {
    const other = house.customers[1 - index] as Customer
    const { headers } = await server.signIn(customer)
    for (let n = 0; n < SOCKETS / 2; n++) {
      crowd.push(new Lasting({ server, customer, other, cookie: headers.cookie ?? '', refusals, sightings }))
    }
  }
  const allAreIn = () => until('every socket is in', () => crowd.every(({ isIn }) => isIn), 300)
  await allAreIn()
  const before = await server.memory()
  refusals.clear()
  await server.kill()
  const since = performance.now()
  await server.start()
  const ready = performance.now()
  await allAreIn()
  const back = performance.now()
  const after = await server.memory()
  for (const customer of house.customers) {
    const caller = await server.signIn(customer)
    const title = `After the storm ${customer.mark}`
    await caller.must('POST', '/tasks', { body: { locationId: customer.locationId, title } })
  }
  await until('everybody hears of it', () => crowd.every(({ heard }) => heard > 0), 120)
  const unheard = crowd.filter(({ heard }) => heard === 0).length
  for (const one of crowd) one.leave()
  const mistakes = server.lines(50)
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
  proven('faults', {
    title: `${SOCKETS} sockets come back at once`,
    method:
      'WebSockets of two customers, as the product’s client keeps them, half each; the server is killed and started again. Each tries again after 0.5 to 1.5 s, then twice as long up to 5 s.',
    findings: [
      { what: 'sockets in again', goal: 'all', seen: `${crowd.length} of ${SOCKETS}`, met: crowd.length === SOCKETS },
      { what: 'kill to ready', seen: seconds(ready - since) },
      { what: 'ready to the last socket in', seen: seconds(back - ready) },
      {
        what: 'attempts that failed meanwhile',
        seen: [...refusals].map(([why, n]) => `${n} ${why}`).join(', ') || '0',
      },
      { what: 'memory of the server before and after', seen: `${megabytes(before)} and ${megabytes(after)}` },
      { what: 'sockets that heard nothing afterwards', goal: '0', seen: String(unheard), met: unheard === 0 },
      { what: 'foreign frames', goal: '0', seen: String(sightings.length), met: sightings.length === 0 },
    ],
  })
  expect(sightings).toEqual([])
  expect(mistakes).toEqual([])
  // Nobody who may come in was told that they may not.
  expect([...refusals.keys()].filter((why) => why.startsWith('refused'))).toEqual([])
}, 900_000)

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`

type Parts = {
  server: Server
  customer: Customer
  other: Customer
  cookie: string
  refusals: Map<string, number>
  sightings: string[]
}

/** A socket that comes back, by hand: 5,000 of the real client would weigh more than the server. */
class Lasting {
  isIn = false
  heard = 0
  readonly #parts: Parts
  #socket: WebSocket | undefined
  #isOver = false
  #tries = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#open()
  }

  #open() {
    const { server, customer, other, cookie, sightings } = this.#parts
    const headers = { cookie, origin: server.origin }
    const address = `ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`
    const socket = new WebSocket(address, { headers, perMessageDeflate: false, handshakeTimeout: 20_000 })
    this.#socket = socket
    socket.on('message', (bytes) => {
      const text = String(bytes)
      if (text.startsWith('0')) socket.send(`40/org-${customer.organizationId},`)
      else if (text === '2') socket.send('3')
      else if (text.startsWith('40')) {
        this.isIn = true
        this.#tries = 0
      } else if (text.startsWith('44')) {
        this.#note(`refused ${text.slice(text.indexOf('{'), 160)}`)
        socket.close()
      } else if (text.startsWith('42')) {
        if (text.includes(`After the storm ${customer.mark}`)) this.heard++
        if ([other.mark, ...other.ids].some((secret) => text.includes(secret))) sightings.push(text)
      }
    })
    socket.on('error', (error: NodeJS.ErrnoException) => this.#note(error.code ?? error.message))
    socket.on('close', () => void this.#again())
  }

  async #again() {
    this.isIn = false
    if (this.#isOver) return
    await pause(Math.min(5000, 1000 * 2 ** this.#tries++) * (0.5 + Math.random()))
    if (!this.#isOver) this.#open()
  }

  #note(why: string) {
    const { refusals } = this.#parts
    refusals.set(why, (refusals.get(why) ?? 0) + 1)
  }

  leave() {
    this.#isOver = true
    this.#socket?.terminate()
  }
}
