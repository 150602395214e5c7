import { followRules } from '@opsflow/capabilities/temperature/server'
import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { locationChanged } from '../facts.ts'
import { HALF_A_POSITION, isEditionThere, isPositionWhole, type Location, type LocationChange } from '../location.ts'
import { lineOf } from '../place-tree.ts'
import { difference } from './difference.ts'
import { orNameTaken } from './name-taken.ts'
import { lockLocation, updateLocations } from './store.ts'
import { lockTree, readGroups } from './store-groups.ts'

/** Changes, closes or reopens a location. Other rules judge from now on; nothing recorded is judged again. */
export async function changeLocation(tx: Tx, actor: Actor, id: string, change: LocationChange): Promise<Location> {
  if (change.closed === false) await lockTree(tx, actor)
  const before = (await lockLocation(tx, actor, id)) ?? notFound()
  demand(actor, 'locations.manage', id)
  const after = changed(before, change)
  if (!isEditionThere(after)) {
    refuse('invalid', 'locations.edition_elsewhere', {
      detail: 'This rule book does not hold there.',
      errors: [{ path: 'body.ruleEdition', code: 'locations.edition_elsewhere', message: 'Choose one of the place.' }],
    })
  }
  if (!isPositionWhole(after)) {
    refuse('invalid', 'locations.position_half', {
      detail: HALF_A_POSITION,
      errors: [{ path: 'body.longitude', code: 'locations.position_half', message: HALF_A_POSITION }],
    })
  }
  const told = difference(before, after)
  if (!told) return before
  if (before.closedAt && !after.closedAt) await demandActiveGroup(tx, actor, after.groupId)
  await updateLocations(tx, actor, [after]).catch(orNameTaken)
  await followRules(tx, id, before, after)
  await recordEvent(tx, { name: nameOf(before, after), subjectId: id, locationId: id, ...told })
  await tx.emit(locationChanged, { organizationId: actor.organizationId, locationId: id })
  return (await lockLocation(tx, actor, id)) ?? notFound()
}

/** Another jurisdiction has rule books of its own: unless one is named, its usual one holds. */
export function changed(before: Location, { closed, ...change }: LocationChange): Location {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const after: Location = { ...before, ...given }
  if (after.jurisdiction !== before.jurisdiction && change.ruleEdition === undefined) after.ruleEdition = null
  if (closed !== undefined) after.closedAt = closed ? (before.closedAt ?? new Date().toISOString()) : null
  return after
}

const nameOf = (before: Location, after: Location) =>
  before.closedAt === null && after.closedAt !== null
    ? 'locations.location_closed'
    : before.closedAt !== null && after.closedAt === null
      ? 'locations.location_reopened'
      : 'locations.location_changed'

/** What was archived meanwhile reaches nobody: a location that opens again needs a place in the tree. */
async function demandActiveGroup(tx: Tx, actor: Actor, groupId: string | null) {
  const line = lineOf(await readGroups(tx, actor), groupId)
  const archived = line.find(({ archivedAt }) => archivedAt !== null)
  if (!archived) return
  refuse('conflict', 'locations.group_archived', {
    detail: `The group ${archived.name} is archived. Move the location first, or bring the group back.`,
  })
}
