import type { Answer, AnswerOutcome, AnswerValue } from './answer.ts'
import { isDisputed, openAnswers } from './conflicts.ts'
import type { Condition, Item, ItemOf, ShowIf } from './item.ts'
import { placeOf, standingAnswers } from './standing-answers.ts'
import type { Section, TemplateContent } from './template.ts'

/** A unit of the location, as far as sections for each unit need it. */
export type UnitHere = { id: string; name: string; kind: string }

/** One thing to do: an item, in its entry of a repeating section. */
export type Step = {
  section: Section
  entry: { id: string; label: string } | null
  item: Item
  answer: Answer | undefined
  /** It still has to be answered before the checklist can be completed. */
  isMissing: boolean
  /** Of an audit: the answers that no other one takes the place of. Whoever answers now takes the place of them all. */
  open: readonly Answer[] | null
  /** Two people answered differently without having seen each other's: one is chosen before the audit is completed. */
  isDisputed: boolean
}

export type Progress = { asked: number; answered: number; failed: number; missing: number }

/**
 * A checklist as it is to be worked through: what shows, in order, with what stands. An item that does not show asks
 * nothing; what was answered before it vanished stays in the record, and counts for nothing.
 */
export function stepsOf(content: TemplateContent, answers: readonly Answer[], units: readonly UnitHere[]): Step[] {
  const standing = standingAnswers(answers)
  const opens = content.scoring ? openAnswers(answers) : null
  const steps: Step[] = []
  const find = (itemId: string, entryId: string | null) =>
    steps.find(({ item, entry }) => item.id === itemId && (entry === null || entry.id === entryId))
  for (const section of content.sections) {
    if (!shows(section.showIf, (id) => find(id, null))) continue
    for (const entry of entriesOf(section, standing, units)) {
      for (const item of section.items) {
        if (!shows(item.showIf, (id) => find(id, entry?.id ?? null))) continue
        const place = placeOf({ itemId: item.id, entryId: entry?.id ?? null })
        const [answer, open] = [standing.get(place), opens && (opens.get(place) ?? [])]
        const disputed = open !== null && isDisputed(open)
        steps.push({
          ...{ section, entry, item, answer, open },
          ...{ isDisputed: disputed, isMissing: disputed || isMissing(item, answer) },
        })
      }
    }
  }
  return steps
}

/** The sections that show, also those of which no entry has begun: there one can be added. */
export function sectionsShown(content: TemplateContent, steps: readonly Step[]): Section[] {
  const find = (itemId: string) => steps.find(({ item }) => item.id === itemId)
  return content.sections.filter(({ showIf }) => shows(showIf, find))
}

export function progressOf(steps: readonly Step[]): Progress {
  const asked = steps.filter(({ item }) => item.kind !== 'instruction')
  return {
    asked: asked.length,
    answered: asked.filter(({ answer }) => isAnswered(answer)).length,
    failed: asked.filter(({ answer }) => answer?.outcome === 'fail').length,
    missing: asked.filter((step) => step.isMissing).length,
  }
}

/** The entries of a section: one without a name where it does not repeat. */
export function entriesOf(
  section: Section,
  standing: ReadonlyMap<string, Answer>,
  units: readonly UnitHere[],
): ({ id: string; label: string } | null)[] {
  const { repeat } = section
  if (repeat === null) return [null]
  if (repeat.per === 'unit') {
    return units
      .filter(({ kind }) => (repeat.unitKinds as readonly string[]).includes(kind))
      .map(({ id, name }) => ({ id, label: name }))
  }
  return [...standing.values()]
    .filter(({ itemId, value }) => itemId === section.id && value?.kind === 'entry')
    .sort(
      (one, other) =>
        Date.parse(one.answeredAt) - Date.parse(other.answeredAt) ||
        ((one.entryId ?? '') < (other.entryId ?? '') ? -1 : 1),
    )
    .map(({ entryId, value }) => ({ id: entryId ?? '', label: value?.kind === 'entry' ? value.label : '' }))
}

/**
 * Does the answer pass? `judged`: what the unit's or the food's limit says of a temperature; null where no limit can
 * judge it. What has nothing to pass or fail is recorded.
 */
