import { type Counts, type Board as WholeBoard, worstFirst } from '@opsflow/capabilities/temperature/client'

export type { Counts } from '@opsflow/capabilities/temperature/client'

export type Board = WholeBoard & { counts: Counts }

/** What every role's dashboard is given. */
export type DashboardProps = { board: Board }

/** The part of the board that belongs to one location, or all of it, with its counts summed. */
export function boardOf(dashboard: WholeBoard, locationId: string | undefined): Board {
  const here = <Row extends { locationId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => locationId === undefined || row.locationId === locationId)
  const locations = dashboard.locations.filter((row) => locationId === undefined || row.id === locationId)
  return {
    locations,
    units: worstFirst(here(dashboard.units)),
    alarms: here(dashboard.alarms),
    tasks: here(dashboard.tasks),
    correctiveActions: here(dashboard.correctiveActions),
    counts: countsOf(locations),
    countedAt: dashboard.countedAt,
  }
}

const none: Counts = {
  units: 0,
  ok: 0,
  drifting: 0,
  alarm: 0,
  fault: 0,
  silent: 0,
  noData: 0,
  openAlarms: 0,
  openCorrectiveActions: 0,
  tasksOpen: 0,
  tasksOverdue: 0,
  readingsToday: 0,
  compliantToday: 0,
  judgedToday: 0,
}

export function countsOf(locations: readonly { counts: Counts }[]): Counts {
  const names = Object.keys(none) as (keyof Counts)[]
  return Object.fromEntries(
    names.map((name) => [name, locations.reduce((sum, { counts }) => sum + counts[name], 0)]),
  ) as unknown as Counts
}
