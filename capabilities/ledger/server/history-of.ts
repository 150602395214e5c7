import { type Actor, can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { type LedgerActor, type LedgerEvent, readActor } from '../history.ts'
import { MOST_CHANGES_OF_RECORD } from '../routes.ts'
import { batchesOf, type Line, linesOf, namesOf, rowsOf } from './store-history.ts'

/** A record's changes at places where the caller may read the log; of none of them it is as if it were not there. */
export async function historyOf(
  tx: ReadTx,
  { kind, id }: { kind: string; id: string },
): Promise<{ items: LedgerEvent[]; hasEarlier: boolean }> {
  const lines = await linesOf(tx, await rowsOf(tx, kind, id), MOST_CHANGES_OF_RECORD + 1)
  const all = lines.length > 0 ? lines : await batchesOf(tx, kind, id)
  const seen = all.filter(({ locationId }) =>
    locationId === null
      ? seesTenant(tx.actor) && can(tx.actor, 'ledger.read')
      : can(tx.actor, 'ledger.read', locationId),
  )
  if (seen.length === 0) notFound()
  const items = seen.slice(-MOST_CHANGES_OF_RECORD)
  return { items: await withNames(tx, items), hasEarlier: items.length < seen.length }
}

/** Beside a second organization nobody sees the whole tenant. */
export const seesTenant = ({ locationIds }: Actor) => locationIds === 'all'

async function withNames(tx: ReadTx, lines: readonly Line[]): Promise<LedgerEvent[]> {
  const ids = lines.flatMap(({ actor, locationId }) => {
    const { kind, id, tabletId } = readActor(actor)
    return [isUnnamed(kind) ? null : id, tabletId, locationId]
  })
  const names = await namesOf(tx, [...new Set(ids.filter((id) => id !== null))])
  return lines.map(({ locationId, ...line }) => ({
    ...line,
    by: byOf(line.actor, names),
    place: locationId === null ? null : { id: locationId, name: names.get(locationId) ?? null },
  }))
}

function byOf(actor: string, names: ReadonlyMap<string, string>): LedgerActor {
  const { kind, id, tabletId } = readActor(actor)
  return {
    kind,
    name: isUnnamed(kind) ? id : (names.get(id) ?? null),
    tablet: tabletId === null ? null : (names.get(tabletId) ?? null),
  }
}

/** Jobs and roles of the database are called what they are called. */
const isUnnamed = (kind: LedgerActor['kind']) => kind === 'system' || kind === 'database'
