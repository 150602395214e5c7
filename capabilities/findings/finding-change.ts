import { refuse } from '@opsflow/platform/refusal'
import type { Finding, FindingStep } from './finding.ts'

/**
 * What people may do about a finding, and what becomes of it. Steps append; the latest fix that was not sent back is the
 * one that counts. The same on the device and on the server.
 */
export const findingRefusals = [
  'findings.over',
  'findings.not_fixed',
  'findings.changed_since',
  'findings.verifier_must_differ',
  'findings.id_taken',
] as const

/** The fix that is to be confirmed: by it a verifier says what they saw. */
export const standingFix = ({ state, history }: Pick<Finding, 'state' | 'history'>): FindingStep | undefined =>
  state === 'open' ? undefined : history.findLast(({ step, outcome }) => step === 'fixed' && outcome === 'applied')

/** It may be said again, better, until it is confirmed. */
export function mayFix({ state }: Pick<Finding, 'state'>) {
  if (state === 'open' || state === 'fixed') return
  refuse('conflict', 'findings.over', { detail: `This finding is ${state} already.` })
}

/** Someone else, who looks at the fix that stands. */
export function mayVerify(finding: Pick<Finding, 'state' | 'history'>, fixId: string, by: string) {
  const fix = mustBeFixed(finding, fixId)
  if (fix.by?.id === by) {
    refuse('forbidden', 'findings.verifier_must_differ', { detail: 'Someone else confirms what you have put right.' })
  }
}

export const maySendBack = (finding: Pick<Finding, 'state' | 'history'>, fixId: string): void =>
  void mustBeFixed(finding, fixId)

function mustBeFixed(finding: Pick<Finding, 'state' | 'history'>, fixId: string): FindingStep {
  if (finding.state !== 'open' && finding.state !== 'fixed') mayFix(finding)
  const fix = standingFix(finding)
  if (!fix) refuse('conflict', 'findings.not_fixed', { detail: 'Nobody has said yet that it was put right.' })
  if (fix.id !== fixId) {
    refuse('conflict', 'findings.changed_since', { detail: 'Something else was done since. Look at that.' })
  }
  return fix
}

/**
 * Offline work arrives when it arrives, and stays in the history either way; does it still count? Of two fixes the later
 * one by the time it was done. A fix from before it was sent back answers nothing of that. Of a confirmation and a
 * sending back the first to arrive.
 */
export function comesTooLate(
  { state, history }: Pick<Finding, 'state' | 'history'>,
  step: 'fixed' | 'verified' | 'sent_back',
  at: string,
): boolean {
  if (state !== 'open' && state !== 'fixed') return true
  const last = history.findLast(
    ({ step, outcome }) => outcome === 'applied' && (step === 'fixed' || step === 'sent_back'),
  )
  if (step === 'fixed') return last !== undefined && Date.parse(at) < Date.parse(last.at)
  return state === 'open' && last?.step === 'sent_back'
}

/** The finding with one more step, and the state that follows from it. */
export function withStep(finding: Finding, step: FindingStep): Finding {
  const state = step.outcome === 'applied' ? stateAfter(finding, step) : finding.state
  const isOver = state !== 'open' && state !== 'fixed'
  return {
    ...finding,
    state,
    fixedAt: state === 'open' ? null : step.step === 'fixed' && step.outcome === 'applied' ? step.at : finding.fixedAt,
    endedAt: isOver ? (finding.endedAt ?? step.at) : null,
    resolvedAt: step.step === 'resolved' ? step.at : finding.resolvedAt,
    history: [...finding.history, step],
  }
}

function stateAfter(finding: Finding, { step, by }: FindingStep): Finding['state'] {
  switch (step) {
    case 'opened':
    case 'sent_back':
      return 'open'
    case 'fixed':
    case 'verified':
    case 'withdrawn':
      return step
    case 'repeated':
      return finding.state === 'verified' ? 'verified' : 'repeated'
    // Found in order by someone else than whoever put it right: that is a confirmation.
    case 'resolved':
      return finding.state === 'fixed' && by !== null && standingFix(finding)?.by?.id !== by.id
        ? 'verified'
        : finding.state
  }
}

/** Past its time, and nobody says that it was put right. */
export const isOverdue = ({ state, dueAt }: Pick<Finding, 'state' | 'dueAt'>, now: number): boolean =>
  state === 'open' && Date.parse(dueAt) < now

/** To be done, or to be confirmed. */
export const isOwed = ({ state }: Pick<Finding, 'state'>): boolean => state === 'open' || state === 'fixed'
