import type { Row } from '../../sync.ts'
import { type AnyMutator, type Changes, entityOf, foresee, idOf, keyOf, layered, type Seen } from './foreseen.ts'
import { type Change, type Held, type Kept, type Meta, readOpen } from './ledger.ts'
import type { ReadTx } from './store.ts'

/**
 * The rows in memory, as screens see them: the server's, with everything this device did since replayed over them.
 * Read without waiting; a row stays the same object until it changes.
 */
export class View implements Seen {
  meta: Meta
  /** Not yet part of the server's rows, in order. */
  open: Kept[] = []
  readonly held = new Map<string, Held>()
  #mutators: ReadonlyMap<string, AnyMutator>
  /** The same rows by entity: what a screen lists. */
  #base = new Map<string, Map<string, Row>>()
  #over: Changes = new Map()
  #keysOf = new Map<string, string[]>()
  #lists = new Map<string, readonly Row[]>()
  #unsent: Map<string, Set<string>> | undefined

  constructor(meta: Meta, mutators: readonly AnyMutator[]) {
    this.meta = meta
    this.#mutators = new Map(mutators.map((mutator) => [mutator.name, mutator]))
  }

  row = (entity: string, id: string): Row | undefined => {
    const over = this.#over.get(keyOf(entity, id))
    return over === undefined ? this.#base.get(entity)?.get(id) : over?.row
  }

  entries = (entity: string) => layered(this.#below, this.#over).entries(entity)

  rows(entity: string): readonly Row[] {
    const known = this.#lists.get(entity)
    if (known) return known
    const list = Array.from(this.entries(entity), ([, row]) => row)
    this.#lists.set(entity, list)
    return list
  }

  unsentIds(entity: string): ReadonlySet<string> {
    this.#unsent ??= this.#marked()
    const ids = this.#unsent.get(entity) ?? new Set<string>()
    this.#unsent.set(entity, ids)
    return ids
  }

  /** Everything from storage. Answers the entities whose rows are other than before. */
  async load(tx: ReadTx, meta: Meta): Promise<Set<string>> {
    const stored = new Map(await tx.list<Held>('base')) as Map<string, Held>
    const rows = new Map<string, Held | null>(stored)
    for (const key of this.held.keys()) if (!stored.has(key)) rows.set(key, null)
    return this.take({ meta, rows }, await readOpen(tx, meta))
  }

  /** These rows and the outbox from storage: what another tab said it changed. */
  async loadSome(tx: ReadTx, meta: Meta, keys: readonly string[]): Promise<Set<string>> {
    const rows = new Map<string, Held | null>()
    for (const key of keys) rows.set(key, (await tx.get<Held>('base', key)) ?? null)
    return this.take({ meta, rows }, await readOpen(tx, meta))
  }

  /** A change as it was stored. Answers the entities whose rows are other than before. */
  async take({ meta, rows = new Map() }: Change, open: Kept[] = this.open): Promise<Set<string>> {
    const isAcked = meta.acked !== this.meta.acked || meta.clientId !== this.meta.clientId
    const before = this.open
    const { epoch, rights } = this.meta.cursor
    const isSameLife = meta.cursor.epoch === epoch && meta.cursor.rights === rights
    this.meta = meta
    this.open = open
    const changed = new Set<string>()
    for (const [key, held] of rows) if (this.#hold(key, held, isSameLife)) changed.add(key)
    if (changed.size > 0 || !isSame(before, open)) await this.#replay(changed)
    const entities = new Set([...changed].map(entityOf))
    for (const entity of entities) this.#lists.delete(entity)
    return isAcked || !isSame(before, open) ? this.#markAnew(entities) : entities
  }

  /** One more on top. */
  add(meta: Meta, kept: Kept, changes: Changes): Set<string> {
    this.meta = meta
    this.open = [...this.open, kept]
    for (const [key, change] of changes) this.#over.set(key, change)
    this.#keysOf.set(kept.uid, [...changes.keys()])
    const entities = new Set([...changes.keys()].map(entityOf))
    for (const entity of entities) this.#lists.delete(entity)
    return this.#markAnew(entities)
  }

  readonly #below: Seen = {
    row: (entity, id) => this.#base.get(entity)?.get(id),
    entries: (entity) => this.#base.get(entity)?.entries() ?? [],
  }

  /** Whether it looks other than before. In another life of the server's database, versions say nothing of that. */
  #hold(key: string, held: Held | null, isSameLife: boolean): boolean {
    const before = this.held.get(key)
    if (!held && !before) return false
    if (isSameLife && held && before?.version === held.version && before.scope === held.scope) return false
    const isAlike = held && before && JSON.stringify(held.row) === JSON.stringify(before.row)
    const now = held && (isAlike ? { ...held, row: before.row } : held)
    const entity = entityOf(key)
    const rows = this.#base.get(entity) ?? new Map<string, Row>()
    this.#base.set(entity, rows)
    if (now) this.held.set(key, now)
    else this.held.delete(key)
    if (now) rows.set(idOf(key), now.row)
    else rows.delete(idOf(key))
    return !isAlike
  }

  /** Everything done here that the rows do not contain, once more over them. Adds the keys that look other than before. */
  async #replay(changed: Set<string>) {
    const before = this.#over
    const over: Changes = new Map()
    const keysOf = new Map<string, string[]>()
    const seen = layered(this.#below, over)
    for (const kept of this.open) {
      const changes = await this.#foreseen(kept, seen)
      for (const [key, change] of changes) over.set(key, change)
      keysOf.set(kept.uid, [...changes.keys()])
    }
    for (const key of new Set([...before.keys(), ...over.keys()])) {
      const [was, is] = [before.get(key), over.get(key)]
      if (was !== undefined && is !== undefined && JSON.stringify(was) === JSON.stringify(is)) {
        over.set(key, was)
        changed.delete(key)
      } else changed.add(key)
    }
    this.#over = over
    this.#keysOf = keysOf
  }

  /** Nothing, for what the rules no longer allow, or what this edition of the app does not know. */
  async #foreseen(kept: Kept, seen: Seen): Promise<Changes> {
    const mutator = this.#mutators.get(kept.name)
    if (!mutator) return new Map()
    return foresee(mutator, kept, kept.doing, seen).catch((): Changes => new Map())
  }

  #marked() {
    const marked = new Map<string, Set<string>>()
    for (const { mid, uid } of this.open) {
      if (mid <= this.meta.acked) continue
      for (const key of this.#keysOf.get(uid) ?? []) {
        const entity = entityOf(key)
        const ids = marked.get(entity) ?? new Set()
        marked.set(entity, ids.add(idOf(key)))
      }
    }
    return marked
  }

  /** Ids that were marked as unsent, or are now: their entities look other too. */
  #markAnew(entities: Set<string>): Set<string> {
    const before = this.#unsent ?? new Map<string, Set<string>>()
    const now = this.#marked()
    for (const entity of new Set([...before.keys(), ...now.keys()])) {
      const [was, is] = [before.get(entity), now.get(entity) ?? new Set<string>()]
      if (was && was.size === is.size && [...was].every((id) => is.has(id))) now.set(entity, was)
      else entities.add(entity)
    }
    this.#unsent = now
    return entities
  }
}

const isSame = (before: readonly Kept[], after: readonly Kept[]) =>
  before === after || (before.length === after.length && before.every(({ uid }, n) => uid === after[n]?.uid))
