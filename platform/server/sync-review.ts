import { syncReviewRoutes } from '../sync-review.ts'
import { cursorKeys, isInstant, isInteger, isUuid, pageOf } from './http/cursor.ts'
import { type Implementation, implement } from './http/implement.ts'
import { accept, type ReviewParts, reject, setAsideFor, shown } from './sync/review.ts'

export { discardMutator } from './sync/discard.ts'

export const syncReviewImplementations = (parts: ReviewParts): Implementation[] =>
  implement(syncReviewRoutes, {
    'GET /sync/quarantine': async ({ actor, query: { state, locationId = null, cursor, limit } }) => {
      const keys = cursorKeys(cursor, isInstant, isInteger, isUuid)
      const after = keys && ([keys[0], Number(keys[1]), keys[2]] as const)
      const rows = await setAsideFor(parts, actor, { isDecided: state === 'decided', locationId, after }, limit)
      const { items, nextCursor } = pageOf(rows, limit, ({ occurredAt, mid, id }) => [occurredAt, mid, id])
      return { items: items.map(shown), nextCursor }
    },
    'POST /sync/quarantine/{id}/acceptance': ({ actor, params, body }) => accept(parts, actor, params.id, body.reason),
    'POST /sync/quarantine/{id}/rejection': ({ actor, params, body }) => reject(parts, actor, params.id, body.reason),
  })
