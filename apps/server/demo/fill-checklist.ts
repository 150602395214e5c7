import {
  type Answer,
  type AnswerValue,
  type ChecklistForm,
  firstMissing,
  type Item,
  judgedFood,
  outcomeGiven,
  type Step,
  stepsOf,
  type UnitHere,
} from '@opsflow/capabilities/checklists'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { Draws } from './draws.ts'

export type Filling = {
  form: ChecklistForm
  list: { id: string; locationId: string; day: string }
  units: readonly UnitHere[]
  by: { id: string; name: string }
  startedAt: number
  draw: Draws
  /** What was read at a unit about then, in °F. */
  readingOf: (unitId: string) => string
  /** How often an audit finds this wrong, and leaves it so. */
  foundShare?: (item: Item) => number
}

const SECOND = 1000
const MOST_STEPS = 200
/** So many of a hundred go wrong at first and are put right. */
const GOES_WRONG = 0.02

/** So many of a hundred of an audit's smaller questions stay as they were found. */
const IS_FOUND = 0.14
const FINDINGS = [
  'Seen on the line, told the shift.',
  'Two of them, at the back.',
  'Again by the dish machine.',
] as const

/** An audit finds things, and what is small is only written down. What becomes work is left to the live days. */
const usualShare =
  ({ content }: ChecklistForm) =>
  (item: Item) =>
    content.scoring != null && item.kind === 'pass_fail' && item.onFail?.leadsTo === 'nothing' ? IS_FOUND : 0

/** Undefined: it cannot fail. Of a choice one of the milder ways. */
function failing(item: Item, draw: Draws): AnswerValue | undefined {
  if (item.kind === 'pass_fail') return { kind: 'pass_fail', passes: false }
  const wrong = item.kind === 'choice' ? item.options.filter(({ fails }) => fails).slice(0, 3) : []
  return wrong.length === 0 ? undefined : { kind: 'choice', options: [draw.oneOf(wrong).id] }
}

/** A checklist as a crew answers it, one after another, until nothing is missing. By the rules the product judges by. */
export function fillChecklist({ form, list, units, by, startedAt, draw, readingOf, ...more }: Filling): Answer[] {
  const foundShare = more.foundShare ?? usualShare(form)
  const answers: Answer[] = []
  let at = startedAt
  const give = (itemId: string, entryId: string | null, value: AnswerValue, outcome: Answer['outcome'], note = '') => {
    at += draw.whole([12, 55]) * SECOND
    answers.push({
      ...{ id: uuid7(at), locationId: list.locationId, checklistId: list.id, itemId, entryId, value, outcome, note },
      ...{ photos: 0, photoHashes: [], taskId: null, answeredAt: new Date(at).toISOString(), answeredBy: by },
      ...{ kiosk: null, receivedAt: new Date(at).toISOString(), timeQuality: 'exact', knew: null },
    })
  }
  for (const { id, repeat } of form.content.sections) {
    if (repeat?.per !== 'entry') continue
    const count = Math.max(repeat.atLeast, draw.whole([1, 2]))
    for (let n = 0; n < count; n++)
      give(id, uuid7(at), { kind: 'entry', label: ENTRIES[draw.whole([0, 5])] ?? '' }, 'recorded')
  }
  for (let n = 0; n < MOST_STEPS; n++) {
    const step = stepsOf(form.content, answers, units).find(({ isMissing }) => isMissing)
    if (!step) break
    const { item, entry } = step
    const value = answerTo(step, list.day, at, draw, readingOf)
    if (item.kind === 'pass_fail' && item.onFail?.leadsTo === 'recheck' && !item.onFail.needsPhoto) {
      if (draw.isLucky(GOES_WRONG)) {
        give(item.id, entry?.id ?? null, { kind: 'pass_fail', passes: false }, 'fail', draw.oneOf(NOTES))
        at += draw.whole([2, 9]) * 60 * SECOND
      }
    }
    const share = foundShare(item)
    const wrong = share > 0 && draw.isLucky(share) ? failing(item, draw) : undefined
    if (wrong) {
      give(item.id, entry?.id ?? null, wrong, 'fail', draw.oneOf(FINDINGS))
      continue
    }
    give(item.id, entry?.id ?? null, value, outcomeIn(step, value))
  }
  const missing = firstMissing(form, answers, units)
  if (missing) throw new Error(`the demo does not know how to answer “${missing.label}” of ${form.name}`)
  return answers
}

