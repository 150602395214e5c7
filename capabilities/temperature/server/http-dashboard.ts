import type { Task } from '@opsflow/capabilities/tasks'
import { OPEN_TASKS } from '@opsflow/capabilities/tasks/server'
import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { Alarm } from '../records.ts'
import type { Dashboard, temperatureRoutes } from '../routes.ts'
import { OPEN_ALARMS } from './store-alarms.ts'
import { type CorrectiveActionRow, OPEN_ACTIONS, recordOf } from './store-corrective-actions.ts'
import { LOCATION_COUNTS, SCOPE_VERSIONS } from './store-dashboard.ts'
import { UNIT_STATES, type UnitStateRow, unitStateOf } from './store-units.ts'

const MOST = 50

export const dashboardHandlers = {
  'GET /dashboard': async ({ actor, query, readBatch }): Promise<Dashboard> => {
    const { locationId = null } = query
    if (locationId !== null && !can(actor, 'temperature.read', locationId)) notFound()
    // Versions first: each statement sees its own instant, so the rows can be newer than the versions say, never older.
    // A fact that comes twice is the same row again.
    const [versions, locations, units, alarms, tasks, actions] = (await readBatch([
      { sql: SCOPE_VERSIONS, params: [locationId] },
      { sql: LOCATION_COUNTS, params: [locationId] },
      { sql: UNIT_STATES, params: [locationId] },
      { sql: OPEN_ALARMS, params: [locationId, MOST] },
      { sql: OPEN_TASKS, params: [locationId, MOST] },
      { sql: OPEN_ACTIONS, params: [locationId, MOST] },
    ])) as [
      { id: string; version: number }[],
      Dashboard['locations'],
      UnitStateRow[],
      Alarm[],
      Task[],
      CorrectiveActionRow[],
    ]
    if (locationId !== null && locations.length === 0) notFound()
    return {
      versions: Object.fromEntries(versions.map(({ id, version }) => [id, version])),
      locations,
      units: units.map(unitStateOf),
      alarms,
      tasks,
      correctiveActions: actions.map(recordOf),
    }
  },
} satisfies Partial<Handlers<typeof temperatureRoutes>>
