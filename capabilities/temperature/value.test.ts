import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import conversions from './fixtures/unit-conversion.json' with { type: 'json' }
import {
  displayParts,
  milliText,
  parseTemperature,
  temperatureSent,
  toMilli,
  toMilliCelsius,
  toMilliFahrenheit,
} from './value.ts'

const typed = (text: string) => {
  const parsed = parseTemperature(text, 'C')
  return parsed.ok ? parsed.value.milli : parsed.code
}

describe('what a person types', () => {
  test.each([
    ['3.5', 3500],
    ['+4', 4000],
    ['3,5', 3500],
    ['−18', -18000],
    ['-18.25', -18250],
    [' 41 ', 41000],
    ['0.001', 1],
    ['-0', 0],
    ['-0.0', 0],
    ['007', 7000],
  ])('%j is read exactly', (text, milli) => {
    expect(typed(text)).toBe(milli)
  })

  test.each([
    '1e2',
    '0x10',
    'NaN',
    'Infinity',
    '-',
    '.',
    '.5',
    '5.',
    '1.2.3',
    '1,234.5',
    '4 1',
    '٣',
    '−−4',
    '--4',
    '4°',
  ])('%j is not a number', (text) => {
    expect(typed(text)).toBe('temperature.value_not_a_number')
  })

  test('nothing is not zero', () => {
    expect(typed('')).toBe('temperature.value_empty')
    expect(typed('   ')).toBe('temperature.value_empty')
  })

  test('no thermometer in a kitchen shows four decimals', () => {
    expect(typed('3.0625')).toBe('temperature.value_too_precise')
  })

  test('what cannot be in a kitchen is refused, in either unit', () => {
    expect(typed('-100')).toBe(-100_000)
    expect(typed('-100.001')).toBe('temperature.value_implausible')
    expect(typed('400.1')).toBe('temperature.value_implausible')
    expect(parseTemperature('752', 'F')).toMatchObject({ ok: true })
    expect(parseTemperature('753', 'F')).toMatchObject({ ok: false, code: 'temperature.value_implausible' })
  })

  test('a megabyte of digits is refused without being read', () => {
    expect(typed('1'.repeat(1_000_000))).toBe('temperature.value_not_a_number')
  })

  test('the text stays as it was typed', () => {
    expect(parseTemperature('41.0', 'F')).toEqual({ ok: true, value: { text: '41.0', unit: 'F', milli: 41_000 } })
  })
})

describe('what a device sends', () => {
  test.each([
    [3.0625, 3063],
    [-3.0625, -3063],
    ['3.0625', 3063],
    [-0.0004, 0],
    [1e-7, 0],
    [30.8, 30800],
    ['-18.0', -18000],
    [0.1 + 0.2, 300],
  ])('%j is rounded to the nearest thousandth, half away from zero', (sent, milli) => {
    expect(temperatureSent(sent, 'C')).toMatchObject({ ok: true, value: { milli } })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e22, '1e1', ''])('%j is refused', (sent) => {
    expect(temperatureSent(sent, 'C').ok).toBe(false)
  })

  test('the text is kept as sent', () => {
    expect(temperatureSent(3.0625, 'C')).toMatchObject({ value: { text: '3.0625', milli: 3063 } })
  })
})

describe('converting for charts', () => {
  test.each(conversions.vectors)('$id: $input.F °F', ({ input, expected }) => {
    const milliC = toMilliCelsius({ unit: 'F', milli: input.F * 1000 })
    expect(milliC).toBe(Math.round(expected.C_exact_4dp * 1000))
    expect(Number((milliC / 1000).toFixed(2))).toBe(expected.C_2dp)
  })

  test('135 °F through hundredths of a Celsius would come back as a violation: so nothing is judged converted', () => {
    expect(toMilliFahrenheit({ unit: 'C', milli: 57_220 })).toBe(134_996)
  })

  test('thousandths of a Fahrenheit survive only where nothing is stored converted', () => {
    fc.assert(
      fc.property(fc.integer({ min: -148_000, max: 752_000 }), (milli) => {
        const back = toMilliFahrenheit({ unit: 'C', milli: toMilliCelsius({ unit: 'F', milli }) })
        expect(Math.abs(back - milli)).toBeLessThanOrEqual(1)
        expect(toMilli({ unit: 'F', milli }, 'F')).toBe(milli)
      }),
    )
  })
})

test('any thousandths can be written and read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 400_000 }), (milli) => {
      expect(typed(milliText(milli))).toBe(milli)
    }),
  )
  expect([5000, 4100, -18, 0, -18500].map(milliText)).toEqual(['5', '4.1', '-0.018', '0', '-18.5'])
})

test('no text makes the parser throw or coerce', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseTemperature(text, 'F')
      if (parsed.ok)
        expect(parsed.value.milli).toBe(Math.round(Number(text.trim().replace(',', '.').replace('−', '-')) * 1000) + 0)
    }),
  )
})

test('a screen gets a number for its language and the sign of the unit', () => {
  expect(displayParts({ unit: 'F', milli: 40_500 })).toEqual({ number: 40.5, unit: '°F' })
})
