import { addSensor, addUnit } from '@opsflow/capabilities/temperature/server'
import { fillAnswers } from './answers-history.ts'
import { atOnce } from './at-once.ts'
import { fillAuditYear } from './audits-of-year.ts'
import { fillChecklists } from './checklists-history.ts'
import { fillChores } from './chores-history.ts'
import { foundChain, type Opened } from './found-chain.ts'
import { AT_ONCE, type DemoGround } from './ground.ts'
import { signHaccpPlan } from './haccp-history.ts'
import type { TenantPlan } from './plan.ts'
import { planDays } from './plan-days.ts'
import { fillProcesses } from './processes-history.ts'
import { type Equipped, recordSensorHistory } from './readings-history.ts'
import { fillRounds } from './rounds-history.ts'
import { noteSeeded } from './store.ts'

export type Tally = {
  locations: number
  sensors: number
  readings: number
  rounds: number
  deviations: number
  tasks: number
  checklists: number
  audits: number
}

const DAY = 24 * 60 * 60_000
/** The work of the last two weeks is enough to look back on. */
const CHORES_SPAN = 14 * DAY

/** A tenant of the demo from nothing to its last row. Until that row is in, it is unfinished and will be wiped. */
export async function makeChain(
  ground: DemoGround,
  plan: TenantPlan,
  progress: (done: string) => void,
): Promise<Tally> {
  const { app } = ground
  const { system, brands, locations } = await foundChain(ground, plan)
  const days = { from: Math.max(plan.from, plan.end - CHORES_SPAN), to: plan.end }
  for (const brand of brands) {
    const here = locations.filter(({ system: { organizationId } }) => organizationId === brand.system.organizationId)
    await planDays(app, brand, here, days.from)
  }
  const tally = {
    locations: locations.length,
    sensors: 0,
    readings: 0,
    rounds: 0,
    deviations: 0,
    tasks: 0,
    checklists: 0,
    audits: 0,
  }
  const history = { from: plan.from, to: plan.end }
  const kitchens: { location: Opened; units: Equipped[] }[] = []
  for (const location of locations) kitchens.push({ location, units: await equip(ground, location, plan.from) })

  const sensors = kitchens.flatMap(({ location, units }) => units.map((unit) => ({ location, unit })))
  await atOnce(AT_ONCE, sensors, async ({ location, unit }) => {
    const { accepted } = await recordSensorHistory(app, location.gateway, location.plan, unit, history)
    tally.sensors++
    tally.readings += accepted
    progress(`${plan.name}: ${tally.sensors} of ${sensors.length} sensors`)
  })
  await atOnce(AT_ONCE, kitchens, async ({ location, units }) => {
    const rounds = await fillRounds(app, location, units, history)
    const deviations = await fillAnswers(app, location, units, plan.end)
    const tasks = await fillChores(app, location, { from: plan.end - CHORES_SPAN, to: plan.end })
    const span = { from: plan.auditsFrom, to: days.from }
    const { templates } =
      brands.find(({ system: { organizationId } }) => organizationId === location.system.organizationId) ?? {}
    if (templates) tally.audits += await fillAuditYear(app, ground.relay, location, templates, units, span)
    tally.checklists += await fillChecklists(app, ground.relay, location, units, days)
    await fillProcesses(app, location, plan.end)
    await signHaccpPlan(app, location, plan.end)
    tally.rounds += rounds
    tally.deviations += deviations
    tally.tasks += tasks
  })
  await app.write(system, (tx) => noteSeeded(tx, plan.key, plan.from, plan.end))
  return tally
}

/** Its units and their sensors, as they were set up before the first reading. */
async function equip({ app }: DemoGround, { plan, id: locationId, system }: Opened, from: number): Promise<Equipped[]> {
  const createdAt = new Date(from)
  return app.write(system, async (tx) => {
    const units: Equipped[] = []
    for (const [position, unit] of plan.units.entries()) {
      const { name, simulated, policy } = unit
      const { id: unitId } = await addUnit(tx, { locationId, name, kind: simulated.kind, position, policy, createdAt })
      const { cadenceMinutes, ...sensor } = unit.sensor
      const { id } = await addSensor(tx, { ...sensor, unitId, cadenceSeconds: cadenceMinutes * 60, createdAt })
      units.push({ plan: unit, unitId, sensorId: id })
    }
    return units
  })
}
