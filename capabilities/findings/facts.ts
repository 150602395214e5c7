import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { z } from 'zod'
import { Finding } from './finding.ts'

const atLocation = {
  event: 'audit-update' as const,
  scope: (fact: { locationId: string }) => fact.locationId,
  room: (fact: { locationId: string }) => locationRoom(fact.locationId),
}

/** An audit was completed, and what it found and found in order. */
export const visitFound = defineFact({
  name: 'findings.visit_found',
  schema: z.object({
    ...{ locationId: z.uuid(), auditId: z.uuid(), checklistId: z.uuid() },
    ...{ opened: z.int(), repeated: z.int(), resolved: z.int(), withdrawn: z.int() },
  }),
  ...atLocation,
})

/** A finding as it stands now: fixed, confirmed, sent back. */
export const findingChanged = defineFact({ name: 'findings.changed', schema: Finding, ...atLocation })
