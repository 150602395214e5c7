import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { Audit } from './audit.ts'

/** An audit was completed, and what it came to. Why it came to that is read where it is asked for. */
export const auditCompleted = defineFact({
  name: 'audits.completed',
  event: 'audit-update',
  schema: Audit.pick({
    ...{ id: true, locationId: true, checklistId: true, templateId: true, auditType: true, auditDate: true },
    ...{ scheme: true, status: true, complianceScore: true, grade: true },
  }),
  scope: (audit) => audit.locationId,
  room: (audit) => locationRoom(audit.locationId),
})
