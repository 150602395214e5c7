import { dayOf } from './chain.ts'
import { draws } from './draws.ts'
import { localDays } from './local-days.ts'
import type { LocationPlan, UnitPlan } from './plan.ts'
import { type Span, sensorOf } from './sensor-history.ts'

/** A temperature that a person took and wrote down, in °F as American thermometers show it. */
export type HandReading = {
  unit: string
  /** Which of the location's people, counted round. */
  by: number
  measuredAt: number
  source: 'probe' | 'typed'
  text: string
}

const MINUTE = 60_000

/** Shares of the demo's profile: rounds that were late or never made, and food that was found too warm or too cold. */
const LATE = 0.09
const MISSED = 0.04
const OUT_OF_RANGE = 0.02

/**
 * The rounds of a location in a span: all cold units before opening, rails and hot holding before each rush. Who takes
 * a temperature measures the food, which follows the air of the last hour, not the air of this second.
 */
export function handReadings(location: LocationPlan, span: Span): HandReading[] {
  const { coldRound, lineRounds } = dayOf[location.kind]
  const sensors = location.units.map((unit) => ({ unit, food: foodTemperature(unit) }))
  const cold = sensors.filter(({ unit }) => unit.simulated.kind !== 'hot_hold')
  const line = sensors.filter(({ unit }) => ['hot_hold', 'prep_rail'].includes(unit.simulated.kind))
  const days = localDays(location.timezone, span)
  return days
    .flatMap(({ day, instantOf }) =>
      [coldRound, ...lineRounds].flatMap((due, round) => {
        const draw = draws(`${location.key}/round/${day}/${round}`)
        if (draw.isLucky(MISSED)) return []
        const begins = instantOf(due) + draw.whole([0, 12]) * MINUTE + (draw.isLucky(LATE) ? 50 * MINUTE : 0)
        const by = draw.whole([0, 999])
        return (round === 0 ? cold : line).map(({ unit, food }, stop) => {
          const measuredAt = begins + stop * MINUTE + draw.whole([5, 50]) * 1000
          const away = draw.isLucky(OUT_OF_RANGE) ? awayFromLimit(unit) : 0
          const fahrenheit = ((food(measuredAt) + away) * 9) / 5 + 32
          const source = unit.simulated.kind === 'walk_in_freezer' ? ('typed' as const) : ('probe' as const)
          return { unit: unit.key, by, measuredAt, source, text: textOf(fahrenheit, source) }
        })
      }),
    )
    .filter(({ measuredAt }) => measuredAt >= span.from && measuredAt < span.to)
    .sort((one, other) => one.measuredAt - other.measuredAt)
}

/** A probe shows tenths; a dial is read to the degree. */
const textOf = (fahrenheit: number, source: HandReading['source']) =>
  source === 'probe' ? fahrenheit.toFixed(1) : String(Math.round(fahrenheit))

/** Put away warm, left on the counter, a lid left open. */
const awayFromLimit = ({ simulated }: UnitPlan) =>
  simulated.kind === 'hot_hold' ? -14 : simulated.kind === 'walk_in_freezer' ? 10 : 4.5

function foodTemperature(unit: UnitPlan): (at: number) => number {
  const sensor = sensorOf({ ...unit, incidents: unit.incidents.filter(({ kind }) => CHANGES_FOOD.has(kind)) })
  return (at) => {
    const lastHour = [5, 15, 25, 35, 45, 55].map((minutes) => Number(sensor(at - minutes * MINUTE)))
    const mean = lastHour.reduce((sum, celsius) => sum + celsius, 0) / lastHour.length
    return unit.simulated.kind === 'walk_in_freezer' ? Math.min(mean, -14) : mean
  }
}

/** A dead sensor says nothing about the food. */
const CHANGES_FOOD = new Set(['compressor_stop', 'door_ajar', 'drift'])
