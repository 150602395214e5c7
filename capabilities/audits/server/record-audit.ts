import type { Tx } from '@opsflow/platform/server/tenant'
import { auditCompleted } from '../facts.ts'
import type { Score } from '../score.ts'
import type { AuditType } from '../scoring.ts'
import { type Audited, insertAudit } from './store.ts'

/** Keeps what an audit came to, in the transaction that completes its checklist. Nobody changes it from then on. */
export async function recordAudit(
  tx: Tx,
  of: Audited,
  auditType: AuditType,
  score: Score,
  done: { at: string; by: string | null },
): Promise<string> {
  const id = await insertAudit(tx, { ...of, ...done, auditType, score })
  const { scheme, status, compliance, grade } = score
  await tx.emit(auditCompleted, {
    ...{ id, locationId: of.locationId, checklistId: of.id, templateId: of.templateId, auditType, auditDate: of.day },
    ...{ scheme, status, complianceScore: compliance, grade },
  })
  return id
}
