import { atOnce } from './at-once.ts'
import { AT_ONCE, type DemoGround } from './ground.ts'
import { recordSensorHistory } from './readings-history.ts'
import type { Kitchen } from './standing.ts'

/** A gateway keeps what it hears for two days; what is older is lost and shows as a gap. */
const KEPT_MS = 48 * 60 * 60_000

/**
 * The demo's sensors went on measuring while the product was stopped, and their gateways deliver what they kept as soon
 * as somebody listens again. So a night without the product is not 113 silent sensors and their 113 alarms; what went
 * wrong meanwhile is found in the readings.
 */
export async function catchUp(
  { app }: Pick<DemoGround, 'app'>,
  kitchens: readonly Kitchen[],
  now: number,
): Promise<number> {
  let readings = 0
  const sensors = kitchens.flatMap((kitchen) => kitchen.sensors.map((sensor) => ({ kitchen, sensor })))
  await atOnce(AT_ONCE, sensors, async ({ kitchen: { gateway, plan }, sensor }) => {
    const from = Math.max((sensor.lastMeasuredAt ?? 0) + 1, now - KEPT_MS)
    if (now - from < sensor.plan.sensor.cadenceMinutes * 60_000) return
    const away = [{ from, to: now, backfilled: true }]
    const { accepted } = await recordSensorHistory(app, gateway, { ...plan, outages: away }, sensor, { from, to: now })
    readings += accepted
  })
  return readings
}
