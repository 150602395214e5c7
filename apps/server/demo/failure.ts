import { type Simulated, simulatedSensor } from '@opsflow/capabilities/temperature'
import { FAILING, type LocationPlan, type UnitPlan } from './plan.ts'

/** When the compressor stops, and when somebody's action (or patience) brings it back. */
export type Failure = { from: number; to: number | null }

/**
 * A real walk-in takes an hour to warm; nobody who looks at a demo waits that long. For this one unit, from the moment
 * its compressor stops, a minute counts as an hour. Nothing else is bent: its readings are sent, judged and announced
 * as any other's, and its policy (WATCHED_CLOSELY in plan.ts) is one that a kitchen could choose.
 */
const TIME_LAPSE = 60
const BACK_TO_NORMAL_MS = 5 * 60_000

/** After a response is on record it recovers at once; if nobody comes, after this long. */
export const UNATTENDED_MS = 20 * 60_000

export const isFailing = (location: Pick<LocationPlan, 'key'>, unit: Pick<UnitPlan, 'name'>) =>
  location.key === FAILING.location && unit.name === FAILING.unit

export function failingSensor(unit: UnitPlan, failure: () => Failure | null): (at: number) => Simulated {
  const usual = simulatedSensor(unit.simulated, unit.incidents)
  return (at) => {
    const now = failure()
    if (!now || at < now.from || (now.to !== null && at > now.to + BACK_TO_NORMAL_MS)) return usual(at)
    const lapsed = (instant: number) => now.from + (instant - now.from) * TIME_LAPSE
    const to = now.to === null ? Number.POSITIVE_INFINITY : lapsed(now.to)
    return simulatedSensor(unit.simulated, [...unit.incidents, { kind: 'compressor_stop', from: now.from, to }])(
      lapsed(at),
    )
  }
}
