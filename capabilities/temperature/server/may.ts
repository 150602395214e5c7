import { type Actor, can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { type TemperaturePermission, temperaturePermissions } from '../permissions.ts'

/** May the actor do this here? What may not even be seen does not exist; what may be seen but not done is forbidden. */
export function requireAt(actor: Actor, permission: TemperaturePermission, locationId: string) {
  if (can(actor, permission, locationId)) return
  if (!can(actor, 'temperature.read', locationId)) notFound()
  refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at this location.` })
}

/** The product itself at work in one organization: a job, an import that goes on, the demo's sensors. */
export const systemActor = (job: string, tenantId: string, organizationId: string): Actor => ({
  tenantId,
  organizationId,
  kind: 'system',
  id: job,
  name: job,
  permissions: new Map(Object.keys(temperaturePermissions).map((permission) => [permission, 'all' as const])),
  locationIds: 'all',
})

/** The member behind an actor, for columns that name a person. */
export const memberId = (actor: Actor) => (actor.kind === 'member' ? actor.id : null)
