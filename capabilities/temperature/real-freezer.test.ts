import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { type AlarmPolicyInput, alarmBound, policyClock } from './alarm-policy.ts'
import type { Excursion, SensorReading } from './assess.ts'
import { guessColumns, numbersIn, rowReader } from './csv-columns.ts'
import vectors from './fixtures/freezer-alarms.json' with { type: 'json' }
import { likelyUnit } from './likely-unit.ts'
import { replay } from './replay.ts'
import { defaultAlarmPolicy } from './unit-defaults.ts'
import { temperatureSent } from './value.ts'

/** A real freezer, one reading a minute for 14 days. Its licence is unclear, so it stays beside the repository. */
const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../shared')
const file = join(shared, 'data/freezer/freezer-14-days-1-minute.csv')
const isHere = existsSync(file)
const title = 'the real freezer of 14 days'
if (!isHere) console.warn(`NOT RUN: ${title}: ${file} is absent; OPSFLOW_SHARED names the folder that holds data/`)

describe.skipIf(!isHere)(isHere ? title : `${title} (NOT RUN: ${file} is absent)`, () => {
  const [header = [], ...rows]: string[][] = isHere ? parse(readFileSync(file)) : []
  const guessed = guessColumns(header, rows.slice(0, 50))

  test('its columns are recognised: an instant with offset, and degrees that nobody named and that only Celsius explains', () => {
    expect(guessed).toEqual({
      ok: true,
      doubts: ['unit_unnamed'],
      mapping: {
        time: { column: header.indexOf('ISOdateTime'), timeOfDayColumn: null, format: 'iso' },
        temperature: { column: header.indexOf('Temperature'), unit: null },
        sensorColumn: null,
      },
    })
    const column = header.indexOf('Temperature')
    expect(likelyUnit('freezer', numbersIn(rows.slice(0, 50), column))).toEqual({
      unit: 'C',
      middle: -19.5,
    })
  })

  /** What a person decides in the preview, as it is proposed. */
  const mapping = guessed.ok
    ? { ...guessed.mapping, temperature: { ...guessed.mapping.temperature, unit: 'C' as const } }
    : null

  test('each of its 20,186 rows is a reading, whichever column tells the time', () => {
    expect(readings).toHaveLength(20_186)
    if (!mapping) return
    const inSeconds = {
      ...mapping,
      time: { column: header.indexOf('LinuxTime'), timeOfDayColumn: null, format: 'epoch_seconds' as const },
    }
    // The logger wrote its wall clock four hours ahead of UTC
    const onTheWall = {
      ...mapping,
      time: { column: 0, timeOfDayColumn: null, format: 'wall_month_first' as const },
    }
    expect(readAll(inSeconds, 'UTC')).toEqual(readings)
    expect(readAll(onTheWall, 'Asia/Dubai')).toEqual(readings)
  })

  function readAll(mapping: Parameters<typeof rowReader>[1], timezone: string): Reading[] {
    const read = rowReader(header, mapping, timezone)
    return rows.map((row) => {
      const parsed = read(row)
      if (!parsed.ok || parsed.reading.sent === null) return expect.fail(`row ${row}`)
      const sent = temperatureSent(parsed.reading.sent, parsed.reading.unit)
      if (!sent.ok) return expect.fail(`row ${row}`)
      return { at: parsed.reading.at, unit: sent.value.unit, milli: sent.value.milli }
    })
  }

  const readings = mapping ? readAll(mapping, 'UTC') : []

  describe('alarms when the vectors say', () => {
    test.each(vectors.vectors)('$id', ({ input, expected }) => {
      const policy = upTo(input.limitC, input.delayMinutes)
      const alarms = alarmsOf(policy, every(input.everyMinutes, withFault(input.fault)))
      if ('alarmCount' in expected) {
        expect({ alarmCount: alarms.length, firstAlarm: alarms[0] ?? null }).toEqual(expected)
      } else {
        const from = input.fault?.from ?? ''
        expect(alarms.find((alarm) => alarm >= from)).toBe(expected.firstAlarmAfterFault)
      }
    })
  })

  const usual = defaultAlarmPolicy('walk_in_freezer', 'us') ?? expect.fail('freezers are watched')

  test.each([1, 5, 10, 15])('14 days wake nobody under the default policy, read every %i minutes', (minutes) => {
    expect(alarmsOf(usual, every(minutes, readings))).toEqual([])
  })

  /** The vectors' times for −18 °C after 90 minutes: 21:53 and 21:33. Rarer readings find it at their next one. */
  test.each([
    [1, '2022-07-10T21:53:00Z', '2022-07-10T21:33:00Z'],
    [5, '2022-07-10T21:55:00Z', '2022-07-10T21:35:00Z'],
    [10, '2022-07-10T22:00:00Z', '2022-07-10T21:40:00Z'],
    [15, '2022-07-10T22:00:00Z', '2022-07-10T21:45:00Z'],
  ])('a fault is an alarm under the default policy, read every %i minutes', (minutes, compressor, door) => {
    expect(alarmsOf(usual, every(minutes, withFault({ kind: 'compressor', from: FAULT_AT })))).toEqual([compressor])
    expect(alarmsOf(usual, every(minutes, withFault({ kind: 'door_ajar', from: FAULT_AT })))).toEqual([door])
  })

  test('behind a 5-minute product filter 85 minutes of grace do the same, sooner', () => {
    const filtered = { ...upTo(-18, 85), productFilterMinutes: 5 }
    expect(alarmsOf(filtered, readings)).toEqual([])
    expect(alarmsOf(filtered, withFault({ kind: 'compressor', from: FAULT_AT }))).toEqual(['2022-07-10T21:52:00Z'])
    expect(alarmsOf(filtered, withFault({ kind: 'door_ajar', from: FAULT_AT }))).toEqual(['2022-07-10T21:31:00Z'])
  })

  test('the default leaves ten minutes between the longest defrost and an alarm', () => {
    const longest = Math.max(
      ...excursionsOf(usual, readings).map(({ startedAt, lastOutsideAt }) => lastOutsideAt - startedAt),
    )
    expect(longest / 60_000).toBe(80)
    expect(usual.graceMinutes).toBe(90)
  })

  test('alarms are one thing and compliance is another: what woke nobody was outside the limit 2,658 times', () => {
    expect(readings.filter(({ milli }) => milli > -18_000)).toHaveLength(2_658)
  })

  function withFault(fault: { kind: string; from: string } | null): Reading[] {
    if (fault === null) return readings
    const from = Date.parse(fault.from)
    return readings.map((reading) => {
      const m = (reading.at - from) / 60_000
      if (m < 0 || (fault.kind === 'door_ajar' && m >= 120)) return reading
      const celsius =
        fault.kind === 'door_ajar'
          ? reading.milli / 1000 + 12 * (1 - Math.exp(-m / 15))
          : -19.5 + 42 * (1 - Math.exp(-m / 600))
      return { ...reading, milli: Math.round(celsius * 10) * 100 }
    })
  }
})

type Reading = Extract<SensorReading, { milli: number }>

const FAULT_AT = '2022-07-10T20:00:00Z'

const upTo = (limitC: number, graceMinutes: number): AlarmPolicyInput => ({
  limits: { max: alarmBound(limitC * 1000, 'C'), min: null },
  graceMinutes,
  productFilterMinutes: 0,
  schedule: [],
})

const every = (minutes: number, readings: Reading[]) => readings.filter(({ at }) => at % (minutes * 60_000) === 0)

const excursionsOf = (policy: AlarmPolicyInput, readings: Reading[]): Excursion[] =>
  replay(policyClock([{ ...policy, id: 'freezer', startsAt: '2022-01-01T00:00:00Z' }], 'UTC'), readings).excursions

const alarmsOf = (policy: AlarmPolicyInput, readings: Reading[]): string[] =>
  excursionsOf(policy, readings).flatMap(({ alarmedAt }) =>
    alarmedAt === null ? [] : [new Date(alarmedAt).toISOString().replace('.000Z', 'Z')],
  )
