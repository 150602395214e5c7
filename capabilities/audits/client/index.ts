export { type AuditsAsked, useAuditHere, useAuditOf, useAudits } from './audits.ts'
