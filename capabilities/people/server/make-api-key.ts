import { type Actor, can, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { ApiKey, NewApiKey } from '../api-key.ts'
import { type Digest, shownPart } from './credentials.ts'
import { insertApiKey, visibleLocations } from './store-keys.ts'

/** Makes an API key for the actor's organization. It holds no more than its maker: now, and whenever it is used. */
export async function makeApiKey(
  tx: Tx,
  actor: Actor,
  wanted: NewApiKey,
  key: string,
  digest: Digest,
  now = Date.now(),
): Promise<ApiKey> {
  demand(actor, 'keys.manage')
  if (wanted.expiresAt !== null && Date.parse(wanted.expiresAt) <= now) refuseExpiry()
  if (wanted.locationIds && (await visibleLocations(tx, actor, wanted.locationIds)) < wanted.locationIds.length) {
    notFound()
  }
  const beyond = wanted.scopes.filter((scope) => !holds(actor, scope, wanted.locationIds))
  if (beyond.length > 0) refuseBeyond(wanted, beyond)
  const { id, createdAt } = await insertApiKey(tx, actor, wanted, shownPart(key), digest(key))
  const { name, scopes, locationIds, expiresAt } = wanted
  await recordEvent(tx, { name: 'people.key_made', subjectId: id, after: { name, scopes, locationIds, expiresAt } })
  return {
    ...{ id, name, scopes, locationIds, expiresAt, createdAt },
    prefix: shownPart(key),
    createdBy: { id: actor.id, name: actor.name },
    lastUsedAt: null,
    revokedAt: null,
  }
}

const holds = (actor: Actor, scope: string, locationIds: readonly string[] | null) =>
  locationIds === null ? can(actor, scope) : locationIds.every((locationId) => can(actor, scope, locationId))

const refuseExpiry = () =>
  refuse('invalid', 'people.expiry_past', {
    detail: 'A key has to expire in the future.',
    errors: [{ path: 'body.expiresAt', code: 'people.expiry_past', message: 'Choose a time to come, or null.' }],
  })

const refuseBeyond = (wanted: NewApiKey, beyond: string[]) =>
  refuse('forbidden', 'people.scope_exceeds_own', {
    detail: 'A key cannot hold what its maker does not hold.',
    errors: beyond.map((scope) => ({
      path: `body.scopes[${wanted.scopes.indexOf(scope as NewApiKey['scopes'][number])}]`,
      code: 'people.scope_exceeds_own',
      message: `You do not hold ${scope} ${wanted.locationIds ? 'at these locations' : ''}`.trim(),
    })),
  })
