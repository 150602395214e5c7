import type { Actor } from '@opsflow/platform/actor'
import type { DemoChain } from './chains.ts'
import { gatewayActor } from './found-chain.ts'
import { type DemoGround, demoActor } from './ground.ts'
import type { LocationPlan } from './plan.ts'
import type { Equipped } from './readings-history.ts'
import { DEMO_SENSORS, type DemoSensor, demoTenantIds, SEED, type Seed } from './store.ts'

/** A demo tenant as it stands in the database; without a seed it was interrupted while it was made. */
export type StandingDemo = { tenantId: string; seed: Seed | null }

/** A location of it, with the sensors that are still where the plan put them. */
export type Kitchen = {
  plan: LocationPlan
  gateway: Actor
  system: Actor
  sensors: (Equipped & { lastMeasuredAt: number | null })[]
}

/** No organization: it reads, and announces nothing. */
const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000'

export async function standingDemos({ app, relay }: Pick<DemoGround, 'app' | 'relay'>): Promise<StandingDemo[]> {
  const standing: StandingDemo[] = []
  for (const tenantId of await demoTenantIds(relay)) {
    const [seed] = await app.readOne<Seed>(demoActor(tenantId, NO_ORGANIZATION), SEED)
    standing.push({ tenantId, seed: seed ?? null })
  }
  return standing
}

/** The kitchens of a demo, by the plan of which it was made. What people retired or closed meanwhile stays so. */
export async function kitchensOf(
  { app }: Pick<DemoGround, 'app'>,
  { tenantId, seed }: StandingDemo,
  chains: readonly DemoChain[],
): Promise<Kitchen[]> {
  const chain = chains.find(({ key }) => key === seed?.chain)
  if (!chain || !seed) return []
  const rows = await app.readOne<DemoSensor>(demoActor(tenantId, NO_ORGANIZATION), DEMO_SENSORS)
  const known = new Map(rows.map((row) => [row.externalId, row]))
  return chain
    .plan(Date.parse(seed.historyTo))
    .brands.flatMap(({ locations }) => locations)
    .flatMap((plan) => {
      const sensors = plan.units.flatMap((unit) => {
        const row = known.get(unit.sensor.externalId)
        return row ? [{ plan: unit, row }] : []
      })
      const [first] = sensors
      if (!first) return []
      const { organizationId, locationId, gatewayId, gatewayName } = first.row
      const system = demoActor(tenantId, organizationId)
      return [
        {
          plan,
          system,
          gateway: gatewayActor(system, gatewayId, gatewayName, locationId),
          sensors: sensors.map(({ plan: unit, row }) => ({
            plan: unit,
            unitId: row.unitId,
            sensorId: row.id,
            lastMeasuredAt: row.lastMeasuredAt === null ? null : Date.parse(row.lastMeasuredAt),
          })),
        },
      ]
    })
}
