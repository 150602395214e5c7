import type { Task } from '@opsflow/capabilities/tasks'
import { TASK } from '@opsflow/capabilities/tasks/client'
import { useRow, useRows } from '@opsflow/platform/client/sync/use-replica'
import { useMemo } from 'react'
import type { TemperatureLog } from '../readings.ts'
import type { Alarm, CorrectiveActionRecord, UnitState } from '../records.ts'
import type { Unit } from '../routes.ts'
import { entities } from '../sync-entities.ts'
import { type BoardRows, statesOf } from './board.ts'

/** How the units at work stand, in the order of the kitchen. */
function useUnitStates(): readonly UnitState[] {
  const rows = useRows<Unit>(entities.unit)
  return useMemo(() => statesOf(rows), [rows])
}

/** All that a board is made of. */
export function useBoardRows(): BoardRows {
  const units = useUnitStates()
  const alarms = useRows<Alarm>(entities.alarm)
  const correctiveActions = useRows<CorrectiveActionRecord>(entities.correctiveAction)
  const tasks = useRows<Task>(TASK)
  return useMemo(() => ({ units, alarms, correctiveActions, tasks }), [units, alarms, correctiveActions, tasks])
}

/** Rows of the local copy, the latest first. What lies beyond its window, only the server has. */
export function useAlarmRows(locationId: string | undefined): readonly Alarm[] {
  const rows = useRows<Alarm>(entities.alarm)
  return useMemo(() => latestAt(rows, locationId, 'raisedAt'), [rows, locationId])
}

export function useActionRows(locationId: string | undefined): readonly CorrectiveActionRecord[] {
  const rows = useRows<CorrectiveActionRecord>(entities.correctiveAction)
  return useMemo(() => latestAt(rows, locationId, 'openedAt'), [rows, locationId])
}

export const useActionRow = (id: string) => useRow<CorrectiveActionRecord>(entities.correctiveAction, id)

/** What was read of a unit by hand and is on this device. */
export function useLogRows(unitId: string): readonly TemperatureLog[] {
  const rows = useRows<TemperatureLog>(entities.log)
  return useMemo(() => latestAt(rows, undefined, 'measuredAt').filter((log) => log.unitId === unitId), [rows, unitId])
}

function latestAt<Name extends string, Row extends { locationId: string } & Record<Name, string>>(
  rows: readonly Row[],
  locationId: string | undefined,
  name: Name,
): readonly Row[] {
  return rows
    .filter((row) => locationId === undefined || row.locationId === locationId)
    .sort((a, b) => Date.parse(b[name]) - Date.parse(a[name]))
}
