import type { Mutator, Row, Rows } from '../../sync.ts'
import { type ForeseenRow, type KeptMutation, type KeptRow, keyOf, rangeOf } from './kept.ts'
import type { StoreTx } from './store.ts'

export type Mutators = ReadonlyMap<string, Mutator>

/**
 * The rows inside one transaction: the server's, with what is foreseen on top. A mutator's changes count when it has
 * come to its end; one that throws has changed nothing.
 */
export class Foreseen {
  readonly #tx: StoreTx
  /** Undefined: looked for in the store, and not there. */
  readonly #over = new Map<string, ForeseenRow | undefined>()
  readonly #base = new Map<string, KeptRow | undefined>()
  readonly #whole = new Set<string>()
  readonly #isBare: boolean

  private constructor(tx: StoreTx, isBare: boolean) {
    this.#tx = tx
    this.#isBare = isBare
  }

  /** On the server's rows alone. */
  static bare(tx: StoreTx) {
    return new Foreseen(tx, true)
  }

  /** With what was foreseen so far. */
  static standing(tx: StoreTx) {
    return new Foreseen(tx, false)
  }

  /** What has been foreseen, as far as it was asked for. */
  *all(): Iterable<[string, ForeseenRow]> {
    for (const [key, row] of this.#over) if (row) yield [key, row]
  }

  /** Runs one mutator on top. Answers what it changed. */
  async run(mutator: Mutator, { sent, doing }: Pick<KeptMutation, 'sent' | 'doing'>) {
    const changed = new Map<string, ForeseenRow>()
    const rows: Rows = {
      get: async <R extends Row>(entity: string, id: string) => {
        const key = keyOf(entity, id)
        const foreseen = changed.get(key) ?? (await this.#foreseen(key))
        return (foreseen ? (foreseen.row ?? undefined) : (await this.#kept(key))?.row) as R | undefined
      },
      list: <R extends Row>(entity: string) => this.#list(entity, changed) as Promise<R[]>,
      put: (entity, id, scope, row) => void changed.set(keyOf(entity, id), { scope, row }),
      remove: (entity, id) => void changed.set(keyOf(entity, id), { scope: '', row: null }),
    }
    await mutator.foresee(rows, mutator.args.parse(sent.args), doing)
    for (const [key, row] of changed) this.#over.set(key, row)
    return changed as ReadonlyMap<string, ForeseenRow>
  }

  async #foreseen(key: string): Promise<ForeseenRow | undefined> {
    if (!this.#isBare && !this.#over.has(key)) this.#over.set(key, await this.#tx.get<ForeseenRow>('over', key))
    return this.#over.get(key)
  }

  async #kept(key: string): Promise<KeptRow | undefined> {
    if (!this.#base.has(key)) this.#base.set(key, await this.#tx.get<KeptRow>('base', key))
    return this.#base.get(key)
  }

  async #list(entity: string, changed: ReadonlyMap<string, ForeseenRow>): Promise<Row[]> {
    const range = rangeOf(entity)
    await this.#readWhole(entity, range)
    const rows = new Map<string, Row>()
    const isOfEntity = (key: string) => key >= range.from && key < range.before
    for (const [key, kept] of this.#base) if (kept && isOfEntity(key)) rows.set(key, kept.row)
    for (const layer of [this.#over, changed]) {
      for (const [key, foreseen] of layer) {
        if (!foreseen || !isOfEntity(key)) continue
        if (foreseen.row) rows.set(key, foreseen.row)
        else rows.delete(key)
      }
    }
    return [...rows.values()]
  }

  async #readWhole(entity: string, range: { from: string; before: string }) {
    if (this.#whole.has(entity)) return
    this.#whole.add(entity)
    for (const [key, kept] of await this.#tx.range<KeptRow>('base', range)) this.#base.set(String(key), kept)
    if (this.#isBare) return
    for (const [key, row] of await this.#tx.range<ForeseenRow>('over', range)) {
      if (!this.#over.has(String(key))) this.#over.set(String(key), row)
    }
  }
}

/** What the unsent work makes of new rows. Work whose rules no longer allow it shows nothing; the server will say why. */
export async function replay(tx: StoreTx, mutators: Mutators, pending: readonly KeptMutation[]): Promise<Foreseen> {
  const foreseen = Foreseen.bare(tx)
  for (const mutation of pending) {
    const mutator = mutators.get(mutation.sent.name)
    if (mutator) await foreseen.run(mutator, mutation).catch(unlessStorage)
  }
  await tx.clear('over')
  for (const [key, row] of foreseen.all()) await tx.put('over', key, row)
  return foreseen
}

/** A rule said no, or the arguments are of another version: nothing is shown. A store that fails is another matter. */
function unlessStorage(error: unknown) {
  if (typeof DOMException !== 'undefined' && error instanceof DOMException) throw error
}
