import type { ReadTx } from '@opsflow/platform/server/tenant'
import { recordOf } from '../action-record.ts'
import type { TemperatureLog } from '../readings.ts'
import type { Alarm, CorrectiveActionRecord } from '../records.ts'
import type { Unit } from '../routes.ts'
import { ALARM_COLUMNS, ALARM_TABLES } from './store-alarms.ts'
import { ACTION_COLUMNS, ACTION_TABLES, type CorrectiveActionRow } from './store-corrective-actions.ts'
import { LOG_COLUMNS, LOG_TABLES } from './store-logs.ts'
import { UNIT_COLUMNS, UNIT_TABLES } from './store-units.ts'

// Records by their ids, as HTTP answers them one by one.

export const readUnits = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Unit>(`select ${UNIT_COLUMNS} from ${UNIT_TABLES} where ${among('u')}`, [ids])

export const readAlarms = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Alarm>(`select ${ALARM_COLUMNS} from ${ALARM_TABLES} where ${among('a')}`, [ids])

export const readLogs = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<TemperatureLog>(`select ${LOG_COLUMNS} from ${LOG_TABLES} where ${among('l')}`, [ids])

export async function readActions(tx: ReadTx, ids: readonly string[]): Promise<CorrectiveActionRecord[]> {
  const sql = `select ${ACTION_COLUMNS} from ${ACTION_TABLES} where ${among('c')}`
  return (await tx.query<CorrectiveActionRow>(sql, [ids])).map(recordOf)
}

const among = (table: string) => `${table}.tenant_id = (select app.tenant()) and ${table}.id = any ($1::uuid[])`

// Of these the ones on which nothing is to be done any more.

export const retiredUnits = (tx: ReadTx, ids: readonly string[]) => over(tx, 'units u', 'u.retired_at is not null', ids)
export const closedAlarms = (tx: ReadTx, ids: readonly string[]) => over(tx, 'alarms u', 'u.closed_at is not null', ids)
export const verifiedActions = (tx: ReadTx, ids: readonly string[]) =>
  over(tx, 'corrective_actions u', `u.state = 'verified'`, ids)

async function over(tx: ReadTx, table: string, condition: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(`select u.id from ${table} where ${among('u')} and ${condition}`, [ids])
  return rows.map(({ id }) => id)
}
