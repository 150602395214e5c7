export { auditImplementations } from './http.ts'
export { recordAudit } from './record-audit.ts'
export { auditOf, leagueRows, listAudits } from './store.ts'
export { syncedAudits } from './synced.ts'
