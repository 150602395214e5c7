import { can } from '../../actor.ts'
import type { Row } from '../../sync.ts'
import type { ReadTx } from '../tenant.ts'
import type { SyncedEntity } from './registry.ts'
import type { Noted } from './store-feed.ts'

export type Seen = Noted & { row: Row | null }

/**
 * What lies behind the changes, read through the policies and the permission at the scope. What is gone, hidden, or at
 * another scope by now has no row; what the reader has no permission for is not mentioned at all.
 */
export async function readRows(tx: ReadTx, changes: readonly Noted[], entities: ReadonlyMap<string, SyncedEntity>) {
  const permitted = changes.filter(({ entity, scope }) => {
    const known = entities.get(entity)
    return known && can(tx.actor, known.permission, scope)
  })
  const rows = new Map<string, Row>()
  for (const [name, entity] of entities) {
    const ids = permitted.filter((change) => change.entity === name && !change.isGone).map(({ id }) => id)
    if (ids.length === 0) continue
    for (const { id, scope, row } of await entity.read(tx, [...new Set(ids)])) rows.set(`${name} ${scope} ${id}`, row)
  }
  return permitted.map(
    (change): Seen => ({
      ...change,
      row: change.isGone ? null : (rows.get(`${change.entity} ${change.scope} ${change.id}`) ?? null),
    }),
  )
}