export function outcomeOf(item: Item, value: AnswerValue, judged: boolean | null = null): AnswerOutcome {
  const told = (passes: boolean): AnswerOutcome => (passes ? 'pass' : 'fail')
  switch (value.kind) {
    case 'pass_fail':
      return told(value.passes)
    case 'yes_no':
      return item.kind !== 'yes_no' || item.failsOn === 'neither'
        ? 'recorded'
        : told(value.yes !== (item.failsOn === 'yes'))
    case 'number':
      return item.kind === 'number' ? inRange(numberOf(value.text), item) : 'recorded'
    case 'temperature':
      return judged === null ? 'recorded' : told(judged)
    case 'choice':
      return item.kind === 'choice' ? ofOptions(item, value.options) : 'recorded'
    case 'scan':
      return item.kind === 'scan' && item.expects !== null ? told(value.text === item.expects) : 'recorded'
    case 'timer':
      return item.kind === 'timer' && value.endedAt !== null
        ? told(Date.parse(value.endedAt) - Date.parse(value.startedAt) >= item.seconds * 1000)
        : 'recorded'
    default:
      return 'recorded'
  }
}

/** A typed number, once its pattern was seen to hold: comma or point, − or -. */
export const numberOf = (text: string): number => Number(text.replace('−', '-').replace(',', '.').replace('+', ''))

export function inRange(number: number, { min, max }: { min: number | null; max: number | null }): AnswerOutcome {
  if (min === null && max === null) return 'recorded'
  return (min === null || number >= min) && (max === null || number <= max) ? 'pass' : 'fail'
}

function ofOptions(item: ItemOf<'choice'>, chosen: readonly string[]): AnswerOutcome {
  if (!item.options.some(({ fails }) => fails)) return 'recorded'
  return item.options.some(({ id, fails }) => fails && chosen.includes(id)) ? 'fail' : 'pass'
}

export const isAnswered = (answer: Answer | undefined): answer is Answer =>
  answer !== undefined &&
  answer.outcome !== 'cleared' &&
  !(answer.value?.kind === 'timer' && answer.value.endedAt === null)

function isMissing(item: Item, answer: Answer | undefined): boolean {
  if (item.kind === 'instruction') return false
  if (!isAnswered(answer)) return item.required
  if (answer.outcome === 'fail' && saysTooLittle(item, answer)) return true
  return item.kind === 'photo' && answer.outcome !== 'not_applicable' && answer.photos < item.atLeast
}

/** A failing answer counts at once; the note and the photo it asks for are still owed. */
const saysTooLittle = ({ onFail }: Item, { note, photos }: Answer) =>
  onFail !== null && ((onFail.needsNote && note === '') || (onFail.needsPhoto && photos === 0))

type Found = Pick<Step, 'item' | 'answer'> | undefined

function shows(showIf: ShowIf | null, find: (itemId: string) => Found): boolean {
  if (showIf === null) return true
  const holds = (condition: Condition) => isSo(condition, find(condition.itemId))
  return showIf.every === 'all' ? showIf.of.every(holds) : showIf.of.some(holds)
}

/** Of what does not show, or is not answered, nothing holds: also not that it is different from something. */
function isSo({ is, value }: Condition, found: Found): boolean {
  if (!found || !isAnswered(found.answer)) return false
  const { answer, outcome } = { answer: found.answer.value, outcome: found.answer.outcome }
  if (is === 'answered') return true
  if (is === 'passing') return outcome === 'pass'
  if (is === 'failing') return outcome === 'fail'
  if (answer === null) return false
  if (is === 'equal') return saidBy(answer).includes(value)
  if (is === 'not_equal') return !saidBy(answer).includes(value)
  const number = answer.kind === 'number' || answer.kind === 'temperature' ? numberOf(answer.text) : Number.NaN
  return is === 'above' ? number > numberOf(value) : number < numberOf(value)
}

function saidBy(value: AnswerValue): readonly string[] {
  if (value.kind === 'yes_no') return [value.yes ? 'yes' : 'no']
  if (value.kind === 'pass_fail') return [value.passes ? 'pass' : 'fail']
  if (value.kind === 'choice') return value.options
  return 'text' in value ? [value.text] : []
}
