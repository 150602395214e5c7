import type { Row } from '../../sync.ts'
import type { Touched } from './journal.ts'
import { entityOf, type ForeseenRow, idOf, type KeptRow } from './kept.ts'
import type { Store } from './store.ts'

const none: readonly never[] = []

/** The rows as people see them, in memory: what screens read without waiting. A list is the same array until it changes. */
export class View {
  #entities = new Map<string, Map<string, Row>>()
  readonly #lists = new Map<string, readonly Row[]>()

  /** Everything anew from the disk. Answers the entities it holds or held. */
  async load(store: Store): Promise<Set<string>> {
    const { base, over } = await store.read(async (tx) => ({
      base: await tx.range<KeptRow>('base'),
      over: await tx.range<ForeseenRow>('over'),
    }))
    const before = this.#entities.keys()
    this.#entities = new Map()
    this.#lists.clear()
    for (const [key, { row }] of base) this.#set(String(key), row)
    for (const [key, { row }] of over) this.#set(String(key), row)
    return new Set([...before, ...this.#entities.keys()])
  }

  /** Answers the entities that changed. */
  take(touched: Touched): Set<string> {
    const changed = new Set<string>()
    for (const [key, row] of touched) {
      this.#set(key, row)
      changed.add(entityOf(key))
    }
    for (const entity of changed) this.#lists.delete(entity)
    return changed
  }

  row = (entity: string, id: string): Row | undefined => this.#entities.get(entity)?.get(id)

  rows(entity: string): readonly Row[] {
    const known = this.#lists.get(entity)
    if (known) return known
    const rows = this.#entities.get(entity)
    const list = rows ? [...rows.values()] : none
    this.#lists.set(entity, list)
    return list
  }

  #set(key: string, row: Row | null) {
    const entity = entityOf(key)
    const rows = this.#entities.get(entity)
    if (row === null) rows?.delete(idOf(key))
    else if (rows) rows.set(idOf(key), row)
    else this.#entities.set(entity, new Map([[idOf(key), row]]))
  }
}
