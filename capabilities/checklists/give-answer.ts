import { parseTemperature, type RulesOf } from '@opsflow/capabilities/temperature'
import { refuse } from '@opsflow/platform/refusal'
import type { Answer, AnswerOutcome, AnswerValue, NewAnswer } from './answer.ts'
import type { Item } from './item.ts'
import { judgeFood } from './judge-food.ts'
import { placeOf, standingAnswers } from './standing-answers.ts'
import { outcomeOf } from './steps.ts'
import type { Section, TemplateContent } from './template.ts'

/** What an answer belongs to: an item, or the section of which it begins or removes an entry. */
export type Asked = { section: Section; item: Item | null }

export type NewEntry = Pick<NewAnswer, 'itemId' | 'entryId' | 'value' | 'notApplicable'>

/** Is this an answer to what was asked? The same on the device and on the server; a refusal says what is wrong. */
export function mustFit(content: TemplateContent, answers: readonly Answer[], given: NewEntry): Asked {
  for (const section of content.sections) {
    if (section.id === given.itemId) {
      mustBeEntry(section, answers, given)
      return { section, item: null }
    }
    const item = section.items.find(({ id }) => id === given.itemId)
    if (!item) continue
    mustLieIn(section, answers, given)
    mustAnswer(item, given)
    return { section, item }
  }
  return wrong('checklists.item_unknown', 'This version of the checklist does not ask that.')
}

function mustBeEntry(
  { repeat }: Section,
  answers: readonly Answer[],
  { itemId, entryId, value, notApplicable }: NewEntry,
) {
  if (repeat?.per !== 'entry' || entryId === null || notApplicable || (value !== null && value.kind !== 'entry')) {
    wrong('checklists.entry_unknown', 'Nothing is added to this section.')
  }
  const others = [...standingAnswers(answers).values()].filter(
    (other) => other.itemId === itemId && other.entryId !== entryId && other.value?.kind === 'entry',
  )
  if (value !== null && others.length >= repeat.atMost) {
    wrong('checklists.too_many_entries', `At most ${repeat.atMost} of these.`)
  }
}

function mustLieIn({ id, repeat }: Section, answers: readonly Answer[], { entryId }: NewEntry) {
  if (repeat === null ? entryId === null : repeat.per === 'unit' ? entryId !== null : wasBegun()) return
  wrong('checklists.entry_unknown', 'It belongs to no entry of this section.')

  function wasBegun() {
    return answers.some(
      (answer) => answer.itemId === id && answer.entryId === entryId && answer.value?.kind === 'entry',
    )
  }
}

function mustAnswer(item: Item, { value, notApplicable, entryId }: NewEntry) {
  if (item.kind === 'instruction') wrong('checklists.nothing_asked', 'This is to be read; nothing is answered.')
  if (value === null) {
    if (notApplicable && !item.mayBeNotApplicable) {
      wrong('checklists.must_be_answered', 'This has to be answered: it always applies.')
    }
    return
  }
  if (notApplicable || value.kind !== item.kind) wrong('checklists.other_kind', 'This is no answer to what is asked.')
  if (value.kind === 'choice' && item.kind === 'choice') {
    const known = value.options.every((id) => item.options.some((option) => option.id === id))
    const single = item.several || value.options.length === 1
    if (!known || !single) wrong('checklists.option_unknown', 'Choose from what is offered.')
  }
  if (value.kind === 'moment' && item.kind === 'moment' && !MOMENTS[item.asks].test(value.text)) {
    wrong('checklists.moment_unreadable', 'Give a date as 2026-11-27, a time as 06:30.')
  }
  if (value.kind === 'temperature' && item.kind === 'temperature') {
    const read = parseTemperature(value.text, value.unit)
    if (!read.ok) wrong(read.code, read.message)
    const isUnit = item.subject.kind === 'unit'
    if (isUnit !== (value.unitId !== null)) wrong('checklists.unit_needed', 'Say which unit was read.')
    if (isUnit && entryId !== null && entryId !== value.unitId) {
      wrong('checklists.unit_needed', 'This reading belongs to another unit.')
    }
  }
}

const MOMENTS = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  date_time: /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
}

/** It names a reading: which answer made it, and with the same value. So a note never becomes a second reading. */
export function readingMeant(answers: readonly Answer[], given: NewAnswer): Answer | null {
  if (given.value?.kind !== 'temperature' || given.value.logId === null) return null
  const { logId, text, unit, unitId } = given.value
  const meant = answers.find(({ id }) => id === logId)
  const value = meant?.value?.kind === 'temperature' ? meant.value : null
  const isSame = value?.text === text && value.unit === unit && value.unitId === unitId && value.logId === null
  if (!meant || !isSame || placeOf(meant) !== placeOf(given)) {
    return wrong('checklists.reading_unknown', 'The reading this says more of is another one.')
  }
  return meant
}

/** A food by its limit; null for everything that a unit's own limits, or nothing, can judge. */
export function judgedFood(item: Item | null, value: AnswerValue | null, rules: RulesOf): boolean | null {
  if (item?.kind !== 'temperature' || item.subject.kind !== 'food' || value?.kind !== 'temperature') return null
  const read = parseTemperature(value.text, value.unit)
  return read.ok ? judgeFood(item.subject, rules, read.value) : null
}

export function outcomeGiven({ item }: Asked, given: NewEntry, judged: boolean | null): AnswerOutcome {
  if (given.value === null) return given.notApplicable ? 'not_applicable' : 'cleared'
  return item === null ? 'recorded' : outcomeOf(item, given.value, judged)
}

/** The work that follows from a failing answer, where the item says so. Under the answer's own id, as its cause. */
export function taskAfter(
  item: Item,
  entryLabel: string | null,
  answer: Pick<Answer, 'id' | 'locationId' | 'note'>,
  at: string,
) {
  const { title, priority, dueMinutes, role } = item.onFail?.task ?? TASK
  const label = entryLabel ? `${entryLabel}: ${item.label}` : item.label
  return {
    id: answer.id,
    locationId: answer.locationId,
    title: (title || label).slice(0, 200),
    description: [title && label, answer.note, item.onFail?.fix].filter(Boolean).join('\n').slice(0, 4000),
    taskType: 'other' as const,
    priority,
    cause: causeOf(answer.id),
    dueAt: new Date(Date.parse(at) + dueMinutes * 60_000).toISOString(),
    createdAt: at,
    ...(role !== null && { assignedRole: role }),
  }
}
const TASK = { title: '', priority: 'high' as const, dueMinutes: 240, role: null }

export const causeOf = (answerId: string) => ({ kind: 'checklist_answer', id: answerId })

/** May this failing answer become a task, and has it none? A unit’s deviation has its corrective action already. */
export const becomesTask = (item: Item | null, answer: Pick<Answer, 'outcome' | 'value' | 'taskId'>): item is Item =>
  item !== null &&
  answer.outcome === 'fail' &&
  answer.taskId === null &&
  item.onFail !== null &&
  item.onFail.leadsTo !== 'nothing' &&
  !(answer.value?.kind === 'temperature' && answer.value.unitId !== null)

/** The field that is wrong, by its refusal; all others are about the value. */
const FIELDS: Readonly<Record<string, string>> = {
  'checklists.item_unknown': 'itemId',
  'checklists.entry_unknown': 'entryId',
  'checklists.too_many_entries': 'entryId',
}

function wrong(code: string, detail: string): never {
  return refuse('invalid', code, { detail, errors: [{ path: FIELDS[code] ?? 'value', code, message: detail }] })
}
