import { type Actor, systemActor } from '../../actor.ts'
import { type Cursor, MOST_CHANGES, type PullAnswer, type PullBody } from '../../sync.ts'
import type { Database, ReadTx } from '../tenant.ts'
import type { SyncActors } from './actors.ts'
import { drainKeyHash } from './drain-key.ts'
import { readRows, type Seen } from './read-rows.ts'
import type { SyncedEntity } from './registry.ts'
import { type Client, demandOwner, lockClient, readClient } from './store-clients.ts'
import { RENEW_EPOCH, readChanges, readHead, readScopes, type Scope } from './store-feed.ts'
import { ownerOf, rightsOf } from './viewer.ts'

export type PullParts = {
  database: Database
  entities: readonly SyncedEntity[]
  actors: SyncActors
  drainKeyOf: (tenantId: string, clientId: string) => string
}

/** A page of what changed, from one moment of the database, with the whole list of scopes that are the caller's. */
export async function pull(parts: PullParts, actor: Actor, body: PullBody): Promise<PullAnswer> {
  const { clientId, cursor } = body
  const viewer = await parts.actors.reader(actor)
  const client = await introduce(parts, viewer, clientId)
  const rights = rightsOf(viewer, parts.entities)
  const key = parts.drainKeyOf(actor.tenantId, clientId)
  const isNew = cursor.epoch === null && client.drainKeyHash.equals(drainKeyHash(key))
  const answer = await parts.database.read(viewer, (tx) => pageOf(tx, parts, body, rights))
  if (answer) return { ...answer, drainKey: isNew ? key : null }
  // The database is not the one it was: another epoch begins, once, whoever notices first.
  await parts.database.write(systemOf(actor), (tx) => tx.query(RENEW_EPOCH))
  return pull(parts, actor, body)
}

const systemOf = ({ tenantId, organizationId }: Actor) => systemActor(tenantId, organizationId, 'sync')

async function introduce(parts: PullParts, actor: Actor, clientId: string): Promise<Client> {
  const owner = ownerOf(actor)
  const known = await parts.database.read(systemOf(actor), (tx) => readClient(tx, clientId))
  if (known) demandOwner(known, owner)
  const hash = drainKeyHash(parts.drainKeyOf(actor.tenantId, clientId))
  return known ?? parts.database.write(systemOf(actor), (tx) => lockClient(tx, clientId, owner, hash))
}

/** Null when the epoch must be renewed first. */
async function pageOf(
  tx: ReadTx,
  parts: PullParts,
  { clientId, cursor, follow = [] }: PullBody,
  rights: string,
): Promise<Omit<PullAnswer, 'drainKey'> | null> {
  const { epoch, isCurrent, lastMid } = await readHead(tx, clientId)
  if (!isCurrent) return null
  const { scopes, places: all } = await readScopes(tx, follow)
  const isOther = (before: string | null, now: string) => before !== null && before !== now
  const reset = isOther(cursor.epoch, epoch) || isOther(cursor.rights, rights)
  const begun = scopes.map((scope) => placeIn(scope, reset ? undefined : cursor))
  const entities = new Map(parts.entities.map((entity) => [entity.name, entity]))
  const { places, changes } = await readOn(tx, begun, entities)
  const filling = places.filter(({ after, head, filledFrom }) => after < head && after < filledFrom)
  return {
    cursor: {
      epoch,
      rights,
      scopes: Object.fromEntries(places.map(({ scope, after }) => [scope, after])),
      filling: Object.fromEntries(filling.map(({ scope, filledFrom }) => [scope, filledFrom])),
    },
    reset,
    resetScopes: begun.filter(({ isVoid }) => isVoid).map(({ scope }) => scope),
    changes: changes.map(({ scope, entity, id, version, row }) => ({ scope, entity, id, version, row })),
    places: all,
    more: places.some(({ after, head }) => after < head),
    lastMid,
    // The clock that pushes are judged by: the database’s may be another machine’s.
    serverTime: new Date().toISOString(),
  }
}

type Place = { scope: string; after: number; head: number; filledFrom: number; isVoid: boolean }

/** Where a copy stands in a scope. It begins anew when the feed no longer knows what has gone since. */
function placeIn({ id, version, horizon }: Scope, cursor: Cursor | undefined): Place {
  const after = cursor?.scopes[id] ?? 0
  const filledFrom = cursor?.filling?.[id] ?? 0
  const isVoid = after > version || (after > 0 && Math.max(after, filledFrom) < horizon)
  const isNew = isVoid || after === 0
  return { scope: id, after: isNew ? 0 : after, head: version, filledFrom: isNew ? version : filledFrom, isVoid }
}

/** A few scopes at a time: most copies follow one or two, and a page is soon full. */
const SCOPES_AT_ONCE = 5

async function readOn(tx: ReadTx, begun: readonly Place[], entities: ReadonlyMap<string, SyncedEntity>) {
  const places = begun.map((place) => ({ ...place }))
  const behind = places.filter(({ after, head }) => after < head)
  const changes: Seen[] = []
  let noted = 0
  while (noted < MOST_CHANGES && behind.length > 0) {
    const now = behind.splice(0, SCOPES_AT_ONCE)
    const room = MOST_CHANGES - noted
    const read = await readChanges(tx, now, room)
    for (const place of now) {
      if (noted >= MOST_CHANGES) break
      const ofScope = read.filter(({ scope }) => scope === place.scope)
      noted += ofScope.length
      // With fewer than were asked for, the scope was read to its end.
      place.after = ofScope.length < room ? place.head : (ofScope.at(-1)?.version ?? place.head)
      // A copy that never had a row need not hear that it has none.
      const seen = await readRows(tx, ofScope, entities)
      changes.push(...seen.filter(({ row, version }) => row !== null || version > place.filledFrom))
    }
  }
  return { places, changes }
}
