import { createHash } from 'node:crypto'
import type { Actor, Reach } from '../../actor.ts'
import type { SyncedEntity } from './registry.ts'

/** Whose copy it is: a person's own device, or a shared tablet, whoever is at it just now. */
export type Owner = { memberId: string | null; kioskId: string | null }

export const ownerOf = (actor: Actor): Owner => {
  const kioskId = actor.kind === 'kiosk' ? actor.id : (actor.kioskId ?? null)
  return { kioskId, memberId: kioskId === null ? actor.id : null }
}

/** What the copy was decided by: another digest, another copy. */
export function rightsOf(viewer: Actor, entities: readonly SyncedEntity[]): string {
  const seen = entities.map(({ name, permission }) => [name, placesIn(viewer.permissions.get(permission))])
  const parts = [viewer.organizationId, placesIn(viewer.locationIds), seen.sort()]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

const placesIn = (reach: Reach | undefined) => (reach instanceof Set ? [...reach].sort() : (reach ?? null))
