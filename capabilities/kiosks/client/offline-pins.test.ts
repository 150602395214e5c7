import { createHash } from 'node:crypto'
import type { Session } from '@opsflow/capabilities/people'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { OFFLINE_DAYS, PIN_ROUNDS } from '../offline-proof.ts'
import { offlinePins } from './offline-pins.ts'
import { type Kept, nothingKept, type PinKeep } from './pin-keep.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const START = Date.parse('2026-11-20T08:00:00Z')
const PIN = '402957'
const WRONG = '402958'
const SET = '2026-11-01T08:00:00.123456Z'
const ana = { id: 'ana', name: 'Ana', pinSetAt: SET }
const ben = { id: 'ben', name: 'Ben', pinSetAt: SET }

/** Whatever the server said of them: the tablet only keeps it. */
const session = { member: { id: 'ana' } } as Session

let kept: Kept
let wallMs: number
let monotonicMs: number

/** Outlives every start of the app. */
const keep: PinKeep = {
  async change(step) {
    const [next, value] = step(kept)
    kept = structuredClone(next)
    return value
  },
  read: async () => kept,
}
const times = { monotonicMs: () => monotonicMs, wallMs: () => wallMs }
/** A start of the app: what it counted is gone, what it kept is not. */
const start = () => offlinePins(keep, times, 1000)
const pass = (ms: number) => {
  wallMs += ms
  monotonicMs += ms
}
const answer = (staff = [ana, ben], state: 'ready' | 'locked' | 'wiped' | 'unknown' = 'ready') => ({
  state,
  staff,
  at: new Date(wallMs).toISOString(),
})
const seat = (person = ana) => ({ id: person.id, pinSetAt: SET, provenAt: new Date(wallMs).toISOString() })
const outcome = (pins = start(), pin = PIN, person: typeof ana | null = ana, id = 'ana') =>
  pins.prove(person ?? undefined, id, pin).then(
    () => 'proved',
    ({ code }) => code as string,
  )

beforeEach(async () => {
  kept = nothingKept
  wallMs = START
  monotonicMs = 0
  for (const person of [ana, ben]) await start().learn(seat(person), PIN, session)
})

