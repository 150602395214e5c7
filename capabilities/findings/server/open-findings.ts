import type { Score } from '@opsflow/capabilities/audits'
import { endTask, openTask, tieTask } from '@opsflow/capabilities/tasks/server'
import type { Moment } from '@opsflow/platform/moment'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { visitFound } from '../facts.ts'
import type { Finding, FindingStep } from '../finding.ts'
import { withStep } from '../finding-change.ts'
import { taskFor } from '../finding-task.ts'
import { type Looked, type Opening, type Visit, visitFinds } from '../visit.ts'
import { insertFindings, insertSteps, lockKnown, saveFindings } from './store.ts'

type Completed = Visit & { auditId: string; version: number; by: string | null }

/**
 * What an audit found becomes work, in the transaction that completes it: new findings with their tasks, what was found
 * again with its earlier finding, and what is in order now. Whoever completes the audit has been let do that.
 */
export async function openFindings(tx: Tx, visit: Completed, score: Score, looked: readonly Looked[], when: Moment) {
  const known = await lockKnown(tx, visit.locationId, visit.templateId)
  const { opened, resolved, withdrawn } = visitFinds(score, looked, known, visit)
  const repeated = opened.flatMap(({ before }) => before ?? [])
  if (opened.length + resolved.length + withdrawn.length === 0) return
  const fresh = []
  for (const one of opened) {
    fresh.push({ ...rowOf(one, visit), taskId: await taskOf(tx, one, visit, when) })
  }
  for (const { taskId } of withdrawn) await endTask(tx, taskId, 'cancelled', when)
  if (fresh.length > 0) await insertFindings(tx, fresh, visit.by, when.at)
  const { locationId, auditId, checklistId } = visit
  const later = [
    ...repeated.map((finding) => ({ finding, step: 'repeated' as const })),
    ...resolved.map((finding) => ({ finding, step: 'resolved' as const })),
    ...withdrawn.map((finding) => ({ finding, step: 'withdrawn' as const })),
  ].map(({ finding, step }) => ({ finding, step, id: uuid7() }))
  const steps = [
    ...fresh.map(({ id }) => ({ id, findingId: id, locationId, step: 'opened' as const })),
    ...later.map(({ finding, step, id }) => ({ id, findingId: finding.id, locationId, step, checklistId })),
  ]
  await insertSteps(tx, steps, visit.by, when)
  if (later.length > 0) {
    await saveFindings(
      tx,
      later.map(({ finding, step }) => after(finding, step, visit, when)),
    )
  }
  await tx.emit(visitFound, {
    ...{ locationId, auditId, checklistId },
    ...{ opened: opened.length, repeated: repeated.length, resolved: resolved.length, withdrawn: withdrawn.length },
  })
}

/** The task that does for it: the one that there is, while it is open, or a new one. */
async function taskOf(tx: Tx, opening: Opening, { locationId, at }: Completed, when: Moment): Promise<string> {
  const { taskId, dueAt, before } = opening
  const tied = taskId !== null && (await tieTask(tx, taskId, dueAt))
  if (before?.state === 'open' && !(tied && before.taskId === taskId))
    await endTask(tx, before.taskId, 'cancelled', when)
  return tied ? taskId : openTask(tx, taskFor(opening, locationId, at))
}

const rowOf = ({ looked, id, severity, dueAt, dueDay, before, times }: Opening, visit: Completed) => ({
  ...{ id, locationId: visit.locationId, auditId: visit.auditId, checklistId: visit.checklistId },
  ...{ templateId: visit.templateId, version: visit.version, answerId: looked.answerId, itemId: looked.itemId },
  ...{ entryId: looked.entryId, label: looked.label.slice(0, 600), as: looked.as, severity, dueAt, dueDay },
  ...{ repeatsId: before?.id ?? null, times },
})

function after(finding: Finding, step: FindingStep['step'], { by, checklistId }: Completed, { at }: Moment) {
  return withStep(finding, {
    ...{
      id: finding.id,
      step,
      outcome: 'applied',
      at,
      receivedAt: null,
      timeQuality: null,
      kiosk: null,
      signature: null,
    },
    ...{ note: '', cause: null, cost: null, checklistId, by: by === null ? null : { id: by, name: '' } },
  })
}