/** The demo's kitchens read °F, and keep their units' limits when a list is answered. */
const outcomeIn = ({ section, item }: Step, value: AnswerValue) => {
  const given = { itemId: item.id, entryId: null, value, notApplicable: false }
  const isUnit = value.kind === 'temperature' && value.unitId !== null
  return outcomeGiven({ section, item }, given, isUnit ? true : judgedFood(item, value, RULES))
}
const RULES = { jurisdiction: 'us', ruleEdition: null } as const

function answerTo(
  { item, entry }: Step,
  day: string,
  at: number,
  draw: Draws,
  readingOf: Filling['readingOf'],
): AnswerValue {
  switch (item.kind) {
    case 'pass_fail':
      return { kind: 'pass_fail', passes: true }
    case 'yes_no':
      return { kind: 'yes_no', yes: item.failsOn !== 'yes' }
    case 'number':
      return { kind: 'number', text: String(draw.whole(rangeOf(item))) }
    case 'temperature':
      return { kind: 'temperature', ...temperatureOf(item, entry?.id ?? '', draw, readingOf), unit: 'F', logId: null }
    case 'choice':
      return { kind: 'choice', options: [draw.oneOf(item.options.filter(({ fails }) => !fails)).id] }
    case 'text':
      return { kind: 'text', text: draw.oneOf(ENTRIES) }
    case 'moment':
      return { kind: 'moment', text: momentOf(item.asks, day, at) }
    case 'timer':
      return {
        kind: 'timer',
        startedAt: new Date(at - item.seconds * SECOND).toISOString(),
        endedAt: new Date(at).toISOString(),
      }
    case 'signature':
      return { kind: 'signature', name: 'On shift', path: 'M 10 40 L 30 12 L 48 44 L 70 20 L 96 38' }
    case 'scan':
      return { kind: 'scan', text: item.expects ?? 'lot 4711' }
    case 'photo':
    case 'instruction':
      throw new Error(`the demo has no answer to ${item.kind} “${item.label}”`)
  }
}

function temperatureOf(
  item: Item & { kind: 'temperature' },
  unitId: string,
  draw: Draws,
  readingOf: Filling['readingOf'],
) {
  if (item.subject.kind === 'unit') return { unitId, text: readingOf(unitId) }
  // What passes by its limit: cold, hot, cooked through, lukewarm water, frozen.
  const passing = [38, 146, 168, 62, 105, 2].find(
    (degrees) =>
      judgedFood(item, { kind: 'temperature', text: String(degrees), unit: 'F', unitId: null, logId: null }, RULES) !==
      false,
  )
  return { unitId: null, text: ((passing ?? 38) + draw.between([-1.5, 1.5])).toFixed(1) }
}

const rangeOf = ({ min, max }: { min: number | null; max: number | null }) => {
  const low = Math.ceil(min ?? Math.min(4, max ?? 4))
  return [low, Math.floor(max ?? low + 20)] as const
}

const momentOf = (asks: 'date' | 'time' | 'date_time', day: string, at: number) => {
  const time = new Date(at).toISOString().slice(11, 16)
  return asks === 'date' ? day : asks === 'time' ? time : `${day}T${time}`
}

const ENTRIES = ['Chili', 'Chicken stock', 'Rice', 'Pulled pork', 'Tomato sauce', 'Roast vegetables'] as const
const NOTES = [
  'Not good at first: cleaned again.',
  'Found empty, filled up.',
  'A guest had left a crate there. Moved.',
  'Fixed on the spot.',
] as const
