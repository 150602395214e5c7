import type { z } from 'zod'
import type { Doing, Mutator, Row, Rows } from './sync.ts'

/** A replica's rows as a mutator sees them, held in memory. */
export function pretendRows(given: Readonly<Record<string, readonly { id: string }[]>> = {}) {
  const held = new Map<string, Row>()
  for (const [entity, rows] of Object.entries(given)) {
    for (const row of rows) held.set(`${entity} ${row.id}`, row)
  }
  const rows: Rows = {
    get: async <R extends Row>(entity: string, id: string) => held.get(`${entity} ${id}`) as R | undefined,
    list: async <R extends Row>(entity: string) =>
      [...held].flatMap(([key, row]) => (key.startsWith(`${entity} `) ? [row as R] : [])),
    put: (entity, id, _scope, row) => void held.set(`${entity} ${id}`, row),
    remove: (entity, id) => void held.delete(`${entity} ${id}`),
  }
  return {
    ...rows,
    // biome-ignore lint/suspicious/noExplicitAny: rows are looked into by tests
    row: (entity: string, id: string) => held.get(`${entity} ${id}`) as any,
    foresee: <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, doing: Doing) =>
      mutator.foresee(rows, mutator.args.parse(args), doing),
  }
}
