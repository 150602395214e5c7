import type { Score } from '@opsflow/capabilities/audits'
import { endTask, openTasks, tieTasks } from '@opsflow/capabilities/tasks/server'
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
  const tasks = await tasksFor(tx, opened, visit, when)
  const fresh = opened.map((one) => ({ ...rowOf(one, visit), taskId: tasks.get(one.id) ?? one.id }))
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

/** The task that does for each: the one that there is, while it is open, or a new one under the finding's own id. */
async function tasksFor(tx: Tx, opened: readonly Opening[], { locationId, at }: Completed, when: Moment) {
  const wanted = opened.flatMap(({ taskId, dueAt }) => (taskId === null ? [] : [{ id: taskId, dueAt }]))
  const tied = await tieTasks(tx, wanted)
  const isTied = ({ taskId }: Opening) => taskId !== null && tied.has(taskId)
  for (const one of opened) {
    const { before, taskId } = one
    if (before?.state === 'open' && !(isTied(one) && before.taskId === taskId)) {
      await endTask(tx, before.taskId, 'cancelled', when)
    }
  }
  const own = await openTasks(
    tx,
    opened.filter((one) => !isTied(one)).map((one) => taskFor(one, locationId, at)),
  )
  return new Map(opened.map((one) => [one.id, (isTied(one) ? one.taskId : own.get(one.id)) ?? one.id]))
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
