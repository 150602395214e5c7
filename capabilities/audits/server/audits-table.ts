import type { Audit } from '../audit.ts'

/** An audit with the name of its location. */
export type NamedAudit = Audit & { location: string }

const text = (value: number | null) => (value === null ? '' : String(value))

/** Audits as rows for a spreadsheet; times in UTC. */
export const auditsTable = (audits: readonly NamedAudit[]): string[][] => [
  [
    ...['location', 'audit_date', 'audit', 'version', 'audit_type', 'scheme', 'status', 'compliance_score', 'grade'],
    ...['points', 'max_points', 'costs', 'failed_critical', 'scored_by', 'scored_at', 'checklist_id', 'audit_id'],
    'presence',
  ],
  ...audits.map((audit) => [
    ...[audit.location, audit.auditDate, audit.name, String(audit.version), audit.auditType, audit.scheme],
    ...[audit.status, text(audit.complianceScore), audit.grade ?? '', text(audit.score.points), text(audit.score.max)],
    ...[String(audit.score.costs.length), audit.score.failedCritical.map(({ label }) => label).join('; ')],
    ...[audit.scoredBy?.name ?? '', audit.scoredAt, audit.checklistId, audit.id],
    audit.presence,
  ]),
]
