import { ItemScored, OptionPoints } from '@opsflow/capabilities/audits'
import { NamedPhoto } from '@opsflow/capabilities/evidence'
import { UnitKind } from '@opsflow/capabilities/temperature'
import { z } from 'zod'

/** Shown only when it holds. It asks of items further up, in the same entry of a repeating section or outside of any. */
export const Condition = z.strictObject({
  itemId: z.uuid(),
  is: z.enum(['answered', 'passing', 'failing', 'equal', 'not_equal', 'above', 'below']),
  /** equal, not_equal: `yes`, `no`, `pass`, `fail`, an option's id or a text · above, below: a number. */
  value: z.string().max(300).default(''),
})
export type Condition = z.output<typeof Condition>

export const ShowIf = z.strictObject({
  every: z.enum(['all', 'any']).default('all'),
  of: z.array(Condition).min(1).max(10),
})
export type ShowIf = z.output<typeof ShowIf>

export const Urgency = z.enum(['low', 'medium', 'high', 'urgent'])

/** What a failing answer asks of whoever gives it. */
export const OnFail = z.strictObject({
  needsNote: z.boolean().default(true),
  needsPhoto: z.boolean().default(false),
  /** What to do about it at once, shown as it fails. */
  fix: z.string().trim().max(2000).default(''),
  /**
   * nothing: the note is enough · recheck: put it right and answer again, else it becomes a task · task: always a task.
   */
  leadsTo: z.enum(['nothing', 'recheck', 'task']).default('recheck'),
  /** Of the task that it becomes. */
  task: z
    .strictObject({
      title: z.string().trim().max(200).default(''),
      priority: Urgency.default('high'),
      dueMinutes: z
        .int()
        .min(5)
        .max(90 * 24 * 60)
        .default(240),
      /** A role (`org:manager`, or a role of the organization's own by its id). Null: whoever is on. */
      role: z.string().max(60).nullable().default(null),
    })
    .prefault({}),
})
export type OnFail = z.output<typeof OnFail>

/** What a location may change of an item of a chain's template. */
export const LocalField = z.enum(['hidden', 'label', 'help', 'limit'])

const common = {
  /** Kept through every version, so that answers of years can be laid side by side. */
  id: z.uuid(),
  label: z.string().trim().min(1).max(300),
  help: z.string().trim().max(4000).default(''),
  picture: NamedPhoto.nullable().default(null),
  required: z.boolean().default(true),
  mayBeNotApplicable: z.boolean().default(false),
  showIf: ShowIf.nullable().default(null),
  onFail: OnFail.nullable().default(null),
  /** How much it counts where answers are scored. */
  weight: z.int().min(0).max(1000).default(1),
  isCritical: z.boolean().default(false),
  /** Null: as usual. Of importance where the template has a scheme. */
  scored: ItemScored.nullable().default(null),
  local: z.array(LocalField).max(4).default([]),
}
const decimal = z.number().min(-1_000_000_000).max(1_000_000_000)
const Range = { min: decimal.nullable().default(null), max: decimal.nullable().default(null) }

export const ChoiceOption = z.strictObject({
  id: z.uuid(),
  label: z.string().trim().min(1).max(200),
  fails: z.boolean().default(false),
  /** What it brings where answers are scored. Null: it passes or fails, and no more. */
  points: OptionPoints.nullable().default(null),
})

/** unit: a piece of equipment, judged by its own limits · food: judged by a published limit of the location's rules. */
export const TemperatureSubject = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unit'),
    /** Which kinds may be chosen from. In a section for each unit it is that unit. */
    unitKinds: z.array(UnitKind).max(10).default([]),
  }),
  z.strictObject({
    kind: z.literal('food'),
    /** A limit of the rule books by its id. Null: only `min` and `max`, in the unit they are given in. */
    limitId: z.string().max(100).nullable().default(null),
    unit: z.enum(['F', 'C']).default('F'),
    ...Range,
  }),
])

/** A question or a step. */
export const Item = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pass_fail'), ...common }),
  z.strictObject({ kind: z.literal('yes_no'), ...common, failsOn: z.enum(['yes', 'no', 'neither']).default('no') }),
  z.strictObject({ kind: z.literal('number'), ...common, unit: z.string().trim().max(20).default(''), ...Range }),
  z.strictObject({ kind: z.literal('temperature'), ...common, subject: TemperatureSubject }),
  z.strictObject({ kind: z.literal('photo'), ...common, atLeast: z.int().min(1).max(10).default(1) }),
  z.strictObject({ kind: z.literal('text'), ...common, long: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal('choice'),
    ...common,
    options: z.array(ChoiceOption).min(1).max(50),
    several: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('moment'), ...common, asks: z.enum(['date', 'time', 'date_time']).default('date') }),
  z.strictObject({ kind: z.literal('signature'), ...common }),
  /** `expects`: the code that must be read, such as the QR of the place itself. */
  z.strictObject({ kind: z.literal('scan'), ...common, expects: z.string().trim().max(300).nullable().default(null) }),
  /** To be read; nothing is answered. */
  z.strictObject({ kind: z.literal('instruction'), ...common }),
  z.strictObject({
    kind: z.literal('timer'),
    ...common,
    seconds: z
      .int()
      .min(5)
      .max(24 * 3600),
  }),
])
export type Item = z.output<typeof Item>
export type ItemKind = Item['kind']
export type ItemOf<K extends ItemKind> = Extract<Item, { kind: K }>
