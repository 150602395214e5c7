export { exportImplementations } from './export.ts'
export { importImplementations } from './http.ts'
export { auditImportRunner, forgetAuditImports, resumeAuditImports } from './run-import.ts'
