import type { Actor } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { implement } from '@opsflow/platform/server/http/implement'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Location } from '../location.ts'
import { locationTable } from '../location-csv.ts'
import { locationRoutes } from '../routes.ts'
import type { BuiltInRoles } from './authority.ts'
import { changeGroup, effectsOfMovingGroup, makeGroup } from './change-group.ts'
import { changeLocation } from './change-location.ts'
import { importLocations } from './import-locations.ts'
import { visibleGroups } from './list-groups.ts'
import { effectsOfMovingLocation, moveLocation } from './move-location.ts'
import { openLocation } from './open-location.ts'
import { LIST, ONE, readLocations } from './store.ts'
import { readGroups } from './store-groups.ts'

export function locationsApi(roles: BuiltInRoles) {
  const shown = async (tx: Tx, actor: Actor, { id }: { id: string }) =>
    (await visibleGroups(tx, actor, roles)).find((group) => group.id === id) ?? notFound()

  return implement(locationRoutes, {
    'GET /locations': async ({ actor, query: { limit, cursor, state }, readOne }) => {
      const [name, id] = cursorKeys(cursor, isText, isUuid) ?? []
      const rows = await readOne<Location>(LIST, [actor.tenantId, actor.organizationId, state, name, id, limit + 1])
      return pageOf(rows, limit, (last) => [last.name, last.id])
    },
    'POST /locations': ({ actor, body, write }) => write((tx) => openLocation(tx, actor, body, roles)),
    'GET /locations/{id}': async ({ actor, params: { id }, readOne }) => {
      const [location] = await readOne<Location>(ONE, [actor.tenantId, actor.organizationId, id])
      return location ?? notFound()
    },
    'PATCH /locations/{id}': ({ actor, params: { id }, body: { groupId, ...change }, write }) =>
      write(async (tx) => {
        if (groupId === undefined) return changeLocation(tx, actor, id, change)
        await moveLocation(tx, actor, id, groupId, roles)
        return changeLocation(tx, actor, id, change)
      }),
    'GET /locations/{id}/move-effects': ({ actor, params: { id }, query: { groupId = null }, read }) =>
      read((tx) => effectsOfMovingLocation(tx, actor, id, groupId, roles)),

    'GET /location-export': ({ actor, read }) =>
      read(async (tx) => {
        const open = (await readLocations(tx, actor)).filter(({ closedAt }) => closedAt === null)
        return csvText(locationTable(open, await readGroups(tx, actor)))
      }),
    'POST /location-imports': async ({ actor, query, body, write }) => {
      const take = await importLocations(body, query)
      return write((tx) => take(tx, actor, roles))
    },

    'GET /location-groups': async ({ actor, query: { limit, cursor, state }, read }) => {
      const [name, id] = cursorKeys(cursor, isText, isUuid) ?? []
      const groups = (await read((tx) => visibleGroups(tx, actor, roles)))
        .filter(({ archivedAt }) => state === 'any' || (archivedAt === null) === (state === 'active'))
        .sort(byName)
      const after = groups.filter((group) => name === undefined || byName(group, { name, id: id ?? '' }) > 0)
      return pageOf(after, limit, (last) => [last.name, last.id])
    },
    'POST /location-groups': ({ actor, body, write }) =>
      write(async (tx) => shown(tx, actor, await makeGroup(tx, actor, body, roles))),
    'PATCH /location-groups/{id}': ({ actor, params: { id }, body, write }) =>
      write(async (tx) => shown(tx, actor, await changeGroup(tx, actor, id, body, roles))),
    'GET /location-groups/{id}/move-effects': ({ actor, params: { id }, query: { parentId = null }, read }) =>
      read((tx) => effectsOfMovingGroup(tx, actor, id, parentId, roles)),
  })
}

const byName = (one: { name: string; id: string }, other: { name: string; id: string }) =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : one.id > other.id ? 1 : 0
