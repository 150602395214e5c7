import { defineFact, locationRoom, memberRoom } from '@opsflow/platform/fact'
import { z } from 'zod'

/** A tablet was enrolled, renamed, locked, opened, wiped or revoked. */
export const kioskChanged = defineFact({
  name: 'kiosks.kiosk_changed',
  event: 'poke',
  schema: z.object({ organizationId: z.uuid(), locationId: z.uuid(), kioskId: z.uuid() }),
  scope: ({ organizationId }) => organizationId,
  room: ({ locationId }) => locationRoom(locationId),
})

/** Someone has another PIN: where they stand with the old one, they stand no longer. */
export const pinSet = defineFact({
  name: 'kiosks.pin_set',
  event: 'poke',
  schema: z.object({ organizationId: z.uuid(), memberId: z.uuid() }),
  scope: ({ organizationId }) => organizationId,
  room: ({ memberId }) => memberRoom(memberId),
})
