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

  /** In the order of the scopes, so that two writers of the same ones cannot wait for each other. */
  statements(): Statement[] {
    return [...this.#scopes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([scope, facts]) => ({
        sql: ANNOUNCE,
        params: [this.#actor.organizationId, scope, JSON.stringify(facts)],
        rowless: true,
      }))
  }
}

// db/migrations/0009_context_in_the_plan.sql
const ANNOUNCE = 'select app.announce($1, $2, $3)'
