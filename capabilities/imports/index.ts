/**
 * Imports: what comes from a city, from a peer's product or from another organization, and what leaves again.
 *
 *   inspectionReader   a row of a file of inspections, as its city gives it
 *   peerTemplate       a draft of ours from a SafetyCulture template, with what cannot be said in it
 *   peerAudit          a SafetyCulture inspection as it was given
 *   AuditExport        our own format, in and out
 *   placeMatcher       which of our locations a file's place may be
 */
export * from './audit-import.ts'
export * from './date-text.ts'
export * from './export-routes.ts'
export * from './exported.ts'
export * from './given-here.ts'
export * from './inspection-columns.ts'
export * from './permissions.ts'
export * from './place-match.ts'
export * from './read-inspection.ts'
export * from './read-json.ts'
export * from './routes.ts'
export * from './safetyculture.ts'
export * from './safetyculture-audit.ts'
export * from './safetyculture-template.ts'
