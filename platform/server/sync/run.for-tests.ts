import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type Actor, can } from '../../actor.ts'
import { Refusal } from '../../refusal.ts'
import type { Mutator } from '../../sync.ts'
import type { Database } from '../tenant.ts'
import type { Occurrence, ServerMutator } from './registry.ts'

/** When it was done, so many minutes before now, as the clocks of a good device told. */
export const minutesAgo = (minutes: number, more: Partial<Occurrence> = {}): Occurrence => ({
  uid: randomUUID(),
  at: new Date(Date.now() - minutes * 60_000).toISOString(),
  receivedAt: new Date().toISOString(),
  quality: 'exact',
  flags: minutes > 1 ? ['offline'] : [],
  ...more,
})

/** Runs one mutation as a push does, and tells what became of it: its outcome, or the code of the refusal. */
export const mutatorRunner =
  (database: Database, mutators: readonly ServerMutator[]) =>
  async <A extends z.ZodType>(
    actor: Actor,
    { name, args: shape }: Mutator<A>,
    args: z.input<A>,
    when = minutesAgo(0),
  ): Promise<string> => {
    const half = mutators.find(({ mutator }) => mutator.name === name)
    if (!half) throw new Error(`${name} has no server half`)
    const read = shape.parse(args)
    await half.prepare?.(read, when)
    try {
      return await database.write(actor, async (tx) => {
        const place = await half.place(tx, read)
        if (place !== null && !can(actor, half.permission, place)) return 'quarantined'
        const ran = await half.run(tx, read, when)
        return ran?.code ?? ran?.outcome ?? 'applied'
      })
    } catch (error) {
      if (error instanceof Refusal) return `refused ${error.code}`
      throw error
    }
  }

/** PostgreSQL writes an instant in more ways than one. */
export const instantsAlike = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, part) =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(part) ? new Date(part).toISOString() : part,
  )
