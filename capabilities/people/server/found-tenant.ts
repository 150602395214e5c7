import type { Actor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { slugOf } from '../session.ts'
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

function onlyTheSystem(actor: Actor) {
  if (actor.kind !== 'system') refuse('forbidden', 'forbidden', { detail: 'Nobody founds a tenant from within one.' })
}
