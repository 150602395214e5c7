import type { Actor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { MoveEffects } from '../location-group.ts'
import { lineOf, refusedMove } from '../place-tree.ts'
import { type Authority, authorityOf, type BuiltInRoles, permissionsOf } from './authority.ts'
import { type Group, grantsAt, readGroups, type StandingGrant } from './store-groups.ts'

/** The tree of the organization, and what the actor holds in it. */
export type Tree = { groups: readonly Group[]; authority: Authority; roles: BuiltInRoles }

export async function readTree(tx: ReadTx, actor: Actor, roles: BuiltInRoles): Promise<Tree> {
  const groups = await readGroups(tx, actor)
  return { groups, roles, authority: await authorityOf(tx, actor, groups, roles) }
}

/** Something that moves: a group with all below it, or one location. */
export type Moving = { from: string | null; groupId?: string; locationId?: string }

/** Grants on groups that come to lie above, or no longer do: they reach what is moved from now on, or no longer. */
export async function handedOver(tx: ReadTx, actor: Actor, { groups }: Tree, from: string | null, to: string | null) {
  const [before, after] = [from, to].map((id) => lineOf(groups, id).map((group) => group.id)) as [string[], string[]]
  const gain = await grantsAt(tx, actor, without(after, before))
  const lose = await grantsAt(tx, actor, without(before, after))
  return { gain, lose }
}

const without = (ids: readonly string[], others: readonly string[]) => ids.filter((id) => !others.includes(id))

/** As people read it. */
export const effectsOf = (
  { gain, lose }: { gain: readonly StandingGrant[]; lose: readonly StandingGrant[] },
  counts: { locations: number; groups: number },
): MoveEffects => ({ ...counts, gain: gain.map(concerned), lose: lose.map(concerned) })

const concerned = ({ memberId, memberName, roleName }: StandingGrant) => ({
  memberId,
  name: memberName,
  role: roleName,
})

/** A group that can take something in: known, active, and the actor's to manage. */
export function demandTarget({ groups, authority }: Tree, groupId: string | null, field: string): void {
  if (groupId !== null) {
    const group = groups.find(({ id }) => id === groupId)
    if (!group || !seesGroup(authority, groupId)) {
      refuse('invalid', 'locations.group_unknown', {
        detail: 'There is no such group.',
        errors: [{ path: field, code: 'locations.group_unknown', message: 'Choose a group of this organization.' }],
      })
    }
    if (lineOf(groups, groupId).some(({ archivedAt }) => archivedAt !== null)) {
      refuse('conflict', 'locations.group_archived', {
        detail: `The group ${group.name} is archived.`,
        errors: [{ path: field, code: 'locations.group_archived', message: 'Choose an active group.' }],
      })
    }
    return
  }
  if (authority.atGroup('locations.manage', null)) return
  refuse('forbidden', 'forbidden', { detail: 'This needs the permission locations.manage in the whole organization.' })
}

/** Whose it is not to manage learns nothing of it. */
const seesGroup = (authority: Authority, groupId: string) => authority.atGroup('locations.manage', groupId)

/**
 * A grant on a group follows the tree. So a move gives and takes roles, and asks for what granting and revoking them
 * by hand would ask for: to decide about people there, and to hold everything the role holds.
 */
export function demandRank(
  { authority, roles }: Tree,
  moving: Moving,
  { gain, lose }: { gain: readonly StandingGrant[]; lose: readonly StandingGrant[] },
): void {
  const holds = (permission: string) =>
    moving.locationId
      ? authority.atLocation(permission, moving.locationId, moving.from)
      : authority.atGroup(permission, moving.groupId ?? null)
  const beyond = [...gain, ...lose].find(
    (grant) => !['people.manage', ...permissionsOf(grant, roles)].every((permission) => holds(permission)),
  )
  if (!beyond) return
  const verb = gain.includes(beyond) ? 'give' : 'take from'
  refuse('forbidden', 'locations.beyond_own_rank', {
    detail: `Moving this would ${verb} ${beyond.memberName} the role ${beyond.roleName} there, which is beyond your own rank.`,
  })
}

export function demandPlaceFor({ groups }: Tree, branch: string | null, under: string | null): void {
  const refused = refusedMove(groups, branch, under)
  if (refused === 'into_itself') {
    refuse('conflict', 'locations.into_itself', { detail: 'A group cannot move into itself or into a group below it.' })
  }
  if (refused === 'too_deep') {
    refuse('conflict', 'locations.too_deep', { detail: 'Groups lie at most eight deep.' })
  }
}
