import type { DeviceTime } from './sync.ts'
import { momentOf } from './sync-clock.ts'

export const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const START = Date.parse('2026-03-01T10:00:00Z')

/** What happens to a device, in true ms since the start. */
export type Life = {
  /** The true time at which it begins. */
  start?: number
  /** How far its wall clock is ahead at first. */
  wallAhead: number
  /** How much both its clocks run fast, as a fraction. */
  drift?: number
  /** When the server answered. */
  contacts: readonly number[]
  /** Its wall clock is set forward (or back) by this. */
  steps?: readonly { at: number; by: number }[]
  /** Its monotonic clock stands still. */
  sleeps?: readonly { from: number; to: number }[]
  /** Its monotonic clock begins anew. */
  restarts?: readonly number[]
  /** How long an answer takes to arrive. */
  answerMs?: number
}

/** A device whose clocks do what clocks of kitchen tablets do. */
export function pretendDevice(life: Life) {
  const { start = START, wallAhead, drift = 0, contacts, steps = [], sleeps = [], restarts = [], answerMs = 0 } = life
  const wall = (t: number) =>
    start + t * (1 + drift) + wallAhead + steps.filter(({ at }) => at <= t).reduce((sum, { by }) => sum + by, 0)
  const sessionOf = (t: number) => restarts.filter((at) => at <= t).length
  const awake = (from: number, to: number) =>
    to - from - sleeps.reduce((sum, s) => sum + Math.max(0, Math.min(to, s.to) - Math.max(from, s.from)), 0)
  const monotonic = (t: number) => awake(restarts.filter((at) => at <= t).at(-1) ?? -HOUR, t) * (1 + drift)

  const at = (t: number): DeviceTime => {
    const contact = contacts.filter((c) => c + answerMs <= t).at(-1)
    const heard = contact === undefined ? undefined : contact + answerMs
    const inSession = heard !== undefined && sessionOf(heard) === sessionOf(t)
    return {
      at: new Date(wall(t)).toISOString(),
      zone: 'America/Chicago',
      offsetMinutes: -360,
      session: `00000000-0000-4000-8000-00000000000${sessionOf(t)}`,
      monotonicMs: monotonic(t),
      anchor:
        contact !== undefined && heard !== undefined && inSession
          ? {
              serverAt: new Date(start + contact).toISOString(),
              deviceAt: new Date(wall(heard)).toISOString(),
              monotonicMs: monotonic(heard),
            }
          : null,
      offsetMs: contact === undefined || heard === undefined ? null : start + contact - wall(heard),
      heardAt: contact === undefined ? null : new Date(start + contact).toISOString(),
    }
  }
  return { at, isAsleep: (t: number) => sleeps.some(({ from, to }) => from <= t && t < to) }
}

export type Figure = {
  scenario: string
  wrongUnflagged: number
  falseExact: number
  exact: number
  corrected: number
  doubtful: number
  /** Of these the wall clock alone would have been wrong by more than a minute. */
  wallWrong: number
}

/** Each scenario so many times, each time another device, work at any moment of it. */
export function simulate(runs: number): Figure[] {
  const random = chance(42)
  const between = (least: number, most: number) => least + random() * (most - least)
  const sign = () => (random() < 0.5 ? -1 : 1)
  /** One after another, never two at once. */
  const naps = (T: number) => {
    const parts = 1 + Math.floor(random() * 4)
    return Array.from({ length: parts }, (_, part) => {
      const [from, to] = [between(part, part + 0.5), between(part + 0.5, part + 0.95)]
      return { from: (from * T) / parts, to: (to * T) / parts }
    })
  }
  const some = (T: number) =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => between(0, T)).sort((a, b) => a - b)
  const step = (T: number) => [{ at: between(0, T), by: sign() * between(MINUTE, 24 * HOUR) }]

  const scenarios: Record<string, (T: number) => Partial<Life>> = {
    'a clock that is right': () => ({ wallAhead: between(-3, 3) * SECOND }),
    'a wall clock at 1970': () => ({ wallAhead: -START }),
    'three hours wrong': () => ({ wallAhead: sign() * 3 * HOUR }),
    'stepped while offline': (T) => ({ steps: step(T) }),
    slept: (T) => ({ sleeps: naps(T) }),
    'slept, three hours wrong': (T) => ({ sleeps: naps(T), wallAhead: sign() * 3 * HOUR }),
    restarted: (T) => ({ restarts: some(T) }),
    'restarted, at 1970': (T) => ({ restarts: some(T), wallAhead: -START }),
    'stepped and restarted': (T) => ({ restarts: some(T), steps: step(T) }),
    'stepped and slept': (T) => ({ sleeps: naps(T), steps: step(T) }),
    'stepped, slept and restarted': (T) => ({ sleeps: naps(T), steps: step(T), restarts: some(T) }),
    'never spoke to the server before': (T) => ({
      contacts: [],
      sleeps: naps(T),
      restarts: some(T),
      wallAhead: 3 * HOUR,
    }),
    'lost the year with its battery, set right before it sends': (T) => {
      const [down, up] = [between(0, T / 2), between(T * 0.9, T)]
      return {
        restarts: [down, up],
        steps: [
          { at: down, by: -START },
          { at: up, by: START },
        ],
      }
    },
  }

  return Object.entries(scenarios).map(([scenario, lifeOf]) => {
    const figure: Figure = {
      scenario,
      wrongUnflagged: 0,
      falseExact: 0,
      exact: 0,
      corrected: 0,
      doubtful: 0,
      wallWrong: 0,
    }
    for (let run = 0; run < runs; run++) {
      const T = between(4, 8) * HOUR
      const device = pretendDevice({
        wallAhead: 0,
        drift: between(-5e-5, 5e-5),
        contacts: [0],
        answerMs: between(20, 3 * SECOND),
        ...lifeOf(T),
      })
      let t = between(3 * SECOND, T)
      while (device.isAsleep(t)) t = between(3 * SECOND, T)
      const work = device.at(t)
      const moment = momentOf(work, { sent: device.at(T), receivedAt: START + T + between(20, 4 * SECOND) })
      const wrongBy = Math.abs(Date.parse(moment.at) - START - t)
      figure[moment.quality as 'exact']++
      if (wrongBy > MINUTE && moment.quality !== 'doubtful') figure.wrongUnflagged++
      if (wrongBy > MINUTE && moment.quality === 'exact') figure.falseExact++
      if (Math.abs(Date.parse(work.at) - START - t) > MINUTE) figure.wallWrong++
    }
    return figure
  })
}

/** The same numbers in every run. */
function chance(seed: number) {
  let s = seed
  return () => {
    s = (s + 0x6d2b79f5) | 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
