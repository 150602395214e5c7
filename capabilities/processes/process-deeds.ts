import { type RulesOf, readTyped } from '@opsflow/capabilities/temperature'
import type { RecordedTimeQuality } from '@opsflow/platform/moment'
import { refuse } from '@opsflow/platform/refusal'
import { endingsOf } from './endings.ts'
import { dateMarkOf, judgedAt, judgeProcess } from './judge-process.ts'
import { isDoubted, type ProbeStanding } from './probe-standing.ts'
import type {
  BeginInput,
  CorrectionInput,
  EventInput,
  FinishInput,
  Person,
  Process,
  ProcessStep,
  ReadingInput,
  StepReading,
} from './process.ts'
import { editionAt, processRules } from './process-rules.ts'
import { IS_PROVEN } from './process-words.ts'
import type { Verdict } from './verdict.ts'

/**
 * What each deed makes of a process, the same on a device and on the server: the device shows it at once, the server records
 * it. `Done` says who did it and when, as far as that is known.
 */
export type Done = {
  by: Person | null
  kiosk: Person | null
  at: string
  receivedAt: string | null
  timeQuality: RecordedTimeQuality | null
}

/** The rules and the clock of the place where it happens. */
export type Place = RulesOf & { timezone: string }

export type ReadWith = { probe: Person; standing: ProbeStanding } | null

/** A process that begins, with what its food was then. */
export function begun(input: BeginInput, place: Place, probe: ReadWith, done: Done): Process {
  const { id, locationId, plan, product, batch, amount, reading } = input
  const edition = editionAt(place)
  if (plan.kind === 'cooking' && !processRules(edition).cooking.some((rule) => rule.id === plan.rule)) {
    wrong('plan.rule', 'processes.rule_unknown', 'This is no cooking rule of the rule book that holds here.')
  }
  const fresh: Process = {
    ...{ id, locationId, kind: plan.kind, plan, product, batch, amount, edition },
    ...{
      beganAt: done.at,
      beganBy: done.by,
      receivedAt: done.receivedAt,
      timeQuality: done.timeQuality,
      kiosk: done.kiosk,
    },
    ...{ state: 'running', result: 'running', failure: null, disposition: null, finishedAt: null, finishedBy: null },
    ...{ needsVerification: false, verifiedAt: null, verifiedBy: null, nextAsk: null, nextAt: null, asked: 0 },
    steps: reading ? [readingStep({ ...reading, step: 'reading' }, probe, done)] : [],
  }
  dateMarkOf(fresh, place.timezone)
  return derived(fresh, place, done.at)
}

/** A thermometer was read. What was read after the end, or came after it was verified, is kept and does not count. */
export function read(process: Process, reading: StepReading, place: Place, probe: ReadWith, done: Done): Process {
  if (reading.step === 'reheat') mustBeReheatable(process)
  return withStep(process, readingStep(reading, probe, done), place, done)
}

function mustBeReheatable({ plan }: Process) {
  if (plan.kind === 'cooling' && plan.from === 'hot') return
  refuse('conflict', 'processes.not_to_be_reheated', { detail: 'Only food that was cooled from hot is reheated here.' })
}

/** A reading was typed wrongly: the new value counts, both are kept. */
export function corrected(process: Process, input: CorrectionInput, place: Place, done: Done): Process {
  const { id, correctsId, value, unit, reason } = input
  const first = process.steps.find(
    (step) => step.id === correctsId && (step.step === 'reading' || step.step === 'reheat'),
  )
  if (!first) wrong('correctsId', 'processes.step_unknown', 'This process has no such reading.')
  if (process.steps.some((step) => step.step === 'correction' && step.correctsId === correctsId)) {
    refuse('conflict', 'processes.corrected_already', { detail: 'This reading was corrected already.' })
  }
  const step = { ...blank(id, 'correction', done), value: readTyped(value, unit), correctsId, note: reason }
  return withStep(process, step, place, done)
}

/** Into the freezer, out of it, or back under temperature control. */
export function happened(process: Process, { id, event, note }: EventInput, place: Place, done: Done): Process {
  const { kind } = process.plan
  if (kind !== (event === 'returned' ? 'time_control' : 'date_mark')) {
    wrong('event', 'processes.wrong_event', 'This does not happen to a process of this kind.')
  }
  mustRun(process)
  if (event !== 'returned') mustFollow(process, event, place)
  return withStep(process, { ...blank(id, event, done), note }, place, done)
}

function mustFollow(process: Process, event: 'froze' | 'thawed', { timezone }: Place) {
  const isFrozen = dateMarkOf(process, timezone).lastUseDate === null
  if (event === 'froze' && isFrozen)
    refuse('conflict', 'processes.frozen_already', { detail: 'It is in the freezer already.' })
  if (event === 'thawed' && !isFrozen)
    refuse('conflict', 'processes.not_frozen', { detail: 'It is not in the freezer.' })
}

/**
 * The end, and what became of the food. What is proven ends well; what failed ends as its remedies allow; anything may be
 * discarded, with a reason.
 */
