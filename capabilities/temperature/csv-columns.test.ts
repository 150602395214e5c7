import { describe, expect, test } from 'vitest'
import { guessColumns, rowReader } from './csv-columns.ts'

const guess = (header: string[], ...rows: string[][]) => guessColumns(header, rows)

describe('guessing what the columns of a file mean', () => {
  test('a time with its offset is preferred to seconds, and those to a clock on a wall', () => {
    const header = ['\uFEFFDateTime', 'LinuxTime', 'ISOdateTime', 'Temperature', 'Humidity']
    const row = ['7/28/2022, 4:00:00 PM', '1659024000', '2022-07-28T16:00:00.000Z', '-19.3', '49']
    expect(guess(header, row)).toEqual({
      ok: true,
      doubts: ['unit_unnamed'],
      mapping: {
        time: { column: 2, timeOfDayColumn: null, format: 'iso' },
        temperature: { column: 3, unit: null },
        sensorColumn: null,
      },
    })
    expect(guess(header.toSpliced(2, 1), row.toSpliced(2, 1))).toMatchObject({
      mapping: { time: { column: 1, format: 'epoch_seconds' } },
    })
  })

  test.each([
    ['temp_f', 'F'],
    ['Temperature (°F)', 'F'],
    ['Temp [C]', 'C'],
    ['Fahrenheit', 'F'],
    ['temperature_celsius', 'C'],
    ['Temp. °F', 'F'],
    ['Temperature F', 'F'],
  ])('%s names its unit', (name, unit) => {
    expect(guess(['time', name], ['2026-03-01T10:00:00Z', '38.5'])).toMatchObject({
      doubts: [],
      mapping: { temperature: { column: 1, unit } },
    })
  })

  test('cells may name the unit; where some do and some do not, nobody has named it', () => {
    const at = '2026-03-01T10:00:00Z'
    expect(guess(['time', 'temp'], [at, '38 °F'], [at, '39.5 F'])).toMatchObject({
      doubts: [],
      mapping: { temperature: { column: 1, unit: 'F' } },
    })
    expect(guess(['time', 'temp'], [at, '38 °F'], [at, '3'])).toMatchObject({
      doubts: ['unit_unnamed'],
      mapping: { temperature: { unit: null } },
    })
  })

  test('a setpoint, a limit and the humidity are no readings', () => {
    const header = ['timestamp', 'temp_setpoint_c', 'humidity', 'temp_max_c', 'temp_c', 'sensor']
    expect(guess(header, ['2026-03-01T10:00:00+01:00', '3', '60', '5', '3.4', 'walk-in'])).toMatchObject({
      mapping: { temperature: { column: 4 }, sensorColumn: 5 },
    })
  })

  test('date and time may stand in two columns', () => {
    expect(guess(['Date', 'Time', 'Temp C'], ['28.07.2022', '16:05', '3,5'])).toMatchObject({
      doubts: [],
      mapping: { time: { column: 0, timeOfDayColumn: 1, format: 'wall_day_first' } },
    })
  })

  test('3/4/2026 may be March or April: the person who imports is asked', () => {
    expect(guess(['when', 'temp_f'], ['3/4/2026 4:00 PM', '38'])).toMatchObject({ doubts: ['day_and_month_ambiguous'] })
    expect(guess(['when', 'temp_f'], ['3/4/2026 4:00 PM', '38'], ['3/14/2026 4:00 PM', '38'])).toMatchObject({
      doubts: [],
    })
  })

  test('a serial number of ten digits is not a time', () => {
    expect(guess(['serial', 'temp_c'], ['1659024000', '3'])).toEqual({ ok: false, missing: ['time'] })
  })

  test('a file without a temperature says so', () => {
    expect(guess(['time', 'humidity'], ['2026-03-01T10:00:00Z', '60'])).toEqual({ ok: false, missing: ['temperature'] })
    expect(guess([])).toEqual({ ok: false, missing: ['time', 'temperature'] })
  })
})

describe('reading a row', () => {
  const header = ['when', 'temp_f', 'probe']
  const read = rowReader(
    header,
    {
      time: { column: 0, timeOfDayColumn: null, format: 'wall_month_first' },
      temperature: { column: 1, unit: 'F' },
      sensorColumn: 2,
    },
    'America/New_York',
  )

  test('a time on the wall is an instant in its zone', () => {
    expect(read(['7/7/2026, 4:00:00 PM', '38.5', 'walk-in'])).toEqual({
      ok: true,
      reading: { at: Date.parse('2026-07-07T20:00:00Z'), sent: '38.5', unit: 'F', sensor: 'walk-in' },
    })
  })

  test('12 AM is midnight and 12 PM noon', () => {
    const at = (time: string) => {
      const row = read([time, '38', ''])
      return row.ok && new Date(row.reading.at).toISOString()
    }
    expect(at('1/2/2026 12:00 AM')).toBe('2026-01-02T05:00:00.000Z')
    expect(at('1/2/2026 12:00 PM')).toBe('2026-01-02T17:00:00.000Z')
  })

  test('a cell may name its own unit', () => {
    expect(read(['1/2/2026 8:00 AM', '3.5 °C', ''])).toMatchObject({
      reading: { sent: '3.5', unit: 'C', sensor: null },
    })
  })

  test('NaN is a value that the sensor did not have; a sentinel is left for the sensor fault rules', () => {
    expect(read(['1/2/2026 8:00 AM', 'NaN', ''])).toMatchObject({ ok: true, reading: { sent: null } })
    expect(read(['1/2/2026 8:00 AM', '327.67', ''])).toMatchObject({ ok: true, reading: { sent: '327.67' } })
  })

  test.each([
    [['2/30/2026 8:00 AM', '38', ''], 'when', 'temperature.time_unreadable'],
    [['1/2/2026 25:00', '38', ''], 'when', 'temperature.time_unreadable'],
    [['1/2/1999 8:00 AM', '38', ''], 'when', 'temperature.time_implausible'],
    [['1/2/2026 8:00 AM', 'warm', ''], 'temp_f', 'temperature.value_not_a_number'],
    [['1/2/2026 8:00 AM', '', ''], 'temp_f', 'temperature.value_empty'],
    [['1/2/2026 8:00 AM'], 'temp_f', 'temperature.row_too_short'],
    [[], 'when', 'temperature.row_too_short'],
  ])('%j is refused at its column', (row, column, code) => {
    expect(read(row)).toMatchObject({
      ok: false,
      errors: expect.arrayContaining([expect.objectContaining({ column, code })]),
    })
  })

  test('two wrong cells are two errors', () => {
    expect(read(['soon', 'warm', ''])).toMatchObject({ errors: [{ column: 'when' }, { column: 'temp_f' }] })
  })
})
