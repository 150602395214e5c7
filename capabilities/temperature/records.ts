import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { z } from 'zod'
import { WATCH_STATUSES } from './assess.ts'
import { Action, Cause, CorrectiveActionStatus, Disposition } from './corrective-action.ts'
import { ReadingSource, UnitKind } from './unit.ts'

/**
 * The shapes people and machines are answered with, and that facts carry whole: a board that applies a fact holds the
 * server's row, not its own arithmetic.
 */
const Instant = z.iso.datetime({ offset: true })
const Id = z.uuid()
export const Person = z.object({ id: Id, name: z.string() })
export type Person = z.infer<typeof Person>

/** As read: the text, its unit, and thousandths of that unit. */
export const ReadValue = z.object({ text: z.string(), unit: z.enum(['F', 'C']), milli: z.int() })
export type ReadValue = z.infer<typeof ReadValue>

/** A unit holds less cold than it used to: the quiet hours of its last two days beside what was usual before. */
export const SlowDrift = z.object({
  usualMilliCelsius: z.int(),
  typicalMilliCelsius: z.int(),
  noticedAt: Instant,
  taskId: Id.nullable(),
})
export type SlowDrift = z.infer<typeof SlowDrift>

/** How a unit stands: one row of the board. The change feed carries this state, never each reading. */
export const UnitState = z
  .object({
    unitId: Id,
    locationId: Id,
    name: z.string(),
    kind: UnitKind,
    status: z.enum(WATCH_STATUSES),
    /** The latest temperature; a fault of the sensor does not replace it. Null while nothing was read. */
    value: ReadValue.nullable(),
    /** By the limits of the unit; null when none can judge it. */
    isCompliant: z.boolean().nullable(),
    measuredAt: Instant.nullable(),
    receivedAt: Instant.nullable(),
    source: ReadingSource.nullable(),
    /** The limit it is held to, as printed: '≤ 41 °F'. */
    limitText: z.string(),
    excursionId: Id.nullable(),
    alarmId: Id.nullable(),
    /** Work for maintenance, beside whatever the status says. */
    slowDrift: SlowDrift.nullable(),
  })
  .meta({ id: 'UnitState' })
export type UnitState = z.infer<typeof UnitState>

/** limit: outside the alarm limits for longer than grace · fault: the sensor says so · silent: the sensor says nothing. */
export const AlarmKind = z.enum(['limit', 'fault', 'silent'])
export type AlarmKind = z.infer<typeof AlarmKind>

export const Alarm = z
  .object({
    id: Id,
    unitId: Id,
    unitName: z.string(),
    locationId: Id,
    sensorId: Id.nullable(),
    kind: AlarmKind,
    raisedAt: Instant,
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: Person.nullable(),
    /** When the server learned of the acknowledgement, and how well its time is known. */
    acknowledgedReceivedAt: Instant.nullable(),
    acknowledgedTimeQuality: RecordedTimeQuality.nullable(),
    /** The condition is over by itself. People may still owe their part. */
    clearedAt: Instant.nullable(),
    /** Nothing is owed any more. */
    closedAt: Instant.nullable(),
    excursionId: Id.nullable(),
    correctiveActionId: Id.nullable(),
    taskId: Id.nullable(),
    value: ReadValue.nullable(),
  })
  .meta({ id: 'Alarm' })
export type Alarm = z.infer<typeof Alarm>

/** How a critical step on a shared tablet was signed. */
export const SignedBy = z.enum(['pin', 'offline'])
export type SignedBy = z.infer<typeof SignedBy>

export const CorrectiveActionStep = z.object({
  step: z.enum(['opened', 'acknowledged', 'response', 'recheck', 'closure', 'verification', 'correction']),
  /** When it was done. */
  at: Instant,
  /** When the server learned of it: later, where it was done offline. */
  receivedAt: Instant,
  /** doubtful: the device's clocks contradicted each other, and the time is a guess. */
  timeQuality: RecordedTimeQuality,
  /** superseded: it came when it no longer counted; kept all the same. */
  outcome: z.enum(['applied', 'superseded']),
  /** On a shared tablet, how it was signed. offline: by the PIN as the tablet could check it without the server. */
  signature: SignedBy.nullable(),
  by: Person.nullable(),
  /** The shared tablet it was done on. */
  kiosk: Person.nullable(),
  note: z.string(),
  cause: Cause.nullable(),
  action: Action.nullable(),
  disposition: Disposition.nullable(),
  value: ReadValue.nullable(),
  passed: z.boolean().nullable(),
})
export type CorrectiveActionStep = z.infer<typeof CorrectiveActionStep>

export const CorrectiveActionRecord = z
  .object({
    id: Id,
    unitId: Id,
    unitName: z.string(),
    locationId: Id,
    alarmId: Id.nullable(),
    temperatureLogId: Id.nullable(),
    taskId: Id.nullable(),
    state: CorrectiveActionStatus,
    openedAt: Instant,
    dueAt: Instant,
    closedAt: Instant.nullable(),
    verifiedAt: Instant.nullable(),
    /** The latest answer; earlier ones are in the history. */
    response: z
      .object({
        cause: Cause,
        action: Action,
        disposition: Disposition,
        note: z.string(),
        by: Person.nullable(),
        at: Instant,
      })
      .nullable(),
    rechecks: z.array(
      z.object({ value: ReadValue, isCompliant: z.boolean().nullable(), at: Instant, by: Person.nullable() }),
    ),
    history: z.array(CorrectiveActionStep),
  })
  .meta({ id: 'CorrectiveAction' })
export type CorrectiveActionRecord = z.infer<typeof CorrectiveActionRecord>
