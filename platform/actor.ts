import { refuse } from './refusal.ts'

/** Where something holds: in the whole organization, or at these locations. */
export type Reach = 'all' | ReadonlySet<string>

/** Who is acting, for which tenant. Every command and every query receives one; nothing reads it from the air. */
export type Actor = {
  tenantId: string
  organizationId: string
  /** A person, an API key of an integrator, a device (gateway, probe), a shared tablet that nobody has signed in on, or the system itself (jobs). */
  kind: 'member' | 'key' | 'device' | 'kiosk' | 'system'
  /** Id of the member, key, device or kiosk; for the system the name of the job. */
  id: string
  /** The shared tablet a person acts on. */
  kioskId?: string
  name: string
  /** What they are at, for the evidence log: a route, a mutation and its device's time. The server's word, not the database's. */
  doing?: string
  /** Permission → where it holds. The union of all grants, resolved once per request. */
  permissions: ReadonlyMap<string, Reach>
  /** Locations whose rows the database may show. Signed into the database context. */
  locationIds: Reach
}

/** May the actor do this, at this location? Without a location: anywhere at all. The same rule on server and screen. */
export function can(
  actor: Pick<Actor, 'permissions'> & Partial<Pick<Actor, 'kind' | 'locationIds'>>,
  permission: string,
  locationId?: string,
): boolean {
  if (actor.kind === 'system') return true
  const reach = actor.permissions.get(permission)
  if (reach === undefined) return false
  if (locationId === undefined) return true
  // The whole organization is not the whole tenant: beside a second organization the locations are told by name.
  const places = reach === 'all' ? (actor.locationIds ?? 'all') : reach
  return places === 'all' || places.has(locationId)
}

/** May the actor do this in the whole organization, at locations to come too? */
export const canEverywhere = (actor: Pick<Actor, 'permissions' | 'kind'>, permission: string): boolean =>
  actor.kind === 'system' || actor.permissions.get(permission) === 'all'

/** A command's first line: refuses an actor who may not do this, there. */
export function demand(actor: Actor, permission: string, locationId?: string): void {
  if (can(actor, permission, locationId)) return
  refuse('forbidden', 'forbidden', {
    detail: `This needs the permission ${permission}${locationId ? ' at this location' : ''}.`,
  })
}

/** The same for what concerns no single location. */
export function demandEverywhere(actor: Actor, permission: string): void {
  if (canEverywhere(actor, permission)) return
  refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} in the whole organization.` })
}

/** The system at work in one tenant: founding, the demo, jobs. It may do everything there; people never act as it. */
export const systemActor = (tenantId: string, organizationId: string, job: string): Actor => ({
  tenantId,
  organizationId,
  kind: 'system',
  id: job,
  name: 'OpsFlow',
  permissions: new Map(),
  locationIds: 'all',
})