describe('a PIN that the server has seen on this tablet', () => {
  test('is known without a network, also after the app was started anew', async () => {
    expect(await outcome()).toBe('proved')
    expect(await outcome(start(), WRONG)).toBe('kiosks.pin_wrong')
  })

  test('opens nobody else, whoever moves the verifiers about', async () => {
    const { ana: hers, ben: his } = kept.verifiers
    kept = { ...kept, verifiers: { ana: his as never, ben: hers as never } }
    expect(await outcome()).toBe('kiosks.pin_wrong')
  })

  test('is kept as neither itself nor a hash that is quick to guess, under a key no script can take', async () => {
    await offlinePins(keep, times).learn(seat(), PIN, session)
    const verifier = kept.verifiers.ana
    expect(verifier?.rounds).toBe(PIN_ROUNDS)
    expect(PIN_ROUNDS).toBeGreaterThanOrEqual(600_000)
    expect(verifier?.key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', verifier?.key as CryptoKey)).rejects.toThrow()
    const bytes = Buffer.from(verifier?.tag ?? new ArrayBuffer()).toString('hex')
    const quick = ['sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(PIN).digest('hex').slice(0, 32))
    for (const trace of [PIN, ...quick]) expect(JSON.stringify(kept) + bytes).not.toContain(trace)
  })

  test.each([
    ['someone who never signed in here', { ...ana, id: 'cy' }, 'cy', 'kiosks.offline_never_here'],
    ['someone the server lists no more', null, 'ana', 'kiosks.offline_not_listed'],
    [
      'someone whose PIN is another by now',
      { ...ana, pinSetAt: '2026-11-19T08:00:00Z' },
      'ana',
      'kiosks.offline_pin_changed',
    ],
  ])('is not looked at for %s', async (_who, person, id, code) => {
    expect(await outcome(start(), PIN, person, id)).toBe(code)
    expect(kept.tries, 'nor counted').toEqual([])
  })

  test(`is good for ${OFFLINE_DAYS} days, and anew after each time the server sees it`, async () => {
    pass(OFFLINE_DAYS * DAY - MINUTE)
    expect(await outcome()).toBe('proved')
    pass(MINUTE)
    expect(await outcome()).toBe('kiosks.offline_too_long')
    await start().learn(seat(), PIN, session)
    expect(await outcome()).toBe('proved')
  })

  test('goes when the server lists its owner no more, knows another PIN, or wipes the tablet', async () => {
    await start().heard(answer([ana]))
    expect(Object.keys(kept.verifiers)).toEqual(['ana'])
    await start().heard(answer([], 'locked'))
    expect(Object.keys(kept.verifiers), 'a locked tablet is told no names').toEqual(['ana'])
    await start().heard(answer([{ ...ana, pinSetAt: '2026-11-19T08:00:00Z' }]))
    expect(kept.verifiers).toEqual({})
    await start().learn(seat(), PIN, session)
    await start().heard(answer([], 'wiped'))
    expect(kept).toEqual(nothingKept)
  })
})

describe('wrong PINs without a network', () => {
  const wrong = async (count: number, person = ana, pins = start()) => {
    for (let n = 0; n < count; n++) await outcome(pins, WRONG, person, person.id)
  }

  test('five lock their person out, the right PIN too, for a quarter of an hour', async () => {
    const pins = start()
    await wrong(5, ana, pins)
    expect(await outcome(pins)).toBe('kiosks.pin_locked')
    expect(await outcome(pins, PIN, ben, 'ben'), 'nobody else').toBe('proved')
    pass(15 * MINUTE)
    expect(await outcome(pins)).toBe('proved')
  })

  test('twenty within an hour close the tablet for everyone', async () => {
    const crew = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...ana, id }))
    for (const person of crew) await start().learn(seat(person), PIN, session)
    for (const person of crew) await wrong(4, person)
    expect(await outcome(start(), PIN, ben, 'ben')).toBe('kiosks.guarded')
  })

  test('count on through a reload, and through a clock that is set ahead or back', async () => {
    await wrong(5)
    for (const jump of [10 * DAY, -20 * DAY, 10 * DAY]) {
      wallMs += jump
      expect(await outcome(start())).toBe('kiosks.pin_locked')
    }
  })

  test('count on while the app does not run: only its running time lets a lock pass', async () => {
    await wrong(5)
    wallMs += DAY
    const pins = start()
    expect(await outcome(pins)).toBe('kiosks.pin_locked')
    pass(15 * MINUTE)
    await pins.tick()
    expect(await outcome(start())).toBe('proved')
  })

  test('do not pass quicker in many tabs', async () => {
    await wrong(5)
    const tabs = Array.from({ length: 20 }, start)
    for (const tab of tabs) await tab.tick()
    pass(14 * MINUTE)
    for (const tab of tabs) await tab.tick()
    expect(await outcome(tabs[0])).toBe('kiosks.pin_locked')
  })

  test('are counted before they are looked at: pulling the plug takes none back', async () => {
    let writes = 0
    const pulled: PinKeep = {
      ...keep,
      change: (step) => (++writes > 1 ? Promise.reject(new Error('no power')) : keep.change(step)),
    }
    await expect(offlinePins(pulled, times, 1000).prove(ana, 'ana', PIN)).rejects.toThrow('no power')
    expect(kept.tries).toHaveLength(1)
  })

  test('guessed at once are counted one by one', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(start(), WRONG)))
    expect(outcomes.filter((one) => one === 'kiosks.pin_wrong')).toHaveLength(5)
    expect(outcomes.filter((one) => one === 'kiosks.pin_locked')).toHaveLength(3)
  })

  test('whatever a thief does to clock and app: no more than five looks in any quarter of an hour of running time', async () => {
    const move = fc.oneof(
      fc.record({ run: fc.integer({ min: 1, max: 6 * MINUTE }) }),
      fc.record({ wall: fc.integer({ min: -40 * DAY, max: 40 * DAY }) }),
      fc.record({ restart: fc.constant(true) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 50 }), async (moves) => {
        kept = { ...kept, tries: [] }
        let pins = start()
        let ran = 0
        const looks: number[] = []
        for (const move of moves) {
          if ('run' in move) {
            pass(move.run)
            ran += move.run
          } else if ('wall' in move) wallMs += move.wall
          else pins = start()
          if ((await outcome(pins, WRONG)) === 'kiosks.pin_wrong') looks.push(ran)
        }
        for (const from of looks) {
          expect(looks.filter((at) => at >= from && at < from + 15 * MINUTE).length).toBeLessThanOrEqual(5)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the time of a tablet', () => {
  test('is not won back by setting its clock back', async () => {
    const pins = start()
    pass(OFFLINE_DAYS * DAY)
    await pins.tick()
    wallMs = START
    expect(await outcome(start())).toBe('kiosks.offline_too_long')
  })

  test('set ahead by mistake, it is believed until the server is heard again', async () => {
    wallMs += 30 * DAY
    expect(await outcome()).toBe('kiosks.offline_too_long')
    wallMs -= 30 * DAY
    await start().heard(answer())
    expect(await outcome()).toBe('proved')
  })
})
