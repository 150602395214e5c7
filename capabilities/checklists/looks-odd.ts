import { z } from 'zod'
import type { Answer } from './answer.ts'
import type { Checklist } from './checklist.ts'
import { standingAnswers } from './standing-answers.ts'

/**
 * Worth a look, and no accusation: there may be a good reason for each. Shown to managers only.
 *
 *   quick   ten answers and more within half a minute
 *   alike   a temperature that was the same to the tenth, five days running
 *   late    everything within the last minutes before the deadline
 */
export const Oddity = z
  .object({
    checklistId: z.uuid(),
    kind: z.enum(['quick', 'alike', 'late']),
    itemId: z.uuid().nullable(),
    entryId: z.uuid().nullable(),
    /** quick: answers · alike: days · late: minutes before the deadline. */
    count: z.int(),
    /** quick: seconds it took · alike: the value as it was typed. */
    detail: z.string(),
  })
  .meta({ id: 'ChecklistOddity' })
export type Oddity = z.infer<typeof Oddity>

export const QUICK = { answers: 10, seconds: 30 }
export const ALIKE_DAYS = 5
export const LATE = { answers: 5, minutes: 5 }

type Of = Pick<Checklist, 'id' | 'dueAt' | 'day'>

/** The latest values of a place on the days before, the newest first: one for each day. */
export type EarlierValue = Pick<Answer, 'itemId' | 'entryId'> & { day: string; text: string }

export function oddities(list: Of, answers: readonly Answer[], earlier: readonly EarlierValue[]): Oddity[] {
  const standing = [...standingAnswers(answers).values()]
    .filter(({ value, outcome }) => outcome !== 'cleared' && value?.kind !== 'entry')
    .sort((one, other) => Date.parse(one.answeredAt) - Date.parse(other.answeredAt))
  return [...quick(list, standing), ...late(list, standing), ...alike(list, standing, earlier)]
}

/** The densest half minute. Answers whose time is a guess tell nothing. */
function quick({ id }: Of, standing: readonly Answer[]): Oddity[] {
  const times = standing
    .filter(({ timeQuality }) => timeQuality !== 'doubtful')
    .map(({ answeredAt }) => Date.parse(answeredAt))
  let most = 0
  let took = 0
  let from = 0
  times.forEach((time, to) => {
    while (time - (times[from] ?? time) > QUICK.seconds * 1000) from++
    if (to - from + 1 > most) {
      most = to - from + 1
      took = time - (times[from] ?? time)
    }
  })
  if (most < QUICK.answers) return []
  return [odd(id, 'quick', null, most, String(Math.round(took / 1000)))]
}

function late({ id, dueAt }: Of, standing: readonly Answer[]): Oddity[] {
  const [first] = standing
  if (dueAt === null || !first || standing.length < LATE.answers) return []
  const before = (Date.parse(dueAt) - Date.parse(first.answeredAt)) / 60_000
  return before >= 0 && before <= LATE.minutes ? [odd(id, 'late', null, Math.ceil(before), '')] : []
}

function alike({ id, day }: Of, standing: readonly Answer[], earlier: readonly EarlierValue[]): Oddity[] {
  return standing.flatMap((answer) => {
    if (answer.value?.kind !== 'temperature') return []
    const { text } = answer.value
    const before = earlier
      .filter((one) => one.itemId === answer.itemId && one.entryId === answer.entryId && one.day < day)
      .sort((one, other) => (one.day < other.day ? 1 : -1))
      .slice(0, ALIKE_DAYS - 1)
    const isAlike = before.length === ALIKE_DAYS - 1 && before.every((one) => one.text === text)
    return isAlike ? [odd(id, 'alike', answer, ALIKE_DAYS, `${text} °${answer.value.unit}`)] : []
  })
}

const odd = (
  checklistId: string,
  kind: Oddity['kind'],
  at: Pick<Answer, 'itemId' | 'entryId'> | null,
  count: number,
  detail: string,
): Oddity => ({ checklistId, kind, itemId: at?.itemId ?? null, entryId: at?.entryId ?? null, count, detail })
