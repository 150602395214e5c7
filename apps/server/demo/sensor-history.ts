import { type Simulated, simulatedReadings, simulatedSensor } from '@opsflow/capabilities/temperature'
import { draws } from './draws.ts'
import type { LocationPlan, UnitPlan } from './plan.ts'

/** As it reached the server: when it was measured, when it came in, and what the sensor sent in °F. */
export type SentReading = { measuredAt: number; receivedAt: number; sent: number | null }

export type Span = { from: number; to: number }

/** The temperature at the unit's sensor at any instant, in °C. */
export const sensorOf = (unit: UnitPlan): ((at: number) => Simulated) => simulatedSensor(unit.simulated, unit.incidents)

/**
 * What a sensor delivered in a span, in order of measuring, with the faults of real radio: single readings lost, a
 * gateway away, values that are no temperature, 1 in 100 delivered twice, 1 in 50 overtaken by the next.
 */
export function* sensorHistory(location: LocationPlan, unit: UnitPlan, span: Span): Generator<SentReading> {
  const draw = draws(`${unit.key}/radio/${span.from}`)
  const cadenceMs = unit.sensor.cadenceMinutes * MINUTE
  const sensor = sensorOf(unit)
  const sentinels = [...unit.sentinels]
  const readings = simulatedReadings((at) => sensor(at + unit.offsetMs), {
    ...span,
    cadenceMinutes: unit.sensor.cadenceMinutes,
    missing: unit.missingShare,
    seed: unit.simulated.seed,
  })
  for (const { at, sent } of readings) {
    const measuredAt = at + unit.offsetMs
    if (measuredAt >= span.to) return
    while (sentinels[0] && sentinels[0].at + cadenceMs <= measuredAt) sentinels.shift()
    const sentinel = sentinels[0] && sentinels[0].at <= measuredAt ? sentinels.shift() : undefined
    const outage = location.outages.find(({ from, to }) => measuredAt >= from && measuredAt < to)
    if (outage && !outage.backfilled) continue
    const latency = draw.whole([1, 9]) * 1000 + (draw.isLucky(0.02) ? cadenceMs : 0)
    const reading = {
      measuredAt,
      receivedAt: Math.min(outage ? outage.to + latency : measuredAt + latency, span.to),
      sent: sentinel ? sentinel.sent : inFahrenheit(sent),
    }
    yield reading
    if (draw.isLucky(0.01)) yield reading
  }
}

/** As an American kitchen sets its sensors, to the tenth. A probe that came loose sends no number. */
export const inFahrenheit = (celsius: number | null) =>
  celsius === null ? null : Math.round(((celsius * 9) / 5 + 32) * 10) / 10

const MINUTE = 60_000
