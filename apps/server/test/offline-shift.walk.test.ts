import { randomUUID } from 'node:crypto'
import { correctiveActionIdOf } from '@opsflow/capabilities/temperature'
import type { PushAnswer } from '@opsflow/platform/sync'
import { type Life, pretendDevice } from '@opsflow/platform/sync-clock-device.for-tests'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Ask, startProduct } from './product.ts'

let product: Awaited<ReturnType<typeof startProduct>>
let greta: Ask
let session: Parameters<typeof product.hire>[0]
let downtown: string
let airport: string
let unitId: string

beforeAll(async () => {
  product = await startProduct()
  const founder = {
    organizationName: 'Blue Plate',
    locationName: 'Main Street',
    name: 'Greta',
    email: 'greta@example.com',
  }
  greta = (await product.found(founder)).ask
  const { body } = await greta('GET /session')
  session = body
  downtown = body.locations[0].id
  const place = { name: 'Airport', kind: 'cafe', timezone: 'America/Chicago' }
  airport = (await greta('POST /locations', place)).body.id
  unitId = (await greta('POST /units', { locationId: downtown, name: 'Walk-in', kind: 'walk_in_cooler' })).body.id
}, 60_000)
afterAll(() => product.stop())

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SHIFT = 6 * HOUR

/** Someone's device that heard the server six hours ago, has been offline since, and has the network back now. */
function offlineDevice(ask: Ask, life: Partial<Life> = {}) {
  const start = Date.now() - SHIFT
  const clocks = pretendDevice({ start, wallAhead: 0, contacts: [0], ...life })
  const clientId = randomUUID()
  let mid = 0
  const queue: object[] = []
  return {
    start,
    did(at: number, name: string, args: object) {
      const uid = randomUUID()
      queue.push({ mid: ++mid, uid, name, version: 1, args, device: clocks.at(at), by: null })
      return uid
    },
    async online() {
      const body = { clientId, sent: clocks.at(SHIFT), mutations: queue.splice(0) }
      const answer = await ask('POST /sync/push', body)
      expect(answer.status).toBe(200)
      return (answer.body as PushAnswer).results
    },
  }
}
const response = { cause: 'door_left_open', action: 'moved_product', disposition: 'kept_safe' }
const secondsOff = (instant: string, at: number) => Math.abs(Date.parse(instant) - at) / 1000

/** A deviation found, answered, checked again and closed, all offline. */
function deviation(device: ReturnType<typeof offlineDevice>, at: number) {
  const id = randomUUID()
  const actionId = correctiveActionIdOf(id)
  device.did(at, 'temperature.record', { id, unitId, value: '48.2', unit: 'F' })
  device.did(at + 5 * MINUTE, 'temperature.respond', { actionId, response })
  device.did(at + 20 * MINUTE, 'temperature.recheck', { id: randomUUID(), actionId, value: '39', unit: 'F' })
  device.did(at + 21 * MINUTE, 'temperature.close', { actionId })
  return { id, actionId }
}

describe('a shift without a network', () => {
  test.each([
    ['whose clock is right', {}, 'exact'],
    ['that believes it is 1970', { wallAhead: -Date.now() }, 'exact'],
    ['three hours wrong', { wallAhead: 3 * HOUR }, 'exact'],
    ['set back by nine hours in between', { steps: [{ at: 2.1 * HOUR, by: -9 * HOUR }] }, 'exact'],
    [
      'that slept before and after',
      {
        sleeps: [
          { from: HOUR, to: 1.5 * HOUR },
          { from: 3 * HOUR, to: 5 * HOUR },
        ],
      },
      'corrected',
    ],
    ['that was restarted twice', { restarts: [HOUR, 4 * HOUR] }, 'corrected'],
  ] as const)('on a tablet %s arrives with its true times', async (_title, life, quality) => {
    const carl = await product.hire(session, `Carl${randomUUID().slice(0, 6)}`, [
      { role: 'org:member', locationId: downtown },
    ])
    const device = offlineDevice(carl.ask, life)
    const { id, actionId } = deviation(device, 2 * HOUR)
    const results = await device.online()
    expect(results.map(({ outcome, timeQuality }) => `${outcome} ${timeQuality}`)).toEqual(
      Array(4).fill(`applied ${quality}`),
    )
    const { body: log } = await greta(`GET /temperature-logs/${id}`)
    expect(log).toMatchObject({ timeQuality: quality, flags: ['offline'] })
    expect(secondsOff(log.measuredAt, device.start + 2 * HOUR)).toBeLessThan(20)
    const { body: action } = await greta(`GET /corrective-actions/${actionId}`)
    expect(action).toMatchObject({ state: 'closed', response: { cause: 'door_left_open' } })
    expect(secondsOff(action.closedAt, device.start + 2 * HOUR + 21 * MINUTE)).toBeLessThan(20)
  })

  test('on a tablet that was set and restarted is flagged, in its order, and never later than now', async () => {
    const carl = await product.hire(session, 'Carlo', [{ role: 'org:member', locationId: downtown }])
    const device = offlineDevice(carl.ask, { restarts: [HOUR, 4 * HOUR], steps: [{ at: 3 * HOUR, by: 40 * HOUR }] })
    const { id, actionId } = deviation(device, 2 * HOUR)
    const results = await device.online()
    expect(results.map(({ outcome, timeQuality }) => `${outcome} ${timeQuality}`)).toEqual(
      Array(4).fill('applied doubtful'),
    )
    const { body: log } = await greta(`GET /temperature-logs/${id}`)
    expect(log.flags).toContain('doubtful')
    expect(Date.parse(log.measuredAt)).toBeLessThanOrEqual(Date.parse(log.receivedAt))
    const { body: action } = await greta(`GET /corrective-actions/${actionId}`)
    expect(action.history.map(({ step }: { step: string }) => step)).toEqual([
      'opened',
      'response',
      'recheck',
      'closure',
    ])
  })
})

