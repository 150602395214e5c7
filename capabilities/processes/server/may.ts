import { can } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { ProcessesPermission } from '../permissions.ts'
import type { Done } from '../process-deeds.ts'

/** May the actor do this here? What may not even be seen does not exist; what may be seen but not done is forbidden. */
export function requireAt({ actor }: ReadTx, permission: ProcessesPermission, locationId: string) {
  if (can(actor, permission, locationId)) return
  if (!can(actor, 'processes.read', locationId)) notFound()
  refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
}

export const doneBy = ({ actor }: Tx, { at, receivedAt, quality }: Moment): Done => ({
  by: actor.kind === 'member' ? { id: actor.id, name: actor.name } : null,
  kiosk: actor.kioskId === undefined ? null : { id: actor.kioskId, name: '' },
  ...{ at, receivedAt, timeQuality: quality },
})
