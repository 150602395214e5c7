import { refuse } from '@opsflow/platform/refusal'

/** Dates as YYYY-MM-DD, of the location's calendar. */
export type DateMarked = {
  /** When each ingredient was prepared or opened; of one made at once, its one day. */
  ingredientPrepDates: readonly string[]
  /** The manufacturer's own last day. */
  manufacturerUseBy?: string | null
  /** Days in the freezer, in their order. The last may still be going on. */
  freezes?: readonly { frozenOn: string; thawedOn: string | null }[]
}

export type DateMark = {
  /** Null while it is frozen: the clock stands. */
  lastUseDate: string | null
  /** How many days, today's included, it may be kept outside the freezer from the day it was frozen on. Null: it is not frozen. */
  daysLeftFrozen: number | null
}

/**
 * FDA Food Code 3-501.17: seven days with the day it was prepared or opened as the first, of the oldest ingredient, and never
 * past the manufacturer's date. Freezing stops the clock and does not set it back; the days it was frozen and thawed on
 * count as used. Calendar days: a change of daylight saving makes none of them longer.
 */
export function dateMark(food: DateMarked, daysKept: number): DateMark {
  const oldest = [...food.ingredientPrepDates].sort()[0] ?? wrong('dates', 'Say when it was prepared or opened.')
  for (const date of datesOf(food)) if (!isDate(date)) wrong('dates', `${date} is no date.`)
  let firstDay = dayOf(oldest)
  let left = daysKept
  for (const { frozenOn, thawedOn } of food.freezes ?? []) {
    const frozen = dayOf(frozenOn)
    if (frozen < firstDay) wrong('freezes', 'It was frozen before it was made or thawed.')
    left = Math.max(0, left - (frozen - firstDay + 1))
    if (thawedOn === null) return { lastUseDate: null, daysLeftFrozen: left }
    if (dayOf(thawedOn) < frozen) wrong('freezes', 'It was thawed before it was frozen.')
    // Frozen and thawed on one day: that day is used once.
    firstDay = Math.max(dayOf(thawedOn), frozen + 1)
  }
  const lastDay = dateOf(firstDay + left - 1)
  const useBy = food.manufacturerUseBy ?? null
  return { lastUseDate: useBy !== null && useBy < lastDay ? useBy : lastDay, daysLeftFrozen: null }
}

const DAY_MS = 86_400_000
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

const isDate = (date: string) =>
  /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(dayOf(date)) && dateOf(dayOf(date)) === date

const datesOf = ({ ingredientPrepDates, manufacturerUseBy, freezes = [] }: DateMarked) =>
  [...ingredientPrepDates, manufacturerUseBy, ...freezes.flatMap((one) => [one.frozenOn, one.thawedOn])].filter(
    (date) => date !== null && date !== undefined,
  )

const wrong = (path: string, message: string): never =>
  refuse('invalid', 'processes.dates_wrong', {
    detail: message,
    errors: [{ path, code: 'processes.dates_wrong', message }],
  })
