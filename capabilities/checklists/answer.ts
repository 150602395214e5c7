import { MOST_PHOTOS, Photos } from '@opsflow/capabilities/evidence'
import { Sha256 } from '@opsflow/platform/files'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

const Person = z.object({ id: z.uuid(), name: z.string() })

/** As typed, read by pattern and never coerced: an empty field is no zero. */
export const TypedNumber = z
  .string()
  .trim()
  .regex(/^[+\-−]?\d{1,10}(?:[.,]\d{1,6})?$/, 'Enter a number such as 3.5 or −18.')

/** What was answered. `entry`: an entry of a repeating section was begun, under the section's own id. */
export const AnswerValue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pass_fail'), passes: z.boolean() }),
  z.strictObject({ kind: z.literal('yes_no'), yes: z.boolean() }),
  z.strictObject({ kind: z.literal('number'), text: TypedNumber }),
  z.strictObject({
    kind: z.literal('temperature'),
    text: z.string().trim().min(1).max(24),
    unit: z.enum(['F', 'C']),
    /** The unit it was read at, whose reading it becomes, under the answer's own id. Null: food. */
    unitId: z.uuid().nullable().default(null),
    /** It says more of a reading that an earlier answer made (a note, a photo): that answer's id. Null: read anew. */
    logId: z.uuid().nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('photo') }),
  z.strictObject({ kind: z.literal('text'), text: z.string().trim().min(1).max(4000) }),
  z.strictObject({ kind: z.literal('choice'), options: z.array(z.uuid()).min(1).max(50) }),
  z.strictObject({ kind: z.literal('moment'), text: z.string().min(4).max(40) }),
  /** The name as it was written, and the strokes of the finger as an SVG path. */
  z.strictObject({
    kind: z.literal('signature'),
    name: z.string().trim().min(1).max(200),
    path: z
      .string()
      .max(20_000)
      .regex(/^[MLml\d .,-]*$/, 'A path of M and L only.'),
  }),
  z.strictObject({ kind: z.literal('scan'), text: z.string().trim().min(1).max(1000) }),
  /** A timer is answered twice: when it starts, and when it ends. So it survives the app. */
  z.strictObject({ kind: z.literal('timer'), startedAt: Instant, endedAt: Instant.nullable() }),
  z.strictObject({ kind: z.literal('entry'), label: z.string().trim().max(200) }),
])
export type AnswerValue = z.output<typeof AnswerValue>

/** recorded: nothing to pass or fail · cleared: taken back, it counts as not answered. */
export const AnswerOutcome = z.enum(['pass', 'fail', 'recorded', 'not_applicable', 'cleared'])
export type AnswerOutcome = z.infer<typeof AnswerOutcome>

/** One answer as someone gave it. Never changed: answering again appends, and the latest counts. */
export const Answer = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    checklistId: z.uuid(),
    itemId: z.uuid(),
    /** In a repeating section: the unit, or the entry by the id it was begun under. */
    entryId: z.uuid().nullable(),
    /** Null: not applicable, or taken back. */
    value: AnswerValue.nullable(),
    outcome: AnswerOutcome,
    note: z.string(),
    photos: z.int(),
    /** SHA-256 of its photos, in their order by hash: what a signature covers. */
    photoHashes: z.array(Sha256),
    /** The task that a failing answer became. */
    taskId: z.uuid().nullable(),
    answeredAt: Instant,
    answeredBy: Person.nullable(),
    kiosk: Person.nullable(),
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    /** Answers of the same question that whoever gave it had before their eyes. Null: nobody wrote that down. */
    knew: z.array(z.uuid()).nullable(),
  })
  .meta({ id: 'ChecklistAnswer' })
export type Answer = z.infer<typeof Answer>

/** As it is given. */
export const NewAnswer = z.strictObject({
  id: z.uuid(),
  checklistId: z.uuid(),
  /** The version it was asked by, as the device had it. Left out: the one the checklist pins. */
  formId: z.uuid().optional(),
  itemId: z.uuid(),
  entryId: z.uuid().nullable().default(null),
  value: AnswerValue.nullable(),
  /** Beside a value of null: not applicable; otherwise the answer is taken back. */
  notApplicable: z.boolean().default(false),
  note: z.string().trim().max(2000).default(''),
  photos: Photos.max(MOST_PHOTOS).default([]),
  /** A failing answer that is not put right now becomes a task, where the item says so. */
  becomesTask: z.boolean().default(false),
  /** Answers of the same question that stood open as it was given: it takes their place. Left out: whatever was said before. */
  knew: z.array(z.uuid()).max(50).optional(),
})
export type NewAnswer = z.output<typeof NewAnswer>
