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
    return [{ sql: ANNOUNCE, params: [JSON.stringify(this.#facts), this.#actor.organizationId], rowless: true }]
  }
}

// The scope's row stays locked until COMMIT: versions become visible in order, without gaps. Scopes are locked in the
// order of their ids, so two writers cannot wait for each other.
const ANNOUNCE = `
  with fact as (
    select (f.value ->> 'scope')::uuid as scope_id, f.value as fact, f.ordinality as n
      from jsonb_array_elements($1::jsonb) with ordinality f),
  next as (
    insert into scopes as s (id, version)
    select scope_id, count(*) from fact group by scope_id order by scope_id
    on conflict (tenant_id, id) do update set version = s.version + excluded.version
    returning id, version)
  insert into facts (organization_id, scope_id, version, name, event, room, body)
  select $2, f.scope_id,
         next.version - count(*) over (partition by f.scope_id) + row_number() over (partition by f.scope_id order by f.n),
         f.fact ->> 'name', f.fact ->> 'event', f.fact ->> 'room', f.fact -> 'body'
    from fact f join next on next.id = f.scope_id`
