import { keeps, publishedLimit, type Temperature, toMilliFahrenheit } from '@opsflow/capabilities/temperature'

/** ice: in melting ice · boiling: in boiling water, whose temperature falls with the altitude. */
export const CALIBRATION_METHODS = ['ice', 'boiling'] as const
export type CalibrationMethod = (typeof CALIBRATION_METHODS)[number]

export const LOWEST_METRES = -430
export const HIGHEST_METRES = 5500

/** What a right thermometer shows, in thousandths of the unit. */
export function expectedMilli(method: CalibrationMethod, unit: 'F' | 'C', altitudeMetres: number): number {
  const milliC = method === 'ice' ? 0 : boilingMilliCelsius(altitudeMetres)
  return unit === 'C' ? milliC : toMilliFahrenheit({ unit: 'C', milli: milliC })
}

/**
 * FDA Food Code 4-203.11: a food thermometer is right within 2 °F, or 1 °C where it shows Celsius. In the unit it shows.
 */
export function isAccurate(shown: Pick<Temperature, 'unit' | 'milli'>, expected: number): boolean {
  const limit = publishedLimit('cal.food_c')
  const tolerance = shown.unit === 'F' ? limit?.milliF : limit?.milliC
  return typeof tolerance === 'number' && keeps('abs<=', shown.milli - expected, tolerance)
}

/**
 * Water boils where its vapour pressure is that of the air: the standard atmosphere at that altitude, and Clausius-Clapeyron
 * from 100 °C at sea level. Rounded to a tenth of a degree; the weather moves it by half a degree.
 */
function boilingMilliCelsius(altitudeMetres: number): number {
  const pressure = (1 - 2.25577e-5 * altitudeMetres) ** 5.25588
  const kelvin = 1 / (1 / 373.15 - (8.314 / 40_660) * Math.log(pressure))
  return Math.round((kelvin - 273.15) * 10) * 100
}
