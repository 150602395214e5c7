import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeviceTime } from './sync.ts'
import { momentOf, momentsOf } from './sync-clock.ts'
import { type Life, pretendDevice, SECOND, simulate } from './sync-clock-device.for-tests.ts'

const HOUR = 3600 * SECOND
const START = Date.parse('2026-03-01T10:00:00Z')

/** A device that spoke to the server at the start, then worked offline for six hours, and now sends. */
const offline = (life: Partial<Life> = {}, work = 2 * HOUR, pushed = 6 * HOUR) => {
  const device = pretendDevice({ wallAhead: 0, contacts: [0], ...life })
  return momentOf(device.at(work), { sent: device.at(pushed), receivedAt: START + pushed })
}
const off = (moment: { at: string }, work = 2 * HOUR) => Math.abs(Date.parse(moment.at) - START - work)

describe('the time of what was done offline', () => {
  test('is exact where the device kept running, however wrong its wall clock', () => {
    for (const wallAhead of [0, 3 * HOUR, -3 * HOUR, -START]) {
      const moment = offline({ wallAhead })
      expect([moment.quality, off(moment), moment.flags]).toEqual(['exact', 0, ['offline']])
    }
  })

  test('is exact though the wall clock was set in between', () => {
    const before = offline({ steps: [{ at: HOUR, by: -9 * HOUR }] })
    const after = offline({ steps: [{ at: 3 * HOUR, by: -9 * HOUR }] })
    expect([before.quality, off(before), after.quality, off(after)]).toEqual(['exact', 0, 'exact', 0])
  })

  test('is corrected by the wall clock where the device slept before and after', () => {
    const sleeps = [
      { from: HOUR, to: 1.5 * HOUR },
      { from: 3 * HOUR, to: 5 * HOUR },
    ]
    const moment = offline({ sleeps, wallAhead: 3 * HOUR })
    expect([moment.quality, off(moment)]).toEqual(['corrected', 0])
  })

  test('is doubtful where it slept and was set, and lies within what is possible', () => {
    const sleeps = [
      { from: HOUR, to: 1.5 * HOUR },
      { from: 3 * HOUR, to: 5 * HOUR },
    ]
    const moment = offline({ sleeps, steps: [{ at: 4 * HOUR, by: -300 * HOUR }] })
    expect(moment.flags).toEqual(['offline', 'doubtful'])
    expect(Date.parse(moment.at)).toBeGreaterThanOrEqual(START + 1.5 * HOUR)
    expect(Date.parse(moment.at)).toBeLessThanOrEqual(START + 4 * HOUR)
  })

  test('is exact after a restart, for what the session did that had heard the server', () => {
    const moment = offline({ restarts: [3 * HOUR], steps: [{ at: 3 * HOUR, by: -START }] })
    expect([moment.quality, off(moment)]).toEqual(['exact', 0])
  })

  test('is corrected for a session that never heard the server, if the wall clock kept its distance', () => {
    const restarts = [HOUR, 3 * HOUR]
    expect(offline({ restarts }).quality).toBe('corrected')
    expect(offline({ restarts, steps: [{ at: 3 * HOUR, by: HOUR }] }).quality).toBe('doubtful')
  })

  test('a battery that forgot the year and was set right at the next contact is never believed', () => {
    const lost = {
      restarts: [HOUR, 5 * HOUR],
      steps: [
        { at: HOUR, by: -START },
        { at: 5 * HOUR, by: START },
      ],
    }
    const moment = offline(lost)
    expect(moment).toMatchObject({ quality: 'doubtful', at: new Date(START).toISOString() })
  })

  test('what no clock can tell: set forward while restarted, and set right again before it sends', () => {
    const moment = offline({
      restarts: [HOUR, 5 * HOUR],
      steps: [
        { at: HOUR, by: 2 * HOUR },
        { at: 5 * HOUR, by: -2 * HOUR },
      ],
    })
    expect([moment.quality, off(moment)]).toEqual(['corrected', 2 * HOUR])
  })

  test('a device that stood still as a whole is noticed by what it had heard before', () => {
    const device = pretendDevice({ wallAhead: 0, contacts: [0], sleeps: [{ from: HOUR, to: 3 * HOUR }] })
    const [work, sent] = [device.at(4 * HOUR), device.at(6 * HOUR)]
    const stood = (time: DeviceTime) => ({ ...time, at: new Date(Date.parse(time.at) - 2 * HOUR).toISOString() })
    expect(momentOf(stood(work), { sent: stood(sent), receivedAt: START + 6 * HOUR }).quality).toBe('doubtful')
  })

  test('what cannot be is moved to what can, and flagged', () => {
    const device = pretendDevice({ wallAhead: 0, contacts: [], restarts: [3 * HOUR] })
    const sent = device.at(6 * HOUR)
    const receivedAt = START + 6 * HOUR
    const ahead = { ...device.at(2 * HOUR), at: '2031-01-01T00:00:00.000Z' }
    expect(momentOf(ahead, { sent, receivedAt })).toMatchObject({
      at: new Date(receivedAt).toISOString(),
      quality: 'doubtful',
    })
    const old = { ...device.at(2 * HOUR), at: '1970-01-01T00:00:00.000Z' }
    expect(Date.parse(momentOf(old, { sent, receivedAt }).at)).toBeGreaterThan(START - 367 * 24 * HOUR)
    const known = momentOf(old, { sent, receivedAt }, { notBefore: START + HOUR })
    expect(known).toMatchObject({ at: new Date(START + HOUR).toISOString(), quality: 'doubtful' })
  })

  test('the order of the device is certain: times against it are doubtful', () => {
    const device = pretendDevice({ wallAhead: 0, contacts: [0], restarts: [HOUR, 3 * HOUR] })
    const strayed = { ...device.at(1.5 * HOUR), at: new Date(START + 2.5 * HOUR).toISOString() }
    const [first, second, third] = momentsOf([device.at(HOUR / 2), strayed, device.at(2 * HOUR)], {
      sent: device.at(6 * HOUR),
      receivedAt: START + 6 * HOUR,
    })
    expect([first?.quality, second?.quality, third?.quality]).toEqual(['exact', 'doubtful', 'doubtful'])
  })
})

