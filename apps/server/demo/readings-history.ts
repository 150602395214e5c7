import { silenceMinutes } from '@opsflow/capabilities/temperature'
import { noteSilences, recordReadings } from '@opsflow/capabilities/temperature/server'
import type { Actor } from '@opsflow/platform/actor'
import type { Database } from '@opsflow/platform/server/tenant'
import type { LocationPlan, UnitPlan } from './plan.ts'
import { type SentReading, type Span, sensorHistory } from './sensor-history.ts'

/** A sensor of the plan, as it is known to the product. */
export type Equipped = { plan: UnitPlan; unitId: string; sensorId: string }

export type ReadingsTally = { accepted: number; duplicate: number }

/** One statement inserts this many rows; a transaction holds all of one sensor. */
const BATCH = 2_000

/**
 * What a sensor delivered in a span, through the command every gateway's readings go through: judged by the unit's
 * policy, repeated ones recognised, excursions and alarms raised. Only the announcement is left out: nobody listens to
 * the news of two months ago.
 */
export async function recordSensorHistory(
  app: Database,
  gateway: Actor,
  location: LocationPlan,
  { plan, sensorId }: Equipped,
  span: Span,
): Promise<ReadingsTally> {
  const tally = { accepted: 0, duplicate: 0 }
  const silenceMs = silenceMinutes(plan.sensor.cadenceMinutes) * MINUTE
  await app.write(gateway, async (tx) => {
    for (const { readings, silentBefore } of deliveries(sensorHistory(location, plan, span), silenceMs)) {
      if (silentBefore !== null) await noteSilences(tx, [sensorId], silentBefore)
      const recorded = await recordReadings(
        tx,
        readings.map((reading) => ({ ...reading, sensorId, unit: 'F' as const })),
        { source: 'sensor', deviceId: gateway.id },
        { now: span.to, announce: false },
      )
      for (const reading of recorded) {
        if (reading.status === 'rejected') throw new Error(`the demo's own reading was refused: ${reading.code}`)
        tally[reading.status]++
      }
    }
  })
  return tally
}

const MINUTE = 60_000
/** The watch looks now and then; a gateway that is back before it looked was never silent. */
const NOTICED_AFTER = 5 * MINUTE

/** `silentBefore`: when the product, had it watched, would have noticed that nothing came. */
type Delivery = { readings: SentReading[]; silentBefore: number | null }

function* deliveries(history: Iterable<SentReading>, silenceMs: number): Generator<Delivery> {
  let delivery: Delivery = { readings: [], silentBefore: null }
  let last: SentReading | undefined
  for (const reading of history) {
    const isSilent = last !== undefined && reading.receivedAt - last.receivedAt > silenceMs + NOTICED_AFTER
    if (isSilent || delivery.readings.length >= BATCH) {
      yield delivery
      delivery = { readings: [], silentBefore: last && isSilent ? last.receivedAt + silenceMs + NOTICED_AFTER : null }
    }
    delivery.readings.push(reading)
    last = reading
  }
  if (delivery.readings.length > 0) yield delivery
}
