import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { implement } from '@opsflow/platform/server/http/implement'
import type { Location } from '../location.ts'
import { locationRoutes } from '../routes.ts'
import { changeLocation } from './change-location.ts'
import { openLocation } from './open-location.ts'
import { LIST, ONE } from './store.ts'

export const locationsApi = implement(locationRoutes, {
  'GET /locations': async ({ actor, query: { limit, cursor, state }, readOne }) => {
    const [name, id] = cursorKeys(cursor, isText, isUuid) ?? []
    const rows = await readOne<Location>(LIST, [actor.tenantId, actor.organizationId, state, name, id, limit + 1])
    return pageOf(rows, limit, (last) => [last.name, last.id])
  },
  'POST /locations': ({ actor, body, write }) => write((tx) => openLocation(tx, actor, body)),
  'GET /locations/{id}': async ({ actor, params: { id }, readOne }) => {
    const [location] = await readOne<Location>(ONE, [actor.tenantId, actor.organizationId, id])
    return location ?? notFound()
  },
  'PATCH /locations/{id}': ({ actor, params: { id }, body, write }) =>
    write((tx) => changeLocation(tx, actor, id, body)),
})
