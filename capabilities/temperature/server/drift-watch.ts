import { openTask, withdrawTaskOf } from '@opsflow/capabilities/tasks/server'
import { inTurns } from '@opsflow/platform/server/in-turns'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { unitChanged } from '../facts.ts'
import {
  canDriftSlowly,
  hasDrifted,
  isBackToUsual,
  type QuietTemperature,
  quietTemperature,
  SLOW_DRIFT_LOOK_BACK_DAYS,
  type SlowDrift,
} from '../index.ts'
import { systemActor } from './may.ts'
import { type AcrossTenants, findUnitsToCompare } from './store-across-tenants.ts'
import {
  insertSlowDrift,
  keepSlowDrift,
  type OpenSlowDrift,
  openSlowDrift,
  sensorHours,
  showSlowDrift,
} from './store-slow-drifts.ts'
import { lockUnits, type WatchedUnit } from './store-watched-units.ts'

const DAY = 24 * 60 * 60_000

/**
 * Compares the last days of each unit with what was usual. A unit that holds less cold gets one maintenance task for as
 * long as that lasts; it is over when the unit is back, or when someone has ended the task: then what it holds now is
 * the new usual.
 */
export async function noteSlowDrifts(tx: Tx, unitIds: readonly string[], now = Date.now()): Promise<number> {
  const units = await lockUnits(tx, [], unitIds)
  for (const unit of units) {
    const before = await openSlowDrift(tx, unit.id)
    const after = before ? await followDrift(tx, unit, before, now) : await beginDrift(tx, unit, now)
    await showSlowDrift(tx, unit.id, after, new Date(now + DAY).toISOString())
    if (!before && !after) continue
    unit.shown = { ...unit.shown, slowDrift: after }
    await tx.emit(unitChanged, unit.shown)
  }
  return units.length
}

const causeOf = (driftId: string) => ({ kind: 'temperature.slow_drift', id: driftId })

async function beginDrift(tx: Tx, unit: WatchedUnit, now: number): Promise<SlowDrift | null> {
  if (unit.retired || !canDriftSlowly(unit.shown.kind)) return null
  const [worst] = (await quietSensors(tx, unit, now, null)).filter(({ quiet }) => hasDrifted(quiet)).sort(byRise)
  if (!worst) return null
  const id = uuid7(now)
  const taskId = await openTask(tx, {
    locationId: unit.locationId,
    unitId: unit.id,
    title: serviceTitle(unit, worst.quiet),
    taskType: 'maintenance',
    priority: 'medium',
    cause: causeOf(id),
    dueAt: new Date(now + 7 * DAY).toISOString(),
    createdAt: new Date(now).toISOString(),
  })
  const drift = { ...worst.quiet, noticedAt: new Date(now).toISOString(), taskId }
  await insertSlowDrift(tx, { id, locationId: unit.locationId, unitId: unit.id, sensorId: worst.sensorId, ...drift })
  return drift
}

async function followDrift(tx: Tx, unit: WatchedUnit, open: OpenSlowDrift, now: number): Promise<SlowDrift | null> {
  const { id, usualMilliCelsius, noticedAt, taskId } = open
  const sensors = await quietSensors(tx, unit, now, usualMilliCelsius)
  const quiet = sensors.find(({ sensorId }) => sensorId === open.sensorId)?.quiet ?? open
  const isSettled = open.taskStatus === 'completed' || open.taskStatus === 'cancelled'
  const isOver = isSettled || unit.retired || isBackToUsual(quiet)
  await keepSlowDrift(tx, id, quiet.typicalMilliCelsius, isOver ? new Date(now).toISOString() : null)
  if (!isOver) return { usualMilliCelsius, typicalMilliCelsius: quiet.typicalMilliCelsius, noticedAt, taskId }
  await withdrawTaskOf(tx, causeOf(id))
  return null
}

/** Sensors of which enough was read to say. */
async function quietSensors(tx: Tx, unit: WatchedUnit, now: number, usual: number | null) {
  const sensors = await sensorHours(tx, unit.id, now - SLOW_DRIFT_LOOK_BACK_DAYS * DAY)
  return sensors.flatMap(({ sensorId, hours }) => {
    const quiet = quietTemperature(hours, now, usual)
    return quiet ? [{ sensorId, quiet }] : []
  })
}

const rise = ({ typicalMilliCelsius, usualMilliCelsius }: QuietTemperature) => typicalMilliCelsius - usualMilliCelsius
const byRise = (a: { quiet: QuietTemperature }, b: { quiet: QuietTemperature }) => rise(b.quiet) - rise(a.quiet)

function serviceTitle({ shown, temperatureUnit }: WatchedUnit, quiet: QuietTemperature): string {
  const inUnit = (milli: number, zero: number) =>
    `${(temperatureUnit === 'F' ? (milli * 9) / 5_000 + zero : milli / 1000).toFixed(1).replace('-', '−')} °${temperatureUnit}`
  return (
    `${shown.name}: book service. Its quiet hours hold ${inUnit(quiet.typicalMilliCelsius, 32)}, ` +
    `${inUnit(rise(quiet), 0)} warmer than they used to.`
  )
}

type Watch = { database: Database; relayPool: AcrossTenants; everyMs: number; log: Job['log'] }

/** Once a day for each unit, one in a transaction: its readings wait no longer than for its own days to be compared. */
export const startDriftWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({
    name: 'drift watch',
    everyMs,
    log,
    work: async () => {
      const turns = inTurns()
      await turns.each(
        (except) => findUnitsToCompare(relayPool, new Date(), except),
        ({ tenantId, organizationId }, ids) =>
          database.write(systemActor('drift-watch', tenantId, organizationId), (tx) => noteSlowDrifts(tx, ids)),
        { together: 1 },
      )
      turns.end()
    },
  })
