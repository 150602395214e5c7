import { syncRoutes } from '../sync-routes.ts'
import { type Implementation, implement } from './http/implement.ts'
import { type DrainParts, drain } from './sync/drain.ts'
import { drainKeys } from './sync/drain-key.ts'
import { type PullParts, pull } from './sync/pull.ts'
import { type PushParts, push } from './sync/push.ts'
import { verify } from './sync/verify.ts'

export { deviceOf } from './sync/drain.ts'
export { defineServerMutator, type SyncedEntity } from './sync/registry.ts'
export { startRetiring } from './sync/retire.ts'
export { drainedClients } from './sync/store-drained.ts'

export type SyncParts = Omit<PullParts & PushParts & DrainParts, 'drainKeyOf'> & {
  /** Makes the keys by which devices deliver when their session is no more. */
  secret: string
}

export function syncImplementations({ secret, ...given }: SyncParts): Implementation[] {
  const parts = { ...given, drainKeyOf: drainKeys(secret).keyOf }
  return implement(syncRoutes, {
    'POST /sync/pull': ({ actor, body }) => pull(parts, actor, body),
    'POST /sync/push': ({ actor, body }) => push(parts, actor, body),
    'POST /sync/verify': ({ actor, body }) => verify(parts, actor, body),
    'POST /sync/drain': ({ body }) => drain(parts, body),
  })
}
