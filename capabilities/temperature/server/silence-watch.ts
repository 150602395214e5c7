import { inTurns } from '@opsflow/platform/server/in-turns'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { unitChanged } from '../facts.ts'
import { assessSilence } from '../index.ts'
import { systemActor } from './may.ts'
import { raiseAlarm } from './raise-alarm.ts'
import { silenceDueAt } from './record-readings.ts'
import { type AcrossTenants, findSilences } from './store-across-tenants.ts'
import { keepSensorStates, keepUnitStates } from './store-readings.ts'
import { lockUnits, standing } from './store-watched-units.ts'

/**
 * Sensors of one organization have said nothing for too long. Asked again under the lock of their units: a reading
 * that came in the meantime has moved the date, and a silence that is known already stays one alarm.
 */
export async function noteSilences(tx: Tx, sensorIds: readonly string[], now = Date.now()): Promise<number> {
  const units = await lockUnits(tx, sensorIds, [])
  for (const unit of units) {
    let isNews = false
    for (const sensor of unit.sensors) {
      if (!sensorIds.includes(sensor.id) || sensor.retired) continue
      const cadence = sensor.cadenceSeconds === null ? null : sensor.cadenceSeconds / 60
      const { state, changes } = assessSilence(sensor.state, now, cadence)
      sensor.state = state
      await keepSensorStates(tx, [{ sensor, receivedAt: null, silenceDueAt: silenceDueAt(sensor) }])
      for (const { at } of changes) {
        isNews = true
        await raiseAlarm(tx, { unit, sensor, kind: 'silent', at, learnedAt: now, excursionId: null, value: null })
      }
    }
    if (!isNews) continue
    unit.shown = { ...unit.shown, ...standing(unit, now) }
    await keepUnitStates(tx, [unit])
    await tx.emit(unitChanged, unit.shown)
  }
  return units.length
}

type Watch = { database: Database; relayPool: AcrossTenants; everyMs: number; log: Job['log'] }

/** Looks for silent sensors now and then. Several servers may: they wait for each other, and one alarm comes of it. */
export const startSilenceWatch = ({ database, relayPool, everyMs, log }: Watch) =>
  nowAndThen({
    name: 'silence watch',
    everyMs,
    log,
    work: async () => {
      const turns = inTurns()
      await turns.each(
        (except) => findSilences(relayPool, new Date(), except),
        ({ tenantId, organizationId }, ids) =>
          database.write(systemActor('silence-watch', tenantId, organizationId), (tx) => noteSilences(tx, ids)),
      )
      turns.end()
    },
  })
