import type { Finding } from '../finding.ts'
import { isOverdue, standingFix } from '../finding-change.ts'

/** A finding with the name of its location. */
export type NamedFinding = Finding & { location: string }

/** Findings as rows for a spreadsheet; times in UTC. */
export const findingsTable = (findings: readonly NamedFinding[], now: number): string[][] => [
  [
    ...['location', 'audit', 'found', 'severity', 'as', 'times', 'state', 'overdue', 'found_at', 'due_at', 'due_day'],
    ...['owner', 'fixed_at', 'fixed_by', 'what_was_done', 'cause', 'cost', 'currency', 'resolved_at', 'finding_id'],
  ],
  ...findings.map((one) => {
    const fix = standingFix(one)
    return [
      ...[one.location, one.auditName, one.label, one.severity, one.as ?? '', String(one.times), one.state],
      ...[isOverdue(one, now) ? 'yes' : 'no', one.openedAt, one.dueAt, one.dueDay ?? ''],
      ...[one.assignedTo?.name ?? one.assignedRole?.name ?? one.assignedRole?.id ?? ''],
      ...[one.fixedAt ?? '', fix?.by?.name ?? '', fix?.note ?? '', fix?.cause ?? ''],
      ...[fix?.cost ? String(fix.cost.micro / 1_000_000) : '', fix?.cost?.currency ?? '', one.resolvedAt ?? '', one.id],
    ]
  }),
]
