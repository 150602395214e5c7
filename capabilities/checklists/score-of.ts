import { bestOf, type Inspected, type Mark, type Score, type Scoring, scoreOfMarks } from '@opsflow/capabilities/audits'
import type { Answer } from './answer.ts'
import type { Item, ItemOf } from './item.ts'
import { placeOf } from './standing-answers.ts'
import type { Step } from './steps.ts'
import type { TemplateContent } from './template.ts'

/**
 * What an audit comes to as it stands: of what shows, by the answers that count. Null: the template has no scheme. The
 * device shows it while someone answers; the server keeps it when they are done.
 */
export function scoreOf(
  { scoring }: Pick<TemplateContent, 'scoring'>,
  steps: readonly Step[],
  answers: readonly Answer[],
  inspected: Inspected,
): Score | null {
  // A version of before there were audits does not even say that it is none.
  if (!scoring) return null
  return scoreOfMarks(
    scoring,
    marksOf(scoring, steps, answers).map(({ mark }) => mark),
    inspected,
  )
}

/** What was answered, step by step, as far as a score or a comparison needs it. */
export function marksOf({ scheme }: Pick<Scoring, 'scheme'>, steps: readonly Step[], answers: readonly Answer[]) {
  const found = new Set(answers.filter(isWrittenDown).map(placeOf))
  return steps.map((step) => ({ step, mark: markOf(step, found, scheme === 'weighted') }))
}

/** A failing answer that says something. One that was only a slip of the finger says nothing. */
const isWrittenDown = ({ outcome, note, photos }: Answer) => outcome === 'fail' && (note !== '' || photos > 0)

function markOf(
  { section, entry, item, answer, isMissing }: Step,
  found: ReadonlySet<string>,
  isWeighted: boolean,
): Mark {
  const entryId = entry?.id ?? null
  return {
    ...{ sectionId: section.id, sectionLabel: section.title, itemId: item.id, label: item.label },
    ...{ entryId, entryLabel: entry?.label ?? '', weight: item.weight, isCritical: item.isCritical, isMissing },
    ...{ counts: item.scored?.counts ?? 'usual', as: item.scored?.as ?? null },
    ...says(item, answer, isWeighted),
    wasFound: found.has(placeOf({ itemId: item.id, entryId })),
  }
}

function says(item: Item, answer: Answer | undefined, isWeighted: boolean): Pick<Mark, 'says' | 'points' | 'best'> {
  const chosen = answer?.value?.kind === 'choice' ? answer.value.options : []
  const pointed = item.kind === 'choice' ? ofPoints(item, chosen) : null
  if (pointed && answer && chosen.length > 0) {
    const fails = answer.outcome === 'fail'
    const isLeftOut = isWeighted && pointed.points === null && !fails
    return { ...pointed, says: fails ? 'fail' : isLeftOut ? 'left_out' : 'pass' }
  }
  const best = pointed?.best ?? null
  if (!answer || answer.outcome === 'cleared')
    return { says: canFail(item) ? 'unanswered' : 'left_out', points: null, best }
  const { outcome } = answer
  return { says: outcome === 'pass' || outcome === 'fail' ? outcome : 'left_out', points: null, best }
}

/** Of a choice with points. Where they are summed, an option without any leaves the score: by that, not by its words. */
function ofPoints({ options, several }: ItemOf<'choice'>, chosen: readonly string[]) {
  const pointed = options.filter(({ points }) => typeof points === 'number')
  if (pointed.length === 0) return null
  const taken = pointed.filter(({ id }) => chosen.includes(id)).map(({ points }) => points ?? 0)
  return {
    points: taken.length === 0 ? null : taken.reduce((sum, points) => sum + points, 0),
    best: bestOf(
      pointed.map(({ points }) => points ?? 0),
      several,
    ),
  }
}

/** Is there an answer to it that fails, or one with points? What is only recorded is no part of a score. */
function canFail(item: Item): boolean {
  switch (item.kind) {
    case 'pass_fail':
    case 'temperature':
    case 'timer':
      return true
    case 'yes_no':
      return item.failsOn !== 'neither'
    case 'number':
      return item.min !== null || item.max !== null
    case 'scan':
      return item.expects !== null
    case 'choice':
      return item.options.some(({ fails, points }) => fails || typeof points === 'number')
    default:
      return false
  }
}
