import type { Score } from '@opsflow/capabilities/audits'
import { foreseeTask, foreseeTaskEnd, foreseeTiedTask } from '@opsflow/capabilities/tasks'
import type { Doing, Rows } from '@opsflow/platform/sync'
import type { Finding, FindingStep } from './finding.ts'
import { withStep } from './finding-change.ts'
import { taskFor } from './finding-task.ts'
import { type Looked, type Opening, type Visit, visitFinds } from './visit.ts'
import { FINDING } from './words.ts'

/** The audit that a device completes, until the server has spoken: openFindings' other half. */
export async function foreseeFindings(
  rows: Rows,
  score: Score,
  looked: readonly Looked[],
  visit: Visit & { version: number; name: string },
  doing: Doing,
) {
  const known = (await rows.list<Finding>(FINDING)).filter(
    (one) =>
      one.locationId === visit.locationId &&
      one.templateId === visit.templateId &&
      one.resolvedAt === null &&
      one.state !== 'repeated' &&
      one.state !== 'withdrawn',
  )
  const { opened, resolved, withdrawn } = visitFinds(score, looked, known, visit)
  for (const one of opened) await foreseeOpening(rows, one, visit, doing)
  for (const one of resolved) putFinding(rows, withStep(one, stepOf('resolved', doing, visit.checklistId)))
  for (const one of withdrawn) {
    putFinding(rows, withStep(one, stepOf('withdrawn', doing)))
    await foreseeTaskEnd(rows, one.taskId, 'cancelled', doing)
  }
}

async function foreseeOpening(
  rows: Rows,
  opening: Opening,
  visit: Visit & { version: number; name: string },
  doing: Doing,
) {
  const { id, looked, before } = opening
  const taskId = opening.taskId ?? id
  if (opening.taskId) await foreseeTiedTask(rows, opening.taskId, opening.dueAt)
  else await foreseeTask(rows, taskFor(opening, visit.locationId, doing.at), doing)
  if (before) putFinding(rows, withStep(before, stepOf('repeated', doing, visit.checklistId)))
  putFinding(rows, {
    ...{ id, locationId: visit.locationId, auditId: null, checklistId: visit.checklistId, answerId: looked.answerId },
    ...{ templateId: visit.templateId, version: visit.version, auditName: visit.name },
    ...{ itemId: looked.itemId, entryId: looked.entryId, label: looked.label, as: looked.as },
    ...{ severity: opening.severity, said: { note: looked.note, photos: looked.photos } },
    ...{ dueAt: opening.dueAt, dueDay: opening.dueDay, taskId, assignedTo: null },
    assignedRole: { id: looked.work?.role ?? 'org:manager', name: null },
    ...{ state: 'open', openedAt: doing.at, openedBy: doing.by, fixedAt: null, endedAt: null, resolvedAt: null },
    ...{ repeatsId: before?.id ?? null, times: opening.times, history: [{ ...stepOf('opened', doing), id }] },
  })
}

/** A step as it is shown until the server has heard of it. */
export const stepOf = (
  step: FindingStep['step'],
  { by, kiosk, at, uid }: Doing,
  checklistId: string | null = null,
): FindingStep => ({
  ...{ id: uid, step, outcome: 'applied', at, receivedAt: null, timeQuality: null, by, kiosk },
  ...{ signature: null, note: '', cause: null, cost: null, checklistId },
})

export const putFinding = (rows: Rows, finding: Finding) => rows.put(FINDING, finding.id, finding.locationId, finding)
