import { defineFact, scopeRoom } from '@opsflow/platform/fact'
import { z } from 'zod'

const inOrganization = {
  event: 'poke' as const,
  scope: (fact: { organizationId: string }) => fact.organizationId,
  room: (fact: { organizationId: string }) => scopeRoom(fact.organizationId),
}

/** A location was opened, changed or closed: who sees what may have changed with it. */
export const locationChanged = defineFact({
  name: 'locations.location_changed',
  schema: z.object({ organizationId: z.uuid(), locationId: z.uuid() }),
  ...inOrganization,
})

/** The tree changed: a group, or many locations at once. */
export const placesChanged = defineFact({
  name: 'locations.places_changed',
  schema: z.object({ organizationId: z.uuid() }),
  ...inOrganization,
})