test('a rule that forbids is the person’s to hear: who took part cannot verify, and no manager is asked', async () => {
  const ines = await product.hire(session, 'Ines', [{ role: 'org:manager', locationId: downtown }])
  const device = offlineDevice(ines.ask)
  const { actionId } = deviation(device, HOUR)
  device.did(2 * HOUR, 'temperature.verify', { actionId })
  expect((await device.online()).at(-1)).toMatchObject({ outcome: 'refused', code: 'temperature.verifier_must_differ' })
})

describe('someone who lost the location meanwhile', () => {
  test('has their work set aside; a manager accepts it piece by piece, in their name and at its time', async () => {
    const grants = [
      { role: 'org:member' as const, locationId: downtown },
      { role: 'org:member' as const, locationId: airport },
    ]
    const mona = await product.hire(session, 'Mona', [{ role: 'org:manager', locationId: downtown }])
    const paul = await product.hire(session, 'Paul', [{ role: 'org:manager', locationId: airport }])
    const dan = await product.hire(session, 'Dan', grants)
    const { body: me } = await dan.ask('GET /session')
    const device = offlineDevice(dan.ask)
    const { id, actionId } = deviation(device, 2 * HOUR)

    const { body: held } = await greta(`GET /grants?memberId=${me.member.id}`)
    const here = held.items.find(({ locationId }: { locationId: string | null }) => locationId === downtown)
    expect((await greta(`DELETE /grants/${here.id}`)).status).toBe(204)

    await vi.waitFor(async () => {
      const { body } = await dan.ask('GET /session')
      expect(body.locations.map(({ id }: { id: string }) => id)).toEqual([airport])
    })
    const results = await device.online()
    expect(results.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'quarantined sync.right_lost',
      ...Array(3).fill('quarantined sync.follows_set_aside'),
    ])
    expect((await greta(`GET /temperature-logs/${id}`)).status).toBe(404)

    expect((await paul.ask('GET /sync/quarantine')).body.items).toEqual([])
    const { body: open } = await mona.ask('GET /sync/quarantine')
    expect(open.items[0]).toMatchObject({ name: 'temperature.record', by: { name: 'Dan' }, location: { id: downtown } })
    const accepted = await mona.ask(`POST /sync/quarantine/${open.items[0].id}/acceptance`, {
      reason: 'On shift until noon',
    })
    expect(accepted.body.decision).toMatchObject({ kind: 'accepted', outcome: 'applied', by: { name: 'Mona' } })
    const { body: log } = await mona.ask(`GET /temperature-logs/${id}`)
    expect(log).toMatchObject({ recordedBy: { name: 'Dan' }, timeQuality: 'exact' })
    expect(secondsOff(log.measuredAt, device.start + 2 * HOUR)).toBeLessThan(20)
    for (const { id: work } of open.items.slice(1)) {
      const { status, body } = await mona.ask(`POST /sync/quarantine/${work}/acceptance`, {})
      expect([status, body.decision.outcome]).toEqual([200, 'applied'])
    }
    const { body: action } = await mona.ask(`GET /corrective-actions/${actionId}`)
    expect(action).toMatchObject({ state: 'closed' })
    expect(new Set(action.history.map(({ by }: { by: { name: string } }) => by.name))).toEqual(new Set(['Dan']))
    expect((await mona.ask('GET /sync/quarantine')).body.items).toEqual([])
    expect((await mona.ask(`POST /corrective-actions/${actionId}/verification`, {})).body.state).toBe('verified')
  })
})
