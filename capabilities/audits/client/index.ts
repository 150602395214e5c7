export { type AuditsAsked, useAuditBefore, useAuditHere, useAuditOf, useAudits } from './audits.ts'
