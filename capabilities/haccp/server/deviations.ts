import type { Deviation } from '../haccp-plan.ts'
import type { Tie } from '../plan.ts'
import type { FailedAnswer, FailedFood, UnitDeviation } from './store-monitoring.ts'

/** Everything that deviated at a location in a time, as far as a plan looks. */
export type Deviated = {
  units: readonly UnitDeviation[]
  answers: readonly FailedAnswer[]
  foods: readonly FailedFood[]
  /** What questions are called. */
  labels: ReadonlyMap<string, string>
}

/** Of a control, the latest first; what an answer and its unit tell alike is told once. */
export function deviationsIn(ties: readonly Tie[], { units, answers, foods, labels }: Deviated): Deviation[] {
  const unitIds = new Set(ties.flatMap((tie) => (tie.kind === 'unit' ? [tie.unitId] : [])))
  const tieIds = new Set(ties.map(({ id }) => id))
  const kinds = new Set<string>(ties.flatMap((tie) => (tie.kind === 'process' ? [tie.process] : [])))
  const ofUnits = units.filter(({ unitId }) => unitIds.has(unitId)).map(ofUnit)
  const known = new Set(ofUnits.map(({ action }) => action?.id))
  const ofAnswers = new Map(
    answers
      .filter(({ tieId, actionId }) => tieIds.has(tieId) && !known.has(actionId ?? ''))
      .map((answer) => [answer.id, ofAnswer(answer, labels.get(answer.itemId) ?? '')]),
  )
  const ofFoods = foods.filter(({ process }) => kinds.has(process)).map(ofFood)
  return [...ofUnits, ...ofAnswers.values(), ...ofFoods].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

type Acted = Deviation['acted']

/** Opened by the product itself: until someone answers, nothing was done. */
const ofActionState = (state: string | null): Acted =>
  state === 'verified'
    ? 'verified'
    : state === 'closed'
      ? 'done'
      : state === null || state === 'opened'
        ? 'nothing'
        : 'open'

const ofUnit = ({ id, unitId, unit, at, until, value, actionId, state }: UnitDeviation): Deviation => ({
  ...{ kind: 'excursion', id, at, until, what: unit, value },
  record: { kind: 'unit', id: unitId },
  acted: ofActionState(state),
  action: actionId === null ? null : { kind: 'corrective_action', id: actionId },
})

const FINDINGS: Record<string, Acted> = { open: 'open', fixed: 'done', verified: 'verified', repeated: 'open' }
const TASKS: Record<string, Acted> = { completed: 'done', cancelled: 'nothing' }

function ofAnswer(answer: FailedAnswer, label: string): Deviation {
  const {
    id,
    at,
    checklistId,
    value,
    note,
    isRechecked,
    actionId,
    actionState,
    findingId,
    findingState,
    taskId,
    taskState,
  } = answer
  const [acted, action]: [Acted, Deviation['action']] =
    actionId !== null
      ? [ofActionState(actionState), { kind: 'corrective_action', id: actionId }]
      : findingId !== null
        ? [FINDINGS[findingState ?? ''] ?? 'open', { kind: 'finding', id: findingId }]
        : taskId !== null
          ? [TASKS[taskState ?? ''] ?? 'open', { kind: 'task', id: taskId }]
          : ['nothing', null]
  const read = value?.text ? [value.text, value.unit && `°${value.unit}`].filter(Boolean).join(' ') : ''
  return {
    ...{ kind: 'answer', id, at, until: null, what: label, value: [read, note].filter(Boolean).join(' · ') },
    record: { kind: 'checklist', id: checklistId },
    // Put right and looked at again is as good as confirmed, whatever else was asked for.
    acted: isRechecked ? 'verified' : acted,
    action,
  }
}

const ofFood = ({ id, product, at, until, failure, state, needsVerification }: FailedFood): Deviation => ({
  ...{ kind: 'process', id, at, until, what: product, value: failure },
  record: { kind: 'process', id },
  acted: state === 'verified' ? 'verified' : state === 'running' ? 'nothing' : 'done',
  action: state === 'finished' && needsVerification ? { kind: 'process', id } : null,
})
