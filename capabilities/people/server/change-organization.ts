import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { organizationChanged } from '../facts.ts'
import type { OrganizationChange, OrganizationSettings } from '../organization.ts'
import { lockOrganization, updateOrganization } from './store-settings.ts'

/** Renames the actor's organization or changes its colour. Another organization is not there to be changed. */
export async function changeOrganization(
  tx: Tx,
  actor: Actor,
  id: string,
  change: OrganizationChange,
): Promise<OrganizationSettings> {
  demand(actor, 'organization.manage')
  if (id !== actor.organizationId) notFound()
  const before = (await lockOrganization(tx, id)) ?? notFound()
  const after = await updateOrganization(tx, id, change)
  const named = ({ name, brand }: OrganizationSettings) => ({
    ...(change.name !== undefined && { name }),
    ...(change.brand !== undefined && { brand }),
  })
  await recordEvent(tx, {
    name: 'people.organization_changed',
    subjectId: id,
    before: named(before),
    after: named(after),
  })
  await tx.emit(organizationChanged, { organizationId: id })
  return after
}