export function finished(process: Process, { id, disposition, note }: FinishInput, place: Place, done: Done): Process {
  mustRun(process)
  const verdict = judgeProcess(process, Date.parse(done.at), place.timezone)
  if (!endingsOf(process, verdict).includes(disposition)) {
    wrong(
      'disposition',
      'processes.disposition_wrong',
      'It may not end like this now: nothing proves that the food is safe.',
    )
  }
  if (disposition === 'discarded' && note.length < 3) {
    wrong('note', 'processes.reason_missing', 'Say why it is discarded.')
  }
  const ended: Process = {
    ...process,
    ...{ state: 'finished', disposition, finishedAt: done.at, finishedBy: done.by },
    steps: [...process.steps, { ...blank(id, 'finish', done), disposition, note }],
  }
  return derived(ended, place, done.at)
}

/** Someone who took no part has looked at it. */
export function verified(
  process: Process,
  { id, note, signature }: { id: string; note: string; signature: ProcessStep['signature'] },
  done: Done,
): Process {
  if (process.state === 'running') refuse('conflict', 'processes.not_finished', { detail: 'It is not finished yet.' })
  if (!process.needsVerification || process.state === 'verified') {
    refuse('conflict', 'processes.nothing_to_verify', {
      detail: 'There is nothing to verify here, or it was verified already.',
    })
  }
  const tookPart = new Set([process.beganBy?.id, ...process.steps.map(({ by }) => by?.id)])
  if (done.by === null || tookPart.has(done.by.id)) {
    refuse('conflict', 'processes.verified_by_participant', { detail: 'Someone who took no part has to verify it.' })
  }
  return {
    ...process,
    ...{ state: 'verified', verifiedAt: done.at, verifiedBy: done.by },
    steps: [...process.steps, { ...blank(id, 'verification', done), note, signature }],
  }
}

const mustRun = ({ state }: Process) => {
  if (state !== 'running') refuse('conflict', 'processes.not_running', { detail: 'It is finished already.' })
}

/** A step at its place in time. Too late to count it changes nothing. */
function withStep(process: Process, step: ProcessStep, place: Place, done: Done): Process {
  const isLate =
    process.state === 'verified' ||
    (process.finishedAt !== null && Date.parse(step.at) > Date.parse(process.finishedAt))
  // A correction is made afterwards, and counts for as long as nobody has verified what it is of.
  const counts = !isLate || (step.step === 'correction' && process.state !== 'verified')
  const steps = [...process.steps, counts ? step : { ...step, outcome: 'superseded' as const }]
  return counts ? derived({ ...process, steps }, place, done.at) : { ...process, steps }
}

/** Its result as of its end, or of the last thing that was done, whatever arrived last; and what is asked for next. */
function derived(process: Process, { timezone }: Pick<Place, 'timezone'>, now: string): Process {
  const verdict = judgeProcess(process, judgedAt(process, Date.parse(now)), timezone)
  const { failure } = verdict
  const isOver = process.state !== 'running'
  const result = isOver && verdict.result === 'running' ? endedRunning(process) : verdict.result
  const next = isOver ? null : nextOf(verdict)
  return {
    ...process,
    ...{ result, failure, nextAsk: next?.ask ?? null, nextAt: next === null ? null : new Date(next.at).toISOString() },
    needsVerification: isOver && isCritical(process, result),
  }
}

/** What needs no proof has passed when it ends well; what was not proven by then was given up. */
const endedRunning = ({ plan, disposition }: Process) =>
  disposition === 'discarded' || IS_PROVEN[plan.kind] ? 'stopped' : 'passed'

/** Failed, and nothing mends it: it is decided about at once. */
const nextOf = ({ next, result, failedAt }: Verdict) =>
  next ?? (result === 'failed' ? { ask: 'discard' as const, at: failedAt ?? 0 } : null)

/** It failed, was mended on the way, was read with a doubtful thermometer or clock, or was corrected. */
function isCritical({ steps }: Process, result: Process['result']): boolean {
  if (result === 'failed') return true
  return steps.some(
    ({ step, probeStanding, timeQuality, outcome }) =>
      outcome === 'applied' &&
      (step === 'reheat' || step === 'correction' || isDoubted(probeStanding) || timeQuality === 'doubtful'),
  )
}

const readingStep = (
  { id, step, value, unit, of, heldSeconds, note }: ReadingInput & Pick<StepReading, 'step'>,
  probe: ReadWith,
  done: Done,
): ProcessStep => ({
  ...blank(id, step, done),
  ...{ value: readTyped(value, unit), of, heldSeconds, note },
  ...{ probe: probe?.probe ?? null, probeStanding: probe?.standing ?? null },
})

const blank = (
  id: string,
  step: ProcessStep['step'],
  { by, kiosk, at, receivedAt, timeQuality }: Done,
): ProcessStep => ({
  ...{
    id,
    step,
    at,
    receivedAt,
    timeQuality,
    outcome: 'applied',
    by,
    kiosk,
    value: null,
    of: 'food',
    heldSeconds: null,
  },
  ...{ probe: null, probeStanding: null, correctsId: null, disposition: null, signature: null, note: '' },
})

function wrong(path: string, code: string, message: string): never {
  return refuse('invalid', code, { detail: message, errors: [{ path: `body.${path}`, code, message }] })
}
