import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { FactType } from '../fact.ts'
import type { Statement } from './batch.ts'

/** Facts wait here until the work is done, then take their scopes' next versions, a statement a scope, just before COMMIT. */
export class Announcements {
  readonly #actor: Actor
  readonly #scopes = new Map<string, { name: string; event: string; room: string; body: unknown }[]>()

  constructor(actor: Actor) {
    this.#actor = actor
  }

  add<S extends z.ZodType>(type: FactType<S>, fact: z.output<S>) {
    const body = type.schema.parse(fact) as z.output<S>
    const scope = type.scope(body).toLowerCase()
    const announced = { name: type.name, event: type.event, room: type.room(body), body }
    const known = this.#scopes.get(scope)
    if (known) known.push(announced)
    else this.#scopes.set(scope, [announced])
  }

  /** What was announced meanwhile is forgotten when the work fails. */
  async undoneWith<T>(work: () => Promise<T>): Promise<T> {
    const before = new Map([...this.#scopes].map(([scope, facts]) => [scope, facts.length]))
    try {
      return await work()
    } catch (error) {
      for (const [scope, facts] of this.#scopes) {
        const kept = before.get(scope)
        if (kept === undefined) this.#scopes.delete(scope)
        else facts.length = kept
      }
      throw error
    }
  }

  /** In the order of the scopes, so that two writers of the same ones cannot wait for each other. */
  statements(): Statement[] {
    const announcing = [...this.#scopes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([scope, facts]): Statement => ({
          sql: ANNOUNCE,
          params: [this.#actor.organizationId, scope, JSON.stringify(facts)],
          rowless: true,
        }),
      )
    // Several scopes are locked at once, with those that were changed without a word.
    const locking: Statement = { sql: LOCK_SCOPES, params: [[...this.#scopes.keys()]], rowless: true }
    return announcing.length > 1 ? [locking, ...announcing] : announcing
  }
}

// db/migrations/0020_feed.sql
const LOCK_SCOPES = 'select app.lock_scopes($1)'
const ANNOUNCE = 'select app.announce($1, $2, $3)'
