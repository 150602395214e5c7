/** The unit a thermometer shows. */
export type TemperatureUnit = 'F' | 'C'

/**
 * A temperature as it was read: the text that was typed or sent, the unit it was read in, and the exact value in
 * thousandths of that unit. Nothing is judged or stored through a conversion: 135 °F kept as 57.22 °C would come
 * back as 134.996 °F, and a legal reading would turn into a violation.
 */
export type Temperature = { text: string; unit: TemperatureUnit; milli: number }

export type UnreadableCode =
  | 'temperature.value_empty'
  | 'temperature.value_not_a_number'
  | 'temperature.value_too_precise'
  | 'temperature.value_implausible'

export type ParsedTemperature = { ok: true; value: Temperature } | { ok: false; code: UnreadableCode; message: string }

/** What OpsFlow accepts as a temperature at all, in either unit: −100 to +400 °C. */
export const PLAUSIBLE_MILLI = { C: { min: -100_000, max: 400_000 }, F: { min: -148_000, max: 752_000 } } as const

const LONGEST_TEXT = 24
const DECIMAL = /^([+-]?)(\d{1,7})(?:[.,](\d+))?$/

/**
 * What a person typed. A comma may be the decimal sign and − (U+2212) the minus. Read by pattern, never coerced:
 * '' is not 0, '1e2' and '0x10' are not numbers. At most three decimals: no thermometer in a kitchen shows more.
 */
export function parseTemperature(typed: string, unit: TemperatureUnit): ParsedTemperature {
  const text = typed.trim()
  if (text === '') return unreadable('temperature.value_empty', 'Enter a temperature.')
  const decimal = decimalParts(text)
  if (!decimal) return unreadable('temperature.value_not_a_number', 'Enter a number such as 3.5 or −18.')
  if (decimal.fraction.length > 3) {
    return unreadable('temperature.value_too_precise', 'Enter at most three decimals.')
  }
  return plausible({ text, unit, milli: milliOf(decimal) })
}

/**
 * What a device or a file sent: text or a JSON number. The text is kept as sent; more than three decimals
 * (a DS18B20 reports 3.0625) are rounded half away from zero to the nearest thousandth.
 */
export function temperatureSent(sent: string | number, unit: TemperatureUnit): ParsedTemperature {
  const read = measuredSent(sent, unit)
  return read.ok ? plausible(read.value) : read
}

/** As `temperatureSent`, without asking whether a temperature can be that high: sentinels are recognised by value. */
export function measuredSent(sent: string | number, unit: TemperatureUnit): ParsedTemperature {
  const text = typeof sent === 'number' ? plainText(sent) : sent.trim()
  if (text === '') return unreadable('temperature.value_empty', 'The value is empty.')
  const decimal = decimalParts(text)
  if (!decimal) return unreadable('temperature.value_not_a_number', 'The value is not a decimal number.')
  return { ok: true, value: { text, unit, milli: milliOf(decimal) } }
}

function plausible(value: Temperature): ParsedTemperature {
  const { min, max } = PLAUSIBLE_MILLI[value.unit]
  if (value.milli >= min && value.milli <= max) return { ok: true, value }
  return unreadable(
    'temperature.value_implausible',
    `A temperature lies between ${min / 1000} and ${max / 1000} °${value.unit}.`,
  )
}

type DecimalParts = { negative: boolean; whole: string; fraction: string }

function decimalParts(text: string): DecimalParts | null {
  if (text.length > LONGEST_TEXT) return null
  const match = DECIMAL.exec(text.replace('−', '-'))
  if (!match) return null
  return { negative: match[1] === '-', whole: match[2] ?? '', fraction: match[3] ?? '' }
}

/** Exact: digits are shifted, not multiplied. The fourth decimal rounds half away from zero. */
function milliOf({ negative, whole, fraction }: DecimalParts): number {
  const thousandths = Number(whole + fraction.slice(0, 3).padEnd(3, '0'))
  const rounded = (fraction[3] ?? '0') >= '5' ? thousandths + 1 : thousandths
  return negative && rounded !== 0 ? -rounded : rounded
}

/** JavaScript writes tiny numbers with an exponent; to a thermometer they are zero. */
const plainText = (sent: number) => (Math.abs(sent) < 0.0005 ? '0' : String(sent))

const unreadable = (code: UnreadableCode, message: string): ParsedTemperature => ({ ok: false, code, message })

/**
 * Thousandths of a degree Celsius, for charts and for comparing sensors with each other, never for judging.
 * Exact rational conversion (F − 32) × 5/9, rounded half away from zero.
 */
export const toMilliCelsius = ({ unit, milli }: Pick<Temperature, 'unit' | 'milli'>): number =>
  unit === 'C' ? milli : divideRounded((milli - 32_000) * 5, 9)

/** The way back, for charts in Fahrenheit. */
export const toMilliFahrenheit = ({ unit, milli }: Pick<Temperature, 'unit' | 'milli'>): number =>
  unit === 'F' ? milli : divideRounded(milli * 9, 5) + 32_000

/** Thousandths of `unit`, for charts. */
export const toMilli = (value: Pick<Temperature, 'unit' | 'milli'>, unit: TemperatureUnit): number =>
  unit === 'C' ? toMilliCelsius(value) : toMilliFahrenheit(value)

/** Half away from zero, so that the same distance above and below zero rounds alike. Never −0. */
export function divideRounded(numerator: number, denominator: number): number {
  const rounded = Math.round(Math.abs(numerator) / denominator)
  return numerator < 0 && rounded !== 0 ? -rounded : rounded
}

/** A number from thousandths with the decimals it has and no more: 5000 → '5', 4100 → '4.1', −18 → '-0.018'. */
export function milliText(milli: number): string {
  const digits = String(Math.abs(milli)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  return `${milli < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction && `.${fraction}`}`
}

/** What a screen needs to write a temperature in the reader's language: a number for Intl, and the unit's sign. */
export const displayParts = ({ unit, milli }: Pick<Temperature, 'unit' | 'milli'>) => ({
  number: milli / 1000,
  unit: unit === 'F' ? ('°F' as const) : ('°C' as const),
})
