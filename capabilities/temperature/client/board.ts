import type { Task } from '@opsflow/capabilities/tasks'
import { isOverdue, isToDo } from '@opsflow/capabilities/tasks/client'
import type { Alarm, CorrectiveActionRecord, UnitState } from '../records.ts'
import type { Dashboard, Unit } from '../routes.ts'

type LocationOfBoard = Dashboard['locations'][number]
export type Counts = LocationOfBoard['counts']

/** What every board shows. `countedAt`: when the server counted today's readings, the one figure no row tells. */
export type Board = Omit<Dashboard, 'versions'> & { countedAt: number | undefined }

/** The rows of the local copy that a board is made of. */
export type BoardRows = {
  /** In the order of the kitchen. */
  units: readonly UnitState[]
  alarms: readonly Alarm[]
  correctiveActions: readonly CorrectiveActionRecord[]
  tasks: readonly Task[]
}

export type BoardPlace = Pick<LocationOfBoard, 'id' | 'name' | 'kind' | 'timezone' | 'temperatureUnit'>

/** What the server counted, and when. */
export type Counted = { at: number; locations: readonly LocationOfBoard[] }

/**
 * A board as the local copy tells it, by the definitions the server counts by (store-dashboard.ts): open is what is
 * not closed, overdue what should have been done by now. What is no longer owed is left out.
 */
export function boardOf(rows: BoardRows, places: readonly BoardPlace[], counted: Counted | undefined, now: number) {
  const shown = new Set(places.map(({ id }) => id))
  const here = <Row extends { locationId: string }>(of: readonly Row[]) => of.filter((row) => shown.has(row.locationId))
  const units = here(rows.units)
  const alarms = here(rows.alarms).filter(isRinging).sort(latest('raisedAt'))
  const correctiveActions = here(rows.correctiveActions).filter(isOwed).sort(latest('openedAt'))
  const tasks = here(rows.tasks)
    .filter((task) => isToDo(task, now))
    .sort(latest('createdAt'))
  const of = {
    units: grouped(units),
    alarms: grouped(alarms),
    actions: grouped(correctiveActions.filter(isOpenAction)),
    tasks: grouped(tasks),
  }
  const known = new Map(counted?.locations.map((location) => [location.id, location]))
  const locations = places.map((place): LocationOfBoard => {
    const { id, name, kind, timezone, temperatureUnit } = place
    const openTasks = of.tasks.get(id) ?? []
    return {
      ...{ id, name, kind, timezone, temperatureUnit },
      group: known.get(id)?.group ?? null,
      counts: {
        ...countUnits(of.units.get(id) ?? []),
        openAlarms: of.alarms.get(id)?.length ?? 0,
        openCorrectiveActions: of.actions.get(id)?.length ?? 0,
        tasksOpen: openTasks.length,
        tasksOverdue: openTasks.filter((task) => isOverdue(task, now)).length,
        readingsToday: known.get(id)?.counts.readingsToday ?? 0,
        compliantToday: known.get(id)?.counts.compliantToday ?? 0,
        judgedToday: known.get(id)?.counts.judgedToday ?? 0,
      },
    }
  })
  return { locations, units, alarms, correctiveActions, tasks, countedAt: counted?.at } satisfies Board
}

/** How the units at work stand, in the order of the kitchen. */
export const statesOf = (units: readonly Unit[]): UnitState[] =>
  units
    .filter(({ retiredAt }) => retiredAt === null)
    .sort((a, b) => a.position - b.position || a.id.localeCompare(b.id))
    .map(({ state }) => state)

/** When the next open task becomes overdue or missed: until then nothing but rows changes a board. */
export function nextDue(tasks: readonly Task[], now: number): number | undefined {
  const times = tasks
    .filter((task) => isToDo(task, now))
    .flatMap(({ dueAt, missedAt }) => [dueAt, missedAt])
    .flatMap((at) => (at !== null && Date.parse(at) >= now ? [Date.parse(at)] : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

const isRinging = ({ closedAt }: Alarm) => closedAt === null
/** Closed work still waits for a second person. */
const isOwed = ({ state }: CorrectiveActionRecord) => state !== 'verified'
const isOpenAction = ({ state }: CorrectiveActionRecord) => state !== 'closed' && state !== 'verified'

/** The latest first, as the server lists them; instants are written in more than one way. */
const latest =
  <Name extends string>(name: Name) =>
  (a: Record<Name, string>, b: Record<Name, string>) =>
    Date.parse(b[name]) - Date.parse(a[name])

function grouped<Row extends { locationId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.locationId)
    if (group) group.push(row)
    else groups.set(row.locationId, [row])
  }
  return groups
}

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
