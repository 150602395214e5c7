import type { Tx } from '@opsflow/platform/server/tenant'
import type { Score } from '../score.ts'
import type { AuditType } from '../scoring.ts'
import { type Audited, insertAudit } from './store.ts'

/** Keeps what an audit came to, in the transaction that completes its checklist. Nobody changes it from then on. */
export const recordAudit = (
  tx: Tx,
  of: Audited,
  auditType: AuditType,
  score: Score,
  done: { at: string; by: string | null },
) => insertAudit(tx, { ...of, ...done, auditType, score })
