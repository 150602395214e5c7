import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { FactType } from '../fact.ts'
import type { Statement } from './batch.ts'

/** Facts wait here until the work is done, then take their scopes' next versions in one statement, just before COMMIT. */
export class Announcements {
  readonly #actor: Actor
  readonly #facts: { scope: string; name: string; event: string; room: string; body: unknown }[] = []

  constructor(actor: Actor) {
    this.#actor = actor
  }

  add<S extends z.ZodType>(type: FactType<S>, fact: z.output<S>) {
    const body = type.schema.parse(fact) as z.output<S>
    this.#facts.push({ scope: type.scope(body), name: type.name, event: type.event, room: type.room(body), body })
  }

  statements(): Statement[] {
    if (this.#facts.length === 0) return []
    return [{ sql: ANNOUNCE, params: [this.#actor.organizationId, JSON.stringify(this.#facts)], rowless: true }]
  }
}

// db/migrations/0003_write_path.sql
const ANNOUNCE = 'select app.announce($1, $2)'
