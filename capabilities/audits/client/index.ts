export {
  type AuditsAsked,
  useAuditBefore,
  useAuditHere,
  useAuditOf,
  useAudits,
  useImported,
  useImportedAudit,
  useLeague,
} from './audits.ts'
