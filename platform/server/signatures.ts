import type { Actor } from '../actor.ts'
import type { OfflineSignature, Signature } from '../signature.ts'

/** Asked by critical commands' routes, before their transaction. Whoever keeps the PINs answers. */
export type Signatures = {
  /** Refuses an actor whose session is not proof enough for a critical record and who did not sign it. */
  demand: (actor: Actor, signature: Signature | undefined) => Promise<void>
  /** The same for what a shared tablet recorded without the server: it was signed by the PIN as the tablet knew it. */
  demandOffline: (actor: Actor, signature: OfflineSignature | undefined) => Promise<void>
}
