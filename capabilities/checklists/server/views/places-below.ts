import { lineOf } from '@opsflow/capabilities/locations'
import { can } from '@opsflow/platform/actor'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { readGroups } from '../schedules/store-making.ts'
import { everyPlace, type NamedPlace } from './store-places.ts'

export type Node = { locationId?: string | undefined; groupId?: string | undefined }

/** The locations of a node of the tree at which the caller sees checklists, closed ones too. Neither named: all of theirs. */
export async function placesBelow(tx: ReadTx, { locationId, groupId }: Node): Promise<NamedPlace[]> {
  const places = (await everyPlace(tx)).filter(({ id }) => can(tx.actor, 'checklists.read', id))
  const inNode = locationId === undefined ? places : places.filter(({ id }) => id === locationId)
  if (groupId === undefined) return inNode
  const groups = await readGroups(tx)
  return inNode.filter((place) => lineOf(groups, place.groupId).some(({ id }) => id === groupId))
}
