/**
 * What a matter can be about. temperature: a unit outside its limits · sensor: silent, or faulty · failed: a failed item's
 * work · checklist: not heard of by its time · task: past its time · set_aside: offline work that waits for a manager.
 */
export const KINDS = ['temperature', 'sensor', 'failed', 'checklist', 'task', 'set_aside'] as const
export type Kind = (typeof KINDS)[number]

export const SEVERITIES = ['critical', 'normal'] as const
export type Severity = (typeof SEVERITIES)[number]

/** The pairs there are: each has a policy of its own. */
export const SORTS: readonly { kind: Kind; severity: Severity }[] = [
  { kind: 'temperature', severity: 'critical' },
  { kind: 'failed', severity: 'critical' },
  { kind: 'failed', severity: 'normal' },
  { kind: 'checklist', severity: 'normal' },
  { kind: 'task', severity: 'critical' },
  { kind: 'task', severity: 'normal' },
  { kind: 'sensor', severity: 'normal' },
  { kind: 'set_aside', severity: 'normal' },
]

/**
 * assignee: whoever it was given to, or began it · on: those who hold its role at the location, else everyone whose place it is ·
 * managers: who lead at this location · district: who lead at the nearest group above that has anyone · admins: who lead everywhere.
 */
export const AUDIENCES = ['assignee', 'on', 'managers', 'district', 'admins'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Beside the inbox, which everyone who is told has. SMS would be one more: docs/operations.md. */
export const WAYS = ['push', 'email'] as const
export type Way = (typeof WAYS)[number]

/** Hours of the wall clock, `HH:MM`; `from` after `to` goes past midnight. */
export type QuietHours = { from: string; to: string }
