import type { Actor } from '../../actor.ts'
import type { SentMutation } from '../../sync.ts'

/**
 * Who reads a replica and who did a mutation. For a person's own session both are that person. A shared tablet has one
 * replica, whoever sits at it, and sends what many did; the capability that keeps tablets answers for it.
 */
export type SyncActors = {
  /** As whom a replica's rows are read, and whose its clients are. Refuses a tablet that is locked or gone. */
  reader: (actor: Actor) => Promise<Actor>
  /**
   * As whom a mutation runs. Refuses one whose `by` never was anybody here. Asked before the mutation's transaction;
   * it may use connections of its own.
   */
  doer: (actor: Actor, sent: Pick<SentMutation, 'by' | 'proof'>, asked: { isCritical: boolean }) => Promise<Doer>
}

/**
 * own: a personal session · seat: the server had looked at their PIN · tablet: the tablet alone had · outdated: the
 * tablet had, at a PIN that was changed before the work arrived.
 */
export type Proved = 'own' | 'seat' | 'tablet' | 'outdated'

export type Doer =
  | { may: true; actor: Actor; proved: Proved }
  /** Set aside for a manager: it was someone of this organization, who may not do this here now. */
  | { may: false; memberId: string; proved: Proved; code: string; detail: string }
