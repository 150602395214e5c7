import type { Task } from '@opsflow/capabilities/tasks'
import type { Client } from '@opsflow/platform/client/api'
import { type LiveEvent, LiveStore } from '@opsflow/platform/client/live'
import type { Alarm, CorrectiveActionRecord, UnitState } from '../records.ts'
import type { Dashboard, temperatureRoutes } from '../routes.ts'

/** Everything the boards show, whole at its versions. Facts carry the server's rows, so applying one replaces a row. */
export type BoardStore = LiveStore<Dashboard>

export const openBoard = (call: Client<typeof temperatureRoutes>): BoardStore =>
  new LiveStore<Dashboard>({ load: () => call('GET /dashboard'), apply: applyFact })

/** The Socket.IO events that move a board. */
export const boardEvents = ['temperature-reading', 'alert', 'task-update'] as const

export function applyFact(board: Dashboard, { name, fact }: LiveEvent): Dashboard {
  if (name === 'temperature.unit_changed') return withUnit(board, fact as UnitState)
  if (name.startsWith('temperature.alarm_')) return withAlarm(board, fact as Alarm)
  if (name === 'temperature.corrective_action_changed') return withAction(board, fact as CorrectiveActionRecord)
  if (name === 'tasks.task_changed') return withTask(board, fact as Task)
  return board
}

/** The counts of a location follow from its rows, except what only the server counts (readings of today). */
function withUnit(board: Dashboard, unit: UnitState): Dashboard {
  const units = replaced(board.units, unit, (row) => row.unitId === unit.unitId)
  return recounted({ ...board, units }, unit.locationId, (counts) => ({
    ...counts,
    ...countUnits(units.filter((row) => row.locationId === unit.locationId)),
  }))
}

function withAlarm(board: Dashboard, alarm: Alarm): Dashboard {
  const known = board.alarms.some((row) => row.id === alarm.id)
  const alarms = alarm.closedAt ? without(board.alarms, alarm.id) : replacedById(board.alarms, alarm)
  const change = alarm.closedAt ? (known ? -1 : 0) : known ? 0 : 1
  return recounted({ ...board, alarms }, alarm.locationId, (counts) => ({
    ...counts,
    openAlarms: Math.max(0, counts.openAlarms + change),
  }))
}

function withAction(board: Dashboard, action: CorrectiveActionRecord): Dashboard {
  const before = board.correctiveActions.find((row) => row.id === action.id)
  const correctiveActions =
    action.state === 'verified'
      ? without(board.correctiveActions, action.id)
      : replacedById(board.correctiveActions, action)
  const change = Number(isOpenAction(action)) - Number(before !== undefined && isOpenAction(before))
  return recounted({ ...board, correctiveActions }, action.locationId, (counts) => ({
    ...counts,
    openCorrectiveActions: Math.max(0, counts.openCorrectiveActions + change),
  }))
}

function withTask(board: Dashboard, task: Task): Dashboard {
  const before = board.tasks.find((row) => row.id === task.id)
  const tasks = isOpenTask(task) ? replacedById(board.tasks, task) : without(board.tasks, task.id)
  const change = Number(isOpenTask(task)) - Number(before !== undefined)
  const overdue = Number(task.status === 'overdue') - Number(before?.status === 'overdue')
  return recounted({ ...board, tasks }, task.locationId, (counts) => ({
    ...counts,
    tasksOpen: Math.max(0, counts.tasksOpen + change),
    tasksOverdue: Math.max(0, counts.tasksOverdue + overdue),
  }))
}

const isOpenAction = ({ state }: CorrectiveActionRecord) => state !== 'closed' && state !== 'verified'
const isOpenTask = ({ status }: Task) => status === 'todo' || status === 'in_progress' || status === 'overdue'

type LocationOfBoard = Dashboard['locations'][number]
type Counts = LocationOfBoard['counts']

const recounted = (board: Dashboard, locationId: string, count: (counts: Counts) => Counts): Dashboard => ({
  ...board,
  locations: board.locations.map((row) => (row.id === locationId ? { ...row, counts: count(row.counts) } : row)),
})

function countUnits(units: readonly UnitState[]) {
  const having = (status: UnitState['status']) => units.filter((unit) => unit.status === status).length
  return {
    units: units.length,
    ok: having('ok'),
    drifting: having('drifting'),
    alarm: having('alarm'),
    fault: having('fault'),
    silent: having('silent'),
    noData: having('no_data'),
  }
}

function replaced<Row>(rows: readonly Row[], row: Row, isSame: (row: Row) => boolean): Row[] {
  return rows.some(isSame) ? rows.map((one) => (isSame(one) ? row : one)) : [row, ...rows]
}

const replacedById = <Row extends { id: string }>(rows: readonly Row[], row: Row) =>
  replaced(rows, row, (one) => one.id === row.id)

const without = <Row extends { id: string }>(rows: readonly Row[], id: string) => rows.filter((row) => row.id !== id)
