import { openLocation } from '@opsflow/capabilities/locations/server'
import type { Actor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { type Founding, slugOf } from '../session.ts'
import { addMember } from './add-member.ts'
import { insertOrganization, insertTenant } from './store.ts'

export type NewTenant = {
  name: string
  planType?: 'starter' | 'professional' | 'enterprise'
  isDemo?: boolean
  /** Its first organization; its id is the actor's. */
  organizationName: string
}

/** A new customer account and its first organization, by `systemActor(newTenantId, newOrganizationId, …)`. */
export async function foundTenant(tx: Tx, actor: Actor, tenant: NewTenant): Promise<void> {
  onlyTheSystem(actor)
  await insertTenant(tx, tenant.name, tenant.planType ?? 'starter', tenant.isDemo ?? false)
  await addOrganization(tx, actor, tenant.organizationName)
}

/** Another chain or brand of a tenant, by `systemActor(tenantId, newOrganizationId, …)`. */
export async function addOrganization(tx: Tx, actor: Actor, name: string): Promise<void> {
  onlyTheSystem(actor)
  await insertOrganization(tx, actor, name, slugOf(name))
}

/** A customer from nothing: organization, first location, and the person who founds it as its admin. */
export async function foundChain(
  tx: Tx,
  actor: Actor,
  founding: Omit<Founding, 'password'> & { userId: string },
): Promise<void> {
  await foundTenant(tx, actor, { name: founding.organizationName, organizationName: founding.organizationName })
  await openLocation(tx, actor, {
    name: founding.locationName,
    kind: founding.locationKind,
    timezone: founding.timezone,
    temperatureUnit: founding.temperatureUnit,
    jurisdiction: founding.jurisdiction,
    address: '',
    dayStartsAt: '04:00',
  })
  const { userId, name, email } = founding
  const { id } = await addMember(tx, actor, { userId, name, email, grants: [{ role: 'org:admin' }] })
  await recordEvent(tx, {
    name: 'people.organization_founded',
    subjectId: id,
    after: { organization: founding.organizationName, location: founding.locationName },
  })
}

function onlyTheSystem(actor: Actor) {
  if (actor.kind !== 'system') refuse('forbidden', 'forbidden', { detail: 'Nobody founds a tenant from within one.' })
}
