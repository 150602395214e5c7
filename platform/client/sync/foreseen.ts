import { Refusal } from '../../refusal.ts'
import type { Doing, Mutator, Row, Rows, SentMutation } from '../../sync.ts'

// biome-ignore lint/suspicious/noExplicitAny: of every mutator, whatever its arguments are
export type AnyMutator = Mutator<any>

/** Rows as a mutator may look at them. */
export type Seen = {
  row: (entity: string, id: string) => Row | undefined
  /** Id and row of each. */
  entries: (entity: string) => Iterable<readonly [string, Row]>
}

/** `entity/id` → what it would become. Null: gone. */
export type Changes = Map<string, { scope: string; row: Row } | null>

export const keyOf = (entity: string, id: string) => `${entity}/${id}`
export const entityOf = (key: string) => key.slice(0, key.indexOf('/'))
export const idOf = (key: string) => key.slice(key.indexOf('/') + 1)

/** What a mutation would change in these rows. Throws what its rules throw. */
export async function foresee(
  mutator: AnyMutator,
  { args }: Pick<SentMutation, 'args'>,
  doing: Doing,
  below: Seen,
): Promise<Changes> {
  const changes: Changes = new Map()
  await mutator.foresee(on(below, changes), readArgs(mutator, args), doing)
  return changes
}

function readArgs(mutator: AnyMutator, args: unknown) {
  const read = mutator.args.safeParse(args)
  if (read.success) return read.data
  const issues: { path: PropertyKey[]; code: string; message: string }[] = read.error.issues
  throw new Refusal('invalid', 'invalid', {
    detail: 'Some of what was entered cannot be used.',
    errors: issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
  })
}

/** These rows with changes on top, read and written. */
function on(below: Seen, changes: Changes): Rows {
  const seen = layered(below, changes)
  return {
    get: async <R extends Row>(entity: string, id: string) => seen.row(entity, id) as R | undefined,
    list: async <R extends Row>(entity: string) => Array.from(seen.entries(entity), ([, row]) => row as R),
    put: (entity, id, scope, row) => void changes.set(keyOf(entity, id), { scope, row }),
    remove: (entity, id) => void changes.set(keyOf(entity, id), null),
  }
}

export const layered = (below: Seen, changes: Changes): Seen => ({
  row: (entity, id) => {
    const changed = changes.get(keyOf(entity, id))
    return changed === undefined ? below.row(entity, id) : changed?.row
  },
  *entries(entity) {
    for (const entry of below.entries(entity)) if (!changes.has(keyOf(entity, entry[0]))) yield entry
    for (const [key, changed] of changes) if (changed && entityOf(key) === entity) yield [idOf(key), changed.row]
  },
})
