export { auditImplementations } from './http.ts'
export { importedAuditImplementations } from './http-imported.ts'
export { recordAudit } from './record-audit.ts'
export { auditOf, leagueRows, listAudits } from './store.ts'
export {
  doneHere,
  importedAsGiven,
  insertImported,
  insertImportedFindings,
  insertImportedPhoto,
  keptPhotos,
  type NewImported,
  type NewImportedFinding,
  wholeImported,
} from './store-imported.ts'
export { syncedAudits } from './synced.ts'
