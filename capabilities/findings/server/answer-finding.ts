import { demandEvidence, nameEvidence } from '@opsflow/capabilities/evidence/server'
import { endTask, openTaskAgain } from '@opsflow/capabilities/tasks/server'
import { can } from '@opsflow/platform/actor'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import { findingChanged } from '../facts.ts'
import type { Finding, FindingStep } from '../finding.ts'
import { comesTooLate, mayFix, maySendBack, mayVerify, withStep } from '../finding-change.ts'
import type { Fix, SendingBack, Verification } from '../finding-input.ts'
import type { FindingsPermission } from '../permissions.ts'
import { insertSteps, lockFinding, readFinding, saveFindings } from './store.ts'

type Confirming = z.output<typeof Verification>
type Returning = z.output<typeof SendingBack>
type Signature = FindingStep['signature']

/** Someone says what was done: its task is done by that, and another person is to confirm it. */
export async function fixFinding(tx: Tx, findingId: string, fix: Fix, when = justNow()): Promise<Finding> {
  const finding = await take(tx, 'findings.fix', findingId)
  if (isKnown(finding, fix.stepId)) return finding
  mayFix(finding)
  return fixed(tx, finding, fix, when)
}

/** Someone else confirms the fix they saw, with all its photos before them. */
export async function verifyFinding(
  tx: Tx,
  findingId: string,
  { stepId: id, fixId, note }: Confirming,
  signature: Signature,
  when = justNow(),
): Promise<Finding> {
  const finding = await take(tx, 'findings.verify', findingId)
  if (isKnown(finding, id)) return finding
  mayVerify(finding, fixId, memberOf(tx) ?? '')
  await demandEvidence(tx, 'finding', findingId)
  return noteStep(tx, finding, { id, step: 'verified', note, signature }, when)
}

/** It does not do: open again, and its task with it. */
export async function sendFindingBack(
  tx: Tx,
  findingId: string,
  { stepId: id, fixId, reason }: Returning,
  when = justNow(),
): Promise<Finding> {
  const finding = await take(tx, 'findings.verify', findingId)
  if (isKnown(finding, id)) return finding
  maySendBack(finding, fixId)
  await openTaskAgain(tx, finding.taskId, when)
  return noteStep(tx, finding, { id, step: 'sent_back', note: reason }, when)
}

/** The same three, done offline: what comes too late to count changes nothing and stays in the history. */
export async function bringFix(tx: Tx, findingId: string, fix: Fix, when: Moment): Promise<Ran | undefined> {
  const finding = await take(tx, 'findings.fix', findingId)
  if (isKnown(finding, fix.stepId)) return undefined
  if (!comesTooLate(finding, 'fixed', when.at)) {
    mayFix(finding)
    await fixed(tx, finding, fix, when)
    return undefined
  }
  await namePhotos(tx, finding, fix, when)
  const { stepId: id, note, cause, cost } = fix
  return late(tx, finding, { id, step: 'fixed', note, cause, cost }, when)
}

export async function bringVerification(
  tx: Tx,
  findingId: string,
  given: Confirming,
  signature: Signature,
  when: Moment,
): Promise<Ran | undefined> {
  const finding = await take(tx, 'findings.verify', findingId)
  const { stepId: id, note } = given
  if (!isKnown(finding, id) && comesTooLate(finding, 'verified', when.at)) {
    return late(tx, finding, { id, step: 'verified', note, signature }, when)
  }
  await verifyFinding(tx, findingId, given, signature, when)
  return undefined
}

export async function bringReturn(tx: Tx, findingId: string, given: Returning, when: Moment): Promise<Ran | undefined> {
  const finding = await take(tx, 'findings.verify', findingId)
  const { stepId: id, reason: note } = given
  if (!isKnown(finding, id) && comesTooLate(finding, 'sent_back', when.at)) {
    return late(tx, finding, { id, step: 'sent_back', note }, when)
  }
  await sendFindingBack(tx, findingId, given, when)
  return undefined
}

async function fixed(tx: Tx, finding: Finding, fix: Fix, when: Moment): Promise<Finding> {
  await namePhotos(tx, finding, fix, when)
  await endTask(tx, finding.taskId, 'completed', when)
  const { stepId: id, note, cause, cost } = fix
  return noteStep(tx, finding, { id, step: 'fixed', note, cause, cost }, when)
}

const namePhotos = (tx: Tx, { id, locationId }: Finding, { photos }: Fix, { at }: Moment) =>
  nameEvidence(tx, { ownerKind: 'finding', ownerId: id, locationId, at }, photos)

/** Locked, for someone who may do this there. What they may not even see does not exist. */
async function take(tx: Tx, permission: FindingsPermission, id: string): Promise<Finding> {
  const finding = (await lockFinding(tx, id)) ?? notFound()
  if (!can(tx.actor, 'findings.read', finding.locationId)) notFound()
  if (!can(tx.actor, permission, finding.locationId)) {
    refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
  }
  return finding
}

type Step = Pick<FindingStep, 'id' | 'step' | 'note'> & Partial<Pick<FindingStep, 'cause' | 'cost' | 'signature'>>

async function noteStep(tx: Tx, finding: Finding, step: Step, when: Moment): Promise<Finding> {
  await append(tx, finding, step, when)
  const by = memberOf(tx)
  const next = withStep(finding, {
    ...{ outcome: 'applied', at: when.at, receivedAt: when.receivedAt, timeQuality: when.quality, kiosk: null },
    ...{ by: by === null ? null : { id: by, name: '' }, signature: null, cause: null, cost: null, checklistId: null },
    ...step,
  })
  await saveFindings(tx, [next])
  return announced(tx, finding.id)
}

async function late(tx: Tx, finding: Finding, step: Step, when: Moment): Promise<Ran> {
  await append(tx, finding, { ...step, outcome: 'superseded' }, when)
  await announced(tx, finding.id)
  return finding.state === 'open' || finding.state === 'fixed'
    ? { outcome: 'superseded', code: 'findings.answered_since', detail: 'Someone answered it later; that stands.' }
    : {
        outcome: 'superseded',
        code: 'findings.over',
        detail: `It was ${finding.state} by then. What you did is in its history.`,
      }
}

async function append(
  tx: Tx,
  { id: findingId, locationId }: Finding,
  step: Step & { outcome?: 'superseded' },
  when: Moment,
) {
  if (await insertSteps(tx, [{ ...step, findingId, locationId }], memberOf(tx), when)) return
  refuse('conflict', 'findings.id_taken', { detail: 'Another step has this id.' })
}

async function announced(tx: Tx, id: string): Promise<Finding> {
  const finding = (await readFinding(tx, id)) ?? notFound()
  await tx.emit(findingChanged, finding)
  return finding
}

const isKnown = ({ history }: Finding, id: string) => history.some((step) => step.id === id)
const memberOf = ({ actor }: Pick<Tx, 'actor'>) => (actor.kind === 'member' ? actor.id : null)
