import type { Opening } from './visit.ts'

const URGENCY = { critical: 'urgent', major: 'high', minor: 'medium' } as const

/** The task of a finding that has none yet: for the manager there, where its item names nobody else. */
export const taskFor = ({ id, looked, severity, dueAt }: Opening, locationId: string, at: string) => ({
  ...{ id, locationId, dueAt, createdAt: at },
  title: (looked.work?.title || looked.label).slice(0, 200),
  description: [looked.work?.title && looked.label, looked.note].filter(Boolean).join('\n').slice(0, 4000),
  taskType: 'corrective' as const,
  priority: URGENCY[severity],
  cause: { kind: 'finding', id },
  assignedRole: looked.work?.role ?? 'org:manager',
})
