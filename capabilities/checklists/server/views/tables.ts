import { doneShare, OUTCOMES, onTimeShare } from '../../outcome.ts'
import type { ChecklistOutcome, ItemFailures } from '../../view-routes.ts'
import type { CompletionRow } from './completion.ts'

// Overviews as rows for a spreadsheet; times in UTC.

const text = (value: number | null) => (value === null ? '' : String(value))

export const completionTable = (rows: readonly CompletionRow[]): string[][] => [
  ['key', 'name', ...OUTCOMES, 'done_share', 'on_time_share'],
  ...rows.map(({ key, name, counts }) => [
    ...[key, name, ...OUTCOMES.map((outcome) => String(counts[outcome]))],
    ...[text(doneShare(counts)), text(onTimeShare(counts))],
  ]),
]

export const failuresTable = (rows: readonly ItemFailures[]): string[][] => [
  ['checklist', 'item', 'failed', 'of', 'locations', 'item_id', 'checklist_template_id'],
  ...rows.map(({ checklist, item, failed, of, locations, itemId, templateId }) => [
    ...[checklist, item, String(failed), String(of), String(locations), itemId, templateId],
  ]),
]

export const outcomesTable = (
  rows: readonly ChecklistOutcome[],
  nameOf: (locationId: string) => string,
): string[][] => [
  [
    ...['location', 'business_day', 'checklist', 'outcome', 'due_at', 'late_at', 'missed_at', 'completed_at'],
    ...['started_by', 'completed_by', 'reason', 'excuse', 'excused_by', 'checklist_id'],
  ],
  ...rows.map((row) => [
    ...[nameOf(row.locationId), row.day, row.name, row.outcome],
    ...[row.dueAt, row.lateAt, row.missedAt, row.completedAt, row.startedBy, row.completedBy].map(
      (value) => value ?? '',
    ),
    ...[row.reason, row.excuse?.reason ?? '', row.excuse?.by?.name ?? '', row.id],
  ]),
]
