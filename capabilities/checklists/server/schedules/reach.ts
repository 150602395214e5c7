import { type Actor, can, canEverywhere } from '@opsflow/platform/actor'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Target } from '../../schedule.ts'
import { targeting } from '../../targets.ts'
import { type Place, readGroups, readPlaces } from './store-making.ts'

/** Head office schedules anywhere; a manager of some locations only what names locations of theirs and nothing else. */
export function mayTarget(actor: Actor, { locations, groups }: Target): boolean {
  if (canEverywhere(actor, 'checklists.manage')) return true
  const areTheirs = locations.length > 0 && locations.every((id) => can(actor, 'checklists.manage', id))
  return areTheirs && groups.length === 0
}

/** Every open location that the caller sees, by name as people look for them; and which of them a target means. */
export async function readReach(tx: ReadTx): Promise<(target: Target) => Place[]> {
  const places = (await readPlaces(tx)).sort((one, other) => one.name.localeCompare(other.name))
  const isMeant = targeting(await readGroups(tx))
  return (target) => places.filter(isMeant(target))
}
