import { type Actor, can } from '@opsflow/platform/actor'
import type { Route } from '@opsflow/platform/route'

/** What the contract says of a caller before anything of the request is looked at: come in, or a refusal. */
type Door = 'open' | { status: number; code: string }

/**
 * Computed from what the route declares and from what the caller holds, as `docs/api.md` promises it; never typed in by
 * hand, so a route that declares another permission is asked for another one here too.
 */
export function doorOf(route: Route, { actor, refused }: { actor: Actor | null; refused?: string }): Door {
  if (route.permission === 'public') return 'open'
  if (refused) return { status: 403, code: refused }
  if (!actor) return { status: 401, code: 'unauthenticated' }
  const callers: readonly string[] = route.callers ?? ['member', 'key']
  if (!callers.includes(actor.kind)) {
    return actor.kind === 'kiosk' ? { status: 401, code: 'kiosk.nobody' } : { status: 403, code: 'forbidden' }
  }
  if (route.permission !== 'signed-in' && !can(actor, route.permission)) return { status: 403, code: 'forbidden' }
  return 'open'
}