test('work whose times can only be guessed keeps its order to whoever sorts by time', () => {
  const device = pretendDevice({ wallAhead: 0, contacts: [0], restarts: [HOUR] })
  const sent = { ...device.at(2 * HOUR), at: '1970-01-01T00:00:00.000Z' }
  const lost = [1, 2, 3].map(() => ({ ...device.at(HOUR / 2), anchor: null, at: '2099-01-01T00:00:00.000Z' }))
  const moments = momentsOf(lost, { sent, receivedAt: START + 2 * HOUR })
  expect(moments.map(({ quality }) => quality)).toEqual(['doubtful', 'doubtful', 'doubtful'])
  expect(moments.map(({ at }) => START + 2 * HOUR - Date.parse(at))).toEqual([2, 1, 0])
})

describe('whatever a device says', () => {
  const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  const millis = fc.double({ min: 0, max: 1e9, noNaN: true })
  const deviceTime = fc.record({
    at: instant.map((at) => at.toISOString()),
    zone: fc.constant(null),
    offsetMinutes: fc.constant(0),
    session: fc.constantFrom('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'),
    monotonicMs: millis,
    anchor: fc.option(
      fc.record({
        serverAt: instant.map((at) => at.toISOString()),
        deviceAt: instant.map((at) => at.toISOString()),
        monotonicMs: millis,
      }),
    ),
    offsetMs: fc.option(fc.double({ min: -1e13, max: 1e13, noNaN: true })),
    heardAt: fc.option(instant.map((at) => at.toISOString())),
  })

  test('a time is never later than it was received, nor older than a year and a day, and in the order it was done', () => {
    fc.assert(
      fc.property(fc.array(deviceTime, { minLength: 1, maxLength: 6 }), deviceTime, instant, (done, sent, received) => {
        fc.pre(done.every((time) => DeviceTime.safeParse(time).success))
        const receivedAt = received.getTime()
        const moments = momentsOf(done, { sent, receivedAt })
        expect(moments).toHaveLength(done.length)
        for (const { at, quality, flags } of moments) {
          expect(Date.parse(at)).toBeLessThanOrEqual(receivedAt)
          expect(Date.parse(at)).toBeGreaterThanOrEqual(receivedAt - 366 * 24 * HOUR)
          expect(flags.includes('doubtful')).toBe(quality === 'doubtful')
        }
        for (const [index, { at }] of moments.entries()) {
          expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(moments[index - 1]?.at ?? at))
        }
      }),
    )
  })
})

describe('simulated shifts, four to eight hours offline, with slow networks and clocks that drift', () => {
  const runs = process.env.LONG_TESTS ? 40_000 : 4_000
  const figures = simulate(runs)

  test.each(figures.map((figure) => [figure.scenario, figure] as const))('%s', (_scenario, figure) => {
    console.log(
      `${figure.scenario.padEnd(44)} wrong by more than a minute and not flagged ${figure.wrongUnflagged} of ${runs}` +
        ` · exact ${share(figure.exact, runs)} corrected ${share(figure.corrected, runs)} doubtful ${share(figure.doubtful, runs)}` +
        ` · by the wall clock alone ${share(figure.wallWrong, runs)} wrong`,
    )
    expect(figure.wrongUnflagged).toBe(0)
    expect(figure.falseExact).toBe(0)
  })
})

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
