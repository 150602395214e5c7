import { defineFact, scopeRoom } from '@opsflow/platform/fact'
import { z } from 'zod'

/** A location was opened, changed or closed: who sees what may have changed with it. */
export const locationChanged = defineFact({
  name: 'locations.location_changed',
  event: 'poke',
  schema: z.object({ organizationId: z.uuid(), locationId: z.uuid() }),
  scope: (fact) => fact.organizationId,
  room: (fact) => scopeRoom(fact.organizationId),
})
