import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { z } from 'zod'
import { WATCH_STATUSES } from './assess.ts'
import { CorrectiveActionStatus } from './corrective-action.ts'
import { ReadingSource } from './unit.ts'

const Instant = z.iso.datetime({ offset: true })

/** How a unit stands: one row of the board. The change feed carries this state, never each reading. */
export const UnitState = z.object({
  unitId: z.uuid(),
  locationId: z.uuid(),
  status: z.enum(WATCH_STATUSES),
  /** The latest reading as it was read; null while nothing was read. */
  text: z.string().nullable(),
  temperatureUnit: z.enum(['F', 'C']).nullable(),
  milli: z.int().nullable(),
  measuredAt: Instant.nullable(),
  receivedAt: Instant.nullable(),
  source: ReadingSource.nullable(),
  /** By the limits of the unit; null when none can judge it. */
  isCompliant: z.boolean().nullable(),
  excursionId: z.uuid().nullable(),
  alarmId: z.uuid().nullable(),
})
export type UnitState = z.infer<typeof UnitState>

export const AlarmKind = z.enum(['temperature', 'sensor_fault', 'silence'])
export type AlarmKind = z.infer<typeof AlarmKind>

const AtAlarm = z.object({ alarmId: z.uuid(), unitId: z.uuid(), locationId: z.uuid(), kind: AlarmKind, at: Instant })

const atLocation = {
  scope: (fact: { locationId: string }) => fact.locationId,
  room: (fact: { locationId: string }) => locationRoom(fact.locationId),
}

export const unitChanged = defineFact({
  name: 'temperature.unit_changed',
  event: 'temperature-reading',
  schema: UnitState,
  ...atLocation,
})

export const alarmRaised = defineFact({
  name: 'temperature.alarm_raised',
  event: 'alert',
  schema: AtAlarm.extend({
    unitName: z.string(),
    excursionId: z.uuid().nullable(),
    correctiveActionId: z.uuid().nullable(),
    taskId: z.uuid().nullable(),
  }),
  ...atLocation,
})

export const alarmAcknowledged = defineFact({
  name: 'temperature.alarm_acknowledged',
  event: 'alert',
  schema: AtAlarm.extend({ acknowledgedBy: z.uuid() }),
  ...atLocation,
})

/** What caused it is over by itself: back within limits, the sensor speaks again. People may still owe their part. */
export const alarmCleared = defineFact({
  name: 'temperature.alarm_cleared',
  event: 'alert',
  schema: AtAlarm,
  ...atLocation,
})

/** Cleared, and nothing is owed any more. */
export const alarmClosed = defineFact({
  name: 'temperature.alarm_closed',
  event: 'alert',
  schema: AtAlarm,
  ...atLocation,
})

export const correctiveActionChanged = defineFact({
  name: 'temperature.corrective_action_changed',
  event: 'alert',
  schema: z.object({
    correctiveActionId: z.uuid(),
    alarmId: z.uuid().nullable(),
    unitId: z.uuid(),
    locationId: z.uuid(),
    status: CorrectiveActionStatus,
    at: Instant,
  }),
  ...atLocation,
})
