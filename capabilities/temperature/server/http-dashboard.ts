import { listTasks, type TaskRow, taskOf } from '@opsflow/capabilities/tasks/server'
import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import { recordOf } from '../action-record.ts'
import type { Alarm } from '../records.ts'
import type { Dashboard, temperatureRoutes, Week } from '../routes.ts'
import { listAlarms } from './store-alarms.ts'
import { type CorrectiveActionRow, listActions } from './store-corrective-actions.ts'
import { locationCounts, scopeVersions } from './store-dashboard.ts'
import { type UnitStateRow, unitStateOf, unitStates } from './store-units.ts'
import { daysOfLocations, peopleAtWork } from './store-week.ts'

const MOST = 50

export const dashboardHandlers = {
  'GET /dashboard': async ({ actor, query, readBatch }): Promise<Dashboard> => {
    const { locationId = null } = query
    if (locationId !== null && !can(actor, 'temperature.read', locationId)) notFound()
    // Versions first: each statement sees its own instant, so the rows can be newer than the versions say, never older.
    // A fact that comes twice is the same row again.
    const [versions, locations, units, alarms, tasks, actions] = (await readBatch([
      scopeVersions(actor, locationId),
      locationCounts(actor, locationId),
      unitStates(actor, locationId),
      listAlarms(actor, { open: true, locationId }, MOST),
      listTasks(actor, { status: 'open', locationId }, MOST),
      listActions(actor, { state: 'open', locationId }, MOST),
    ])) as [
      { id: string; version: number }[],
      Dashboard['locations'],
      UnitStateRow[],
      Alarm[],
      TaskRow[],
      CorrectiveActionRow[],
    ]
    if (locationId !== null && locations.length === 0) notFound()
    return {
      versions: Object.fromEntries(versions.map(({ id, version }) => [id, version])),
      locations,
      units: units.map(unitStateOf),
      alarms: alarms.slice(0, MOST),
      tasks: tasks.slice(0, MOST).map(taskOf),
      correctiveActions: actions.slice(0, MOST).map(recordOf),
    }
  },
  'GET /dashboard/week': async ({ actor, query, readBatch }): Promise<Week> => {
    const { locationId = null } = query
    if (locationId !== null && !can(actor, 'temperature.read', locationId)) notFound()
    const [days, people] = (await readBatch([daysOfLocations(actor, locationId), peopleAtWork(actor, locationId)])) as [
      Week['days'],
      Week['people'],
    ]
    return { days, people }
  },
} satisfies Partial<Handlers<typeof temperatureRoutes>>
