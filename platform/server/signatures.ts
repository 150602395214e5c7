import type { Actor } from '../actor.ts'
import type { Signature } from '../signature.ts'

/** Asked by critical commands' routes, before their transaction. Whoever keeps the PINs answers. */
export type Signatures = {
  /** Refuses an actor whose session is not proof enough for a critical record and who did not sign it. */
  demand: (actor: Actor, signature: Signature | undefined) => Promise<void>
}
