'use client'
import { StatusBadge, type Tone, useClock } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useOwner } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { isOverdue } from '../finding-change.ts'

const severityTones: Record<Finding['severity'], Tone> = { critical: 'danger', major: 'warn', minor: 'neutral' }
const stateTones: Record<Finding['state'], Tone> = {
  open: 'warn',
  fixed: 'info',
  verified: 'ok',
  repeated: 'danger',
  withdrawn: 'neutral',
}

export function SeverityBadge({ severity }: Pick<Finding, 'severity'>) {
  const t = useTranslations('findings.severities')
  return <StatusBadge tone={severityTones[severity]}>{t(severity)}</StatusBadge>
}

/** Where it stands; overdue is what time makes of an open one. */
export function StateBadge({ finding }: { finding: Finding }) {
  const t = useTranslations('findings')
  const now = useClock()
  if (isOverdue(finding, now)) return <StatusBadge tone="danger">{t('overdue')}</StatusBadge>
  return <StatusBadge tone={stateTones[finding.state]}>{t(`states.${finding.state}`)}</StatusBadge>
}

/** Found before as well: how often in a row. */
export function TimesBadge({ times }: Pick<Finding, 'times'>) {
  const t = useTranslations('findings')
  return times > 1 && <StatusBadge tone="danger">{t('times', { times })}</StatusBadge>
}

/** A later visit found it in order. */
export function ResolvedBadge({ resolvedAt }: Pick<Finding, 'resolvedAt'>) {
  const t = useTranslations('findings')
  return resolvedAt !== null && <StatusBadge tone="ok">{t('resolved')}</StatusBadge>
}

/** Whose it is, in a word. */
export function Owner({ finding }: { finding: Finding }) {
  const t = useTranslations('findings.roles')
  const { assignedTo, assignedRole } = useOwner(finding)
  const { id, name } = assignedRole ?? { id: 'org:member', name: null }
  if (assignedTo) return assignedTo.name
  return name ?? t(id === 'org:admin' ? 'admin' : id === 'org:manager' ? 'manager' : 'member')
}

/** A day of the location's calendar, or an hour on its wall. */
export function useDue(timeZone: string | undefined) {
  const format = useFormatter()
  return ({ dueAt, dueDay }: Pick<Finding, 'dueAt' | 'dueDay'>) =>
    dueDay === null
      ? format.dateTime(new Date(dueAt), { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })
      : format.dateTime(new Date(`${dueDay}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
}
