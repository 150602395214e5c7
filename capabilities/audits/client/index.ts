export { type AuditsAsked, useAuditBefore, useAuditHere, useAuditOf, useAudits, useLeague } from './audits.ts'
