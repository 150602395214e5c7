import { describe, expect, test } from 'vitest'
import { faultOf, sense } from './sensor-fault.ts'

const celsius = (degrees: number) => ({ unit: 'C' as const, milli: degrees * 1000 })
const inCooler = { source: 'sensor', unitKind: 'walk_in_cooler' } as const
const inHotWell = { source: 'sensor', unitKind: 'hot_hold' } as const

describe('a number that stands for a fault', () => {
  test.each([-127, 327.67, 882.6, 3276.7, -3276.8, -327.68])('%d °C is a broken sensor anywhere', (degrees) => {
    expect(faultOf(celsius(degrees), inHotWell)).toBe('disconnected')
  })

  test('85.0 °C in a cooler is the power-on value of its sensor', () => {
    expect(faultOf(celsius(85), inCooler)).toBe('power_on')
    expect(faultOf({ unit: 'F', milli: 185_000 }, inCooler)).toBe('power_on')
    expect(faultOf(celsius(85.1), inCooler)).toBeNull()
  })

  test('85.0 °C in a hot well is a temperature, unless the thermometer is a DS18B20', () => {
    expect(faultOf(celsius(85), inHotWell)).toBeNull()
    expect(faultOf(celsius(85), { ...inHotWell, isDs18b20: true })).toBe('power_on')
  })

  test('85 typed by a person at the dish machine is a temperature', () => {
    expect(faultOf(celsius(85), { source: 'typed', unitKind: 'dish_machine' })).toBeNull()
  })

  test('beyond what a kitchen can be is a fault of the sensor', () => {
    expect(faultOf(celsius(401), inHotWell)).toBe('out_of_range')
    expect(faultOf(celsius(-101), inCooler)).toBe('out_of_range')
  })
})

describe('what a sensor sends', () => {
  test('nothing, NaN or null is a fault and not a refusal', () => {
    for (const sent of [null, Number.NaN, 'NaN', 'null']) {
      expect(sense(sent, 'C', inCooler)).toEqual({ fault: 'no_value', text: String(sent) })
    }
  })

  test('a sentinel keeps its text as evidence', () => {
    expect(sense('327.67', 'C', inCooler)).toEqual({ fault: 'disconnected', text: '327.67' })
  })

  test('what is no number at all is refused', () => {
    expect(sense('warm', 'C', inCooler)).toMatchObject({ ok: false, code: 'temperature.value_not_a_number' })
  })

  test('a temperature is a temperature', () => {
    expect(sense(3.5, 'C', inCooler)).toEqual({ value: { text: '3.5', unit: 'C', milli: 3500 } })
  })
})
