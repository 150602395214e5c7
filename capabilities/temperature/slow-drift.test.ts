import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HourMean, hasDrifted, isBackToUsual, quietTemperature } from './slow-drift.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const start = Date.UTC(2026, 0, 1)

/** Was it noticed at any hour of these days? */
const isEverNoticed = (hours: readonly HourMean[]) => hours.some(({ hour }) => isNoticedAt(hours, hour + HOUR))
const isNoticedAt = (hours: readonly HourMean[], now: number) => {
  const known = hours.filter(({ hour }) => hour + HOUR <= now)
  const quiet = quietTemperature(known, now)
  return quiet !== null && hasDrifted(quiet)
}

/** Creeps up by so much within so many days, and stays there. */
const ramp = (hours: readonly HourMean[], from: number, milli: number, days: number) =>
  hours.map(({ hour, milliCelsius }) => ({
    hour,
    milliCelsius: milliCelsius + milli * Math.min(1, Math.max(0, (hour - from) / (days * DAY))),
  }))

/** A cold unit: noise, four defrosts a day, doors open for lunch and dinner. */
const unit = fc
  .record({
    setPoint: fc.integer({ min: -25_000, max: 4_000 }),
    noise: fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 14 * 24, maxLength: 14 * 24 }),
    defrost: fc.integer({ min: 0, max: 6_000 }),
    doors: fc.integer({ min: 0, max: 2_500 }),
  })
  .map(({ setPoint, noise, defrost, doors }) =>
    noise.map((random, n) => ({
      hour: start + n * HOUR,
      milliCelsius:
        setPoint + random + (n % 6 === 0 ? defrost : 0) + ([11, 12, 13, 18, 19, 20].includes(n % 24) ? doors : 0),
    })),
  )

test('a unit that defrosts and is used every day is never noticed', () => {
  fc.assert(
    fc.property(unit, (hours) => !isEverNoticed(hours)),
    { numRuns: 20 },
  )
})

test('2 °C more within 7 days are noticed, whenever they begin after the usual is known', () => {
  fc.assert(
    fc.property(unit, fc.integer({ min: 4 * 24, max: 6 * 24 }), (hours, from) =>
      isEverNoticed(ramp(hours, start + from * HOUR, 2_000, 7)),
    ),
    { numRuns: 20 },
  )
})

test('one warm day is not a drift, and a colder unit never is', () => {
  const steady = Array.from({ length: 14 * 24 }, (_, n) => ({ hour: start + n * HOUR, milliCelsius: -20_000 }))
  const warmDay = steady.map((one, n) => (n >= 240 && n < 264 ? { ...one, milliCelsius: -17_500 } : one))
  expect(isEverNoticed(warmDay)).toBe(false)
  expect(isEverNoticed(ramp(steady, start + 5 * DAY, -5_000, 5))).toBe(false)
})

test('a drift is measured against what was usual before it, and is over when half of it is gone', () => {
  const steady = Array.from({ length: 20 * 24 }, (_, n) => ({ hour: start + n * HOUR, milliCelsius: 2_000 }))
  const now = start + 20 * DAY
  const at = (milliCelsius: number) =>
    quietTemperature(
      steady.map((one) => ({ ...one, milliCelsius })),
      now,
      2_000,
    )
  expect(at(3_500)).toEqual({ typicalMilliCelsius: 3_500, usualMilliCelsius: 2_000 })
  expect([3_499, 2_751, 2_750].map((milli) => isBackToUsual(at(milli) ?? expect.fail()))).toEqual([false, false, true])
})

test('nothing is said of days with too few hours, nor without a usual', () => {
  const hours = Array.from({ length: 14 * 24 }, (_, n) => ({ hour: start + n * HOUR, milliCelsius: n * 50 }))
  const now = start + 14 * DAY
  expect(quietTemperature([], now)).toBeNull()
  expect(quietTemperature(hours.slice(-5 * 24), now)).toBeNull()
  expect(quietTemperature(hours.slice(-6 * 24), now)).not.toBeNull()
  expect(quietTemperature(hours.slice(0, -7), now)).toBeNull()
})

/** A real freezer, one reading a minute for 14 days. Its licence is unclear, so it stays beside the repository. */
const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../shared')
const file = join(shared, 'data/freezer/freezer-14-days-1-minute.csv')
const isHere = existsSync(file)
const title = 'the real freezer of 14 days'
if (!isHere) console.warn(`NOT RUN: ${title}: ${file} is absent; OPSFLOW_SHARED names the folder that holds data/`)

describe.skipIf(!isHere)(isHere ? title : `${title} (NOT RUN: ${file} is absent)`, () => {
  const hours = isHere ? hoursOf(parse(readFileSync(file), { columns: true })) : []

  test('is not noticed at any of its hours', () => {
    expect(hours.length).toBeGreaterThan(330)
    expect(isEverNoticed(hours)).toBe(false)
  })

  test('is noticed when 2 °C within 7 days are laid over it, from any hour of its first days on', () => {
    const missed = hours
      .map(({ hour }) => hour)
      .filter((from) => from >= (hours[0]?.hour ?? 0) + 4 * DAY && from <= (hours.at(-1)?.hour ?? 0) - 8 * DAY)
      .filter((from) => !isEverNoticed(ramp(hours, from, 2_000, 7)))
    expect(missed).toEqual([])
  })

  test('is not noticed for 0.5 °C within 7 days', () => {
    expect(isEverNoticed(ramp(hours, (hours[0]?.hour ?? 0) + 5 * DAY, 500, 7))).toBe(false)
  })

  function hoursOf(rows: { ISOdateTime: string; Temperature: string }[]): HourMean[] {
    const byHour = new Map<number, { Temperature: string }[]>()
    for (const row of rows) {
      const hour = Math.floor(Date.parse(row.ISOdateTime) / HOUR) * HOUR
      byHour.set(hour, [...(byHour.get(hour) ?? []), row])
    }
    return [...byHour].map(([hour, of]) => ({
      hour,
      milliCelsius: (of.reduce((sum, { Temperature }) => sum + Number(Temperature), 0) / of.length) * 1000,
    }))
  }
})
