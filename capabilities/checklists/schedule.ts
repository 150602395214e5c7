import { AttributeKey, LocationKind } from '@opsflow/capabilities/locations'
import { RoleKey } from '@opsflow/capabilities/tasks'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use hours and minutes, for example 06:30.')
const Weekday = z.int().min(1).max(7) // Monday is 1

/** On which days of the location's calendar. */
export const Recurrence = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), interval: z.int().min(1).max(365).default(1) }),
  z.strictObject({
    every: z.literal('week'),
    interval: z.int().min(1).max(52).default(1),
    weekdays: z.array(Weekday).min(1).max(7),
  }),
  z.strictObject({
    every: z.literal('month'),
    interval: z.int().min(1).max(24).default(1),
    /** 31 in a shorter month is its last day; −1 is the last day. */
    days: z
      .array(
        z
          .int()
          .min(-1)
          .max(31)
          .refine((day) => day !== 0),
      )
      .max(31)
      .default([]),
    /** The second Tuesday, the last Friday (nth −1). */
    nth: z
      .array(
        z.strictObject({
          nth: z
            .int()
            .min(-1)
            .max(5)
            .refine((n) => n !== 0),
          weekday: Weekday,
        }),
      )
      .max(10)
      .default([]),
  }),
])
export type Recurrence = z.output<typeof Recurrence>

/** A moment of such a day: by the clock, or by the hours of that day (minutes after, negative: before). */
export const SlotTime = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('clock'), at: TimeOfDay }),
  z.strictObject({ by: z.literal('opening'), minutes: z.int().min(-720).max(720).default(0) }),
  z.strictObject({ by: z.literal('closing'), minutes: z.int().min(-720).max(720).default(0) }),
])
export type SlotTime = z.output<typeof SlotTime>

const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Use month and day, for example 11-01.')

export const Season = z.strictObject({
  /** MM-DD, both inclusive; from 11-01 to 03-31 runs over the new year. */
  from: MonthDay,
  to: MonthDay,
})

/** When it is to be done. */
export const Timing = z
  .strictObject({
    recurrence: Recurrence,
    /** When each is due. */
    slots: z.array(SlotTime).min(1).max(48),
    visibleMinutesBefore: z
      .int()
      .min(0)
      .max(7 * 1440)
      .default(60),
    lateMinutesAfter: z
      .int()
      .min(0)
      .max(7 * 1440)
      .default(0),
    missedMinutesAfter: z
      .int()
      .min(1)
      .max(31 * 1440)
      .default(240),
    /** Counted from here: `every second week` has to begin somewhere. */
    from: z.iso.date(),
    to: z.iso.date().nullable().default(null),
    seasons: z.array(Season).max(6).default([]),
    /** Not on these. */
    except: z.array(z.iso.date()).max(400).default([]),
    /** On days on which the location is closed: not at all, or all the same. */
    onClosedDays: z.enum(['skip', 'keep']).default('skip'),
  })
  .refine(({ from, to }) => to === null || to >= from, { message: 'It ends before it begins.', path: ['to'] })
export type Timing = z.output<typeof Timing>

/** Where: nodes of the tree, narrowed by kind and attributes. Nothing named: everywhere. */
export const Target = z.strictObject({
  groups: z.array(z.uuid()).max(500).default([]),
  locations: z.array(z.uuid()).max(2000).default([]),
  kinds: z.array(LocationKind).max(10).default([]),
  /** All must hold; within one, any of the values. */
  attributes: z
    .array(z.strictObject({ key: AttributeKey, values: z.array(z.string().max(200)).min(1).max(50) }))
    .max(20)
    .default([]),
})
export type Target = z.output<typeof Target>

export const NewSchedule = z.strictObject({
  templateId: z.uuid(),
  name: z.string().trim().min(1).max(200),
  /** Whose work it is there: a role, or whoever is on (null). */
  role: RoleKey.nullable().default(null),
  timing: Timing,
  target: Target.prefault({}),
})
export type NewSchedule = z.output<typeof NewSchedule>

export const Schedule = NewSchedule.extend({
  id: z.uuid(),
  revision: z.int(),
  createdAt: Instant,
  /** Paused: makes nothing new; ended: for good. */
  pausedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
}).meta({ id: 'ChecklistSchedule' })
export type Schedule = z.infer<typeof Schedule>

/** What is not named stays: so no field has a value of its own here. */
export const ScheduleChange = z.strictObject({
  name: NewSchedule.shape.name.optional(),
  role: RoleKey.nullable().optional(),
  timing: Timing.optional(),
  target: Target.optional(),
  /** As it was last seen: of two who change it at once, the second is told. */
  revision: z.int(),
  paused: z.boolean().optional(),
  /** What was made stays on record; what nobody has begun is withdrawn. `false` brings an ended one back, and is all that does. */
  ended: z.boolean().optional(),
})
export type ScheduleChange = z.output<typeof ScheduleChange>

/** The next one at a location, for the list. */
export const NextTime = z.object({
  dueAt: Instant,
  /** In whose zone. */
  timezone: z.string(),
  locationName: z.string(),
})
export type NextTime = z.infer<typeof NextTime>

/** As a list shows it. Locations are those that the caller sees. */
export const ScheduleSummary = Schedule.extend({
  templateName: z.string(),
  /** Of a role of the organization's own. */
  roleName: z.string().nullable(),
  locationCount: z.int(),
  next: NextTime.nullable(),
  /** May the caller change it? */
  isMine: z.boolean(),
}).meta({ id: 'ChecklistScheduleSummary' })
export type ScheduleSummary = z.infer<typeof ScheduleSummary>

export const PreviewWanted = NewSchedule.extend({
  /** At which of its locations `next` is looked at. Not named, or not one of them: the first by name. */
  previewAt: z.uuid().nullable().default(null),
})
export type PreviewWanted = z.output<typeof PreviewWanted>

/** What a schedule would do, before it is saved. */
export const SchedulePreview = z.object({
  locations: z.array(z.object({ id: z.uuid(), name: z.string() })),
  moreLocations: z.int(),
  /** Where `next` was looked at. Null: there is no location. */
  previewAt: z.object({ id: z.uuid(), name: z.string(), timezone: z.string() }).nullable(),
  next: z.array(
    z.object({ day: z.iso.date(), visibleAt: Instant, dueAt: Instant, lateAt: Instant, missedAt: Instant }),
  ),
})
export type SchedulePreview = z.infer<typeof SchedulePreview>
