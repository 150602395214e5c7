export { auditImplementations } from './http.ts'
export { importedAuditImplementations } from './http-imported.ts'
export { recordAudit } from './record-audit.ts'
export { auditOf, leagueRows, listAudits } from './store.ts'
export {
  doneHere,
  insertImported,
  insertImportedFindings,
  type NewImported,
  type NewImportedFinding,
  wholeImported,
} from './store-imported.ts'
export { syncedAudits } from './synced.ts'
