import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { placesChanged } from '../facts.ts'
import type { LocationGroupChange, MoveEffects, NewLocationGroup } from '../location-group.ts'
import { branchOf } from '../place-tree.ts'
import { type BuiltInRoles, demandGroup } from './authority.ts'
import { difference } from './difference.ts'
import { demandPlaceFor, demandRank, demandTarget, effectsOf, handedOver, readTree, type Tree } from './moving.ts'
import { orGroupNameTaken } from './name-taken.ts'
import { updateGroupOfLocations } from './store.ts'
import { type Group, grantsAt, insertGroup, lockTree, readPlacings, updateGroup } from './store-groups.ts'

export async function makeGroup(tx: Tx, actor: Actor, { name, parentId }: NewLocationGroup, roles: BuiltInRoles) {
  demand(actor, 'locations.manage')
  await lockTree(tx, actor)
  const tree = await readTree(tx, actor, roles)
  demandTarget(tree, parentId, 'body.parentId')
  demandPlaceFor(tree, null, parentId)
  const group = await insertGroup(tx, actor, name, parentId).catch(orGroupNameTaken)
  await recordEvent(tx, { name: 'locations.group_made', subjectId: group.id, after: { name, parentId } })
  await tx.emit(placesChanged, { organizationId: actor.organizationId })
  return group
}

/** Renames, moves, archives or brings back a group. */
export async function changeGroup(
  tx: Tx,
  actor: Actor,
  id: string,
  change: LocationGroupChange,
  roles: BuiltInRoles,
): Promise<Group> {
  await lockTree(tx, actor)
  const tree = await readTree(tx, actor, roles)
  const before = groupToChange(tree, id)
  const after = { ...before }
  if (change.name !== undefined) after.name = change.name
  if (change.parentId !== undefined && change.parentId !== before.parentId) {
    await demandMove(tx, actor, tree, before, change.parentId)
    after.parentId = change.parentId
  }
  if (change.archived === true && !before.archivedAt) {
    await emptyOut(tx, actor, tree, before, change.moveTo)
    after.archivedAt = new Date().toISOString()
  }
  if (change.archived === false && before.archivedAt) {
    demandTarget(tree, after.parentId, 'body.parentId')
    after.archivedAt = null
  }
  const told = difference(before, after)
  if (!told) return before
  await updateGroup(tx, actor, after).catch(orGroupNameTaken)
  await recordEvent(tx, { name: nameOf(before, after), subjectId: id, ...told })
  await tx.emit(placesChanged, { organizationId: actor.organizationId })
  return after
}

/** What moving the group would touch; refused like the move itself. */
export async function effectsOfMovingGroup(
  tx: ReadTx,
  actor: Actor,
  id: string,
  to: string | null,
  roles: BuiltInRoles,
): Promise<MoveEffects> {
  const tree = await readTree(tx, actor, roles)
  const group = groupToChange(tree, id)
  const over = group.parentId === to ? { gain: [], lose: [] } : await demandMove(tx, actor, tree, group, to)
  const branch = new Set(branchOf(tree.groups, id).map((one) => one.id))
  const locations = (await readPlacings(tx, actor)).filter(({ groupId }) => groupId !== null && branch.has(groupId))
  return effectsOf(over, { locations: locations.filter(({ isOpen }) => isOpen).length, groups: branch.size })
}

function groupToChange(tree: Tree, id: string): Group {
  const group = tree.groups.find((one) => one.id === id) ?? notFound()
  demandGroup(tree.authority, id)
  return group
}

async function demandMove(tx: ReadTx, actor: Actor, tree: Tree, group: Group, to: string | null) {
  demandTarget(tree, to, 'body.parentId')
  demandPlaceFor(tree, group.id, to)
  const over = await handedOver(tx, actor, tree, group.parentId, to)
  demandRank(tree, { groupId: group.id, from: group.parentId }, over)
  return over
}

/**
 * Nothing open is lost from sight, and no grant is carried elsewhere: on another group it would reach more than it was
 * given for.
 */
async function emptyOut(tx: Tx, actor: Actor, tree: Tree, group: Group, moveTo: string | null | undefined) {
  const grants = await grantsAt(tx, actor, [group.id])
  const groups = tree.groups.filter(({ parentId, archivedAt }) => parentId === group.id && archivedAt === null)
  const placed = (await readPlacings(tx, actor)).filter(({ groupId }) => groupId === group.id)
  const open = placed.filter(({ isOpen }) => isOpen)
  const staying = moveTo === undefined ? open.length + groups.length : 0
  if (grants.length > 0 || staying > 0) refuseInUse(group, { grants, open: open.length, groups: groups.length })
  if (moveTo === undefined) return
  const over = await handedOver(tx, actor, tree, group.id, moveTo)
  demandTarget(tree, moveTo, 'body.moveTo')
  demandRank(tree, { groupId: group.id, from: group.parentId }, over)
  for (const below of groups) {
    demandPlaceFor(tree, below.id, moveTo)
    await updateGroup(tx, actor, { ...below, parentId: moveTo }).catch(orGroupNameTaken)
    const [before, after] = [{ parentId: group.id }, { parentId: moveTo }]
    await recordEvent(tx, { name: 'locations.group_moved', subjectId: below.id, before, after })
  }
  const ids = placed.map(({ id }) => id)
  await updateGroupOfLocations(tx, actor, ids, moveTo)
  for (const id of ids) {
    const [before, after] = [{ groupId: group.id }, { groupId: moveTo }]
    await recordEvent(tx, { name: 'locations.location_moved', subjectId: id, locationId: id, before, after })
  }
}

function refuseInUse(
  { name }: Group,
  {
    grants,
    open,
    groups,
  }: { grants: readonly { memberName: string; roleName: string }[]; open: number; groups: number },
): never {
  const held = grants.slice(0, 20).map(({ memberName, roleName }) => `${memberName} (${roleName})`)
  const reasons = [
    open > 0 && `${open} open ${open === 1 ? 'location' : 'locations'}`,
    groups > 0 && `${groups} ${groups === 1 ? 'group' : 'groups'}`,
    held.length > 0 && `the grants of ${held.join(', ')}`,
  ].filter(Boolean)
  return refuse('conflict', 'locations.group_in_use', {
    detail: `${name} still holds ${reasons.join(', ')}.`,
    errors: [
      ...(open + groups > 0
        ? [
            {
              path: 'body.moveTo',
              code: 'locations.group_not_empty',
              message: 'Say where they go, or move them first.',
            },
          ]
        : []),
      ...grants.slice(0, 20).map(({ memberName, roleName }) => ({
        path: 'grants',
        code: 'locations.group_granted',
        message: `${memberName} holds ${roleName} here.`,
      })),
    ],
  })
}

const nameOf = (before: Group, after: Group) => {
  if (before.archivedAt !== after.archivedAt) return `locations.group_${after.archivedAt ? 'archived' : 'brought_back'}`
  return before.parentId === after.parentId ? 'locations.group_renamed' : 'locations.group_moved'
}
