import { defineFact, scopeRoom } from '@opsflow/platform/fact'
import { z } from 'zod'

const inOrganization = {
  event: 'poke' as const,
  scope: (fact: { organizationId: string }) => fact.organizationId,
  room: (fact: { organizationId: string }) => scopeRoom(fact.organizationId),
}

export const memberChanged = defineFact({
  name: 'people.member_changed',
  schema: z.object({ organizationId: z.uuid(), memberId: z.uuid() }),
  ...inOrganization,
})

export const grantChanged = defineFact({
  name: 'people.grant_changed',
  schema: z.object({ organizationId: z.uuid(), memberId: z.uuid() }),
  ...inOrganization,
})

/** A role of the organization was made, changed or put away: whoever holds it may now do something else. */
export const roleChanged = defineFact({
  name: 'people.role_changed',
  schema: z.object({ organizationId: z.uuid(), roleId: z.uuid() }),
  ...inOrganization,
})

/** An API key or a device's key no longer opens anything. */
export const keyRevoked = defineFact({
  name: 'people.key_revoked',
  schema: z.object({ organizationId: z.uuid(), kind: z.enum(['key', 'device']), id: z.uuid() }),
  ...inOrganization,
})

/** Its name or its colour. */
export const organizationChanged = defineFact({
  name: 'people.organization_changed',
  schema: z.object({ organizationId: z.uuid() }),
  ...inOrganization,
})
