import { isCooler, isFreezer, type ReadingSource, type UnitKind } from './unit.ts'
import {
  measuredSent,
  type ParsedTemperature,
  PLAUSIBLE_MILLI,
  type Temperature,
  type TemperatureUnit,
  toMilliCelsius,
} from './value.ts'

/**
 * Why a number from a sensor is not a temperature. `power_on` is what a DS18B20 says before its first conversion
 * (85 °C), `disconnected` what a broken or unplugged probe says, `out_of_range` what no kitchen can be,
 * `no_value` what a device sends when it has nothing to say (null, NaN).
 */
export type FaultCode = 'power_on' | 'disconnected' | 'out_of_range' | 'no_value'

export type SensedBy = {
  source: ReadingSource
  unitKind: UnitKind
  /** True for thermometers built on a DS18B20, whose power-on value is 85 °C wherever they hang. */
  isDs18b20?: boolean
}

/** Values that stand for a fault and never for a temperature: full-scale integers of the usual codecs, in °C or °F. */
const DISCONNECTED_MILLI = new Set([-127_000, -196_600, 327_670, 327_680, -327_680, 3_276_700, -3_276_800, 882_600])
const POWER_ON_MILLI_CELSIUS = 85_000

/**
 * The fault a value stands for, or null when it is a temperature. A person's 85 °C in a hot well is a temperature;
 * a sensor's exact 85.0 °C in a cooler or freezer, or from a DS18B20, is its power-on value.
 */
export function faultOf(value: Pick<Temperature, 'unit' | 'milli'>, by: SensedBy): FaultCode | null {
  if (by.source === 'typed') return null
  if (DISCONNECTED_MILLI.has(value.milli)) return 'disconnected'
  const { min, max } = PLAUSIBLE_MILLI[value.unit]
  if (value.milli < min || value.milli > max) return 'out_of_range'
  return toMilliCelsius(value) === POWER_ON_MILLI_CELSIUS && cannotBeHot(by) ? 'power_on' : null
}

const cannotBeHot = (by: SensedBy) => by.isDs18b20 === true || isCooler(by.unitKind) || isFreezer(by.unitKind)

export type Sensed =
  | { value: Temperature }
  | { fault: FaultCode; text: string }
  | Extract<ParsedTemperature, { ok: false }>

/** What a sensor, probe or file sent: a temperature, a fault of the sensor, or something to refuse. */
export function sense(sent: string | number | null, unit: TemperatureUnit, by: SensedBy): Sensed {
  if (sent === null || isNotANumber(sent)) return { fault: 'no_value', text: String(sent) }
  const read = measuredSent(sent, unit)
  if (!read.ok) return read
  const fault = faultOf(read.value, by)
  return fault ? { fault, text: read.value.text } : { value: read.value }
}

const isNotANumber = (sent: string | number) =>
  typeof sent === 'number' ? Number.isNaN(sent) : /^(nan|null|n\/a)$/i.test(sent.trim())
