/**
 * What a kitchen does to a food by the clock.
 * cooling: from hot, or from ambient ingredients, down to cold · reheating: back up for hot holding · hot_holding: kept hot ·
 * cooking: a value and how long it is held · time_control: time instead of temperature · thawing: without growing warm ·
 * date_mark: ready-to-eat food kept for longer than a day
 */
export const PROCESS_KINDS = [
  'cooling',
  'reheating',
  'hot_holding',
  'cooking',
  'time_control',
  'thawing',
  'date_mark',
] as const
export type ProcessKind = (typeof PROCESS_KINDS)[number]

/** Why a process failed. */
export const FAILURES = [
  'stage1_not_proven',
  'stage2_not_proven',
  'not_reached_in_time',
  'below_limit',
  'above_limit',
  'time_is_up',
  'start_not_allowed',
  'not_marked',
  'no_procedure',
  'back_under_temperature_control',
  'water_too_warm',
  'past_last_day',
] as const
export type Failure = (typeof FAILURES)[number]

/** What may be done about a food that failed. */
export type Remedy = 'reheat' | 'cook' | 'discard'

/** What is asked for next. check: the usual look · the others: the last moment for what they say. */
export type Ask = 'start' | 'stage1' | 'stage2' | 'reheat' | 'reach' | 'check' | 'use_or_discard' | 'back_to_cold'

/**
 * How a food left temperature control. cold, hot: held so until then · produce: fruit, vegetables or a can that became a food
 * for temperature control by being cut or opened.
 */
export const TIME_CONTROL_STARTS = ['cold', 'hot', 'produce'] as const
export type TimeControlStart = (typeof TIME_CONTROL_STARTS)[number]

/** What became of the food. */
export const DISPOSITIONS = [
  'stored',
  'served',
  'held_hot',
  'cooked',
  'cooled',
  'reheated',
  'used',
  'discarded',
] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** How each kind may end when nothing is wrong with it. Discarding is always possible, with a reason. */
export const ENDINGS: Record<ProcessKind, readonly Disposition[]> = {
  cooling: ['stored', 'served'],
  reheating: ['held_hot', 'served'],
  hot_holding: ['served', 'cooled'],
  cooking: ['served', 'held_hot', 'cooled'],
  time_control: ['served'],
  thawing: ['cooked', 'stored', 'served'],
  date_mark: ['used'],
}

/** These are proven by a reading; the others are all right for as long as nothing is wrong with them. */
export const IS_PROVEN: Record<ProcessKind, boolean> = {
  ...{ cooling: true, reheating: true, cooking: true },
  ...{ hot_holding: false, time_control: false, thawing: false, date_mark: false },
}
