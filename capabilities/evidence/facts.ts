import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { Evidence } from './evidence.ts'

/** A photo was named, has arrived, or was done without. */
export const evidenceChanged = defineFact({
  name: 'evidence.changed',
  event: 'audit-update',
  schema: Evidence,
  scope: (fact) => fact.locationId,
  room: (fact) => locationRoom(fact.locationId),
})
