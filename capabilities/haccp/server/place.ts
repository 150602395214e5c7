import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { HaccpPermission } from '../permissions.ts'

/** May the actor do this here? What may not even be seen does not exist; what may be seen but not done is forbidden. */
export function requireAt({ actor }: ReadTx, permission: HaccpPermission, locationId: string) {
  if (can(actor, permission, locationId)) return
  if (!can(actor, 'haccp.read', locationId)) notFound()
  refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
}
