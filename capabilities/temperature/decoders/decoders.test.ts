import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import published from '../fixtures/payload-decoders.json' with { type: 'json' }
import { decode, knownDevices, readingsOf } from './index.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

describe('a payload is decoded as its maker publishes', () => {
  test.each(published.vectors)('$id: $device, $description', ({ device, fPort, hex, expected }) => {
    expect(decode(device, fPort, bytesOf(hex))).toEqual(expected)
  })
})

const readings = (device: string, fPort: number | null, hex: string) =>
  readingsOf(device, decode(device, fPort, bytesOf(hex)))

test('an unplugged probe is a reading without a value, never 327.67 degrees', () => {
  expect(readings('dragino/lht65', 2, 'CBF601900258017FFF7FFF')).toEqual([
    { channel: 'internal', value: 4, unit: 'C', measuredAt: null },
    { channel: 'external', value: null, unit: 'C', measuredAt: null },
  ])
  expect(readings('milesight-iot/ts201', 85, 'B36700')).toEqual([
    { channel: 'temperature', value: null, unit: 'C', measuredAt: null },
  ])
  expect(readings('ruuvi/tag-df5', null, '058000FFFFFFFF800080008000FFFFFFFFFFFFFFFFFFFFFF')).toMatchObject([
    { value: null },
  ])
})

test('what a device remembers keeps the time it was measured at', () => {
  expect(readings('milesight-iot/ts30x', 1, '20CEC79AFA6444BDFFF600')).toEqual([
    { channel: 'temperature_chn1', value: -6.7, unit: 'C', measuredAt: 1694145223000 },
    { channel: 'temperature_chn2', value: 24.6, unit: 'C', measuredAt: 1694145223000 },
  ])
})

test('two history records in one payload are both kept', () => {
  expect(decode('milesight-iot/em320-th', 85, bytesOf('20CE9E74466310015D20CE9F74466311015D'))).toMatchObject({
    history: [{ timestamp: 1665561758 }, { timestamp: 1665561759, temperature: 27.3 }],
  })
})

test('a door sensor without a thermometer gives no reading', () => {
  expect(readings('milesight-iot/ws301', 85, '017564030001040001')).toEqual([])
})

test('an unknown device, a wrong port and a cut payload are refused with a reason', () => {
  expect(decode('nobody/nothing', 1, bytesOf('00'))).toEqual({ error: 'unknown device' })
  expect(decode('dragino/lht65', null, bytesOf('CBF6'))).toEqual({ error: 'unknown FPort' })
  expect(decode('dragino/lht65', 2, bytesOf('CBF60B'))).toEqual({ error: 'truncated' })
  expect(decode('milesight-iot/em300-th', 85, new Uint8Array())).toEqual({ error: 'truncated' })
  expect(decode('milesight-iot/em300-th', 85, bytesOf('FFFF01'))).toEqual({ error: 'unknown channel' })
})

test('a payload cut short anywhere is refused or read in part, and never gives a wrong number', () => {
  const whole = bytesOf('01755C03673401046865')
  for (let length = 0; length < whole.length; length++) {
    const decoded = decode('milesight-iot/em300-th', 85, whole.subarray(0, length))
    if (!('error' in decoded)) expect({ battery: 92, temperature: 30.8, humidity: 50.5 }).toMatchObject(decoded)
  }
})

test('no bytes make a decoder throw, and every reading is a finite number or none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...knownDevices),
      fc.option(fc.nat(255), { nil: null }),
      fc.uint8Array({ maxLength: 60 }),
      (device, fPort, bytes) => {
        const decoded = decode(device, fPort, bytes)
        expect(readingsOf(device, decoded).every(({ value }) => value === null || Number.isFinite(value))).toBe(true)
        expect(() => JSON.stringify(decoded)).not.toThrow()
      },
    ),
    { numRuns: 3000 },
  )
})
