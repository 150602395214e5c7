import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { unitChanged } from '../facts.ts'
import { assessSilence } from '../index.ts'
import { systemActor } from './may.ts'
import { raiseAlarm } from './raise-alarm.ts'
import { silenceDueAt } from './record-readings.ts'
import { keepSensorStates, keepUnitStates } from './store-readings.ts'
import { lockUnits, standing } from './watched-unit.ts'

/** What the relay role's pool can do; it sees across tenants which sensors are overdue, and nothing else of them. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

type Overdue = { tenantId: string; organizationId: string; sensorIds: string[] }

const BATCH = 500

/** Sensors whose next word is overdue, by organization. */
export async function findSilences(relay: AcrossTenants, now = new Date()): Promise<Overdue[]> {
  const { rows } = await relay.query(
    `select s.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(s.id) as "sensorIds"
       from (select tenant_id, id, location_id from sensor_states where silence_due_at <= $1
              order by silence_due_at limit ${BATCH}) s
       join locations l on l.tenant_id = s.tenant_id and l.id = s.location_id
      group by 1, 2`,
    [now.toISOString()],
  )
  return rows as Overdue[]
}

/**
 * Sensors of one organization have said nothing for too long. Asked again under the lock of their units: a reading
 * that came in the meantime has moved the date, and a silence that is known already stays one alarm.
 */
export async function noteSilences(tx: Tx, sensorIds: readonly string[], now = Date.now()) {
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
}

export type SilenceWatch = { stop: () => Promise<void> }

type Watch = {
  database: Database
  relayPool: AcrossTenants
  everyMs: number
  log: { error: (context: object, message: string) => void }
}

/** Looks for silent sensors now and then. Several servers may: they wait for each other, and one alarm comes of it. */
export function startSilenceWatch({ database, relayPool, everyMs, log }: Watch): SilenceWatch {
  let running = Promise.resolve()
  const look = async () => {
    for (const { tenantId, organizationId, sensorIds } of await findSilences(relayPool)) {
      await database.write(systemActor('silence-watch', tenantId, organizationId), (tx) => noteSilences(tx, sensorIds))
    }
  }
  const timer = setInterval(() => {
    running = running.then(look).catch((error: unknown) => log.error({ err: error }, 'silence watch'))
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
