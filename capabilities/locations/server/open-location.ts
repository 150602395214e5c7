import { type Actor, demand } from '@opsflow/platform/actor'
import { recordEvents } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { z } from 'zod'
import { locationChanged } from '../facts.ts'
import { type Location, NewLocation } from '../location.ts'
import type { BuiltInRoles } from './authority.ts'
import { demandTarget, readTree } from './moving.ts'
import { orNameTaken } from './name-taken.ts'
import { insertLocations } from './store.ts'

/** Opens a location of the actor's organization. */
export async function openLocation(
  tx: Tx,
  actor: Actor,
  wanted: NewLocation,
  roles: BuiltInRoles = {},
): Promise<Location> {
  demand(actor, 'locations.manage')
  const location = NewLocation.parse(wanted)
  demandTarget(await readTree(tx, actor, roles), location.groupId, 'body.groupId')
  const [opened] = await storeOpened(tx, actor, [location])
  if (!opened) throw new Error('one location was stored')
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: opened.id })
  return opened
}

/** Stores locations that may be opened, each with its line in the trail. */
export async function storeOpened(
  tx: Tx,
  actor: Actor,
  wanted: readonly z.output<typeof NewLocation>[],
): Promise<Location[]> {
  const locations = wanted.map((location) => ({ ...location, id: uuid7() }))
  const createdAt = await insertLocations(tx, actor, locations).catch(orNameTaken)
  await recordEvents(
    tx,
    locations.map(({ id, ...after }) => ({ name: 'locations.location_opened', subjectId: id, locationId: id, after })),
  )
  return locations.map((location) => ({ ...location, createdAt, closedAt: null }))
}
