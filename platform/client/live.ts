/** A fact as it travels: the scope whose version it advances, and the version it makes. */
export type LiveEvent = { scope: string; version: number; name: string; fact: unknown }
export type Versions = Readonly<Record<string, number>>
export type Versioned = { versions: Versions }

export type Connection = 'connecting' | 'live' | 'offline'

export type LiveState<Snapshot> = {
  snapshot: Snapshot | undefined
  connection: Connection
  /** When the state was last known to be whole (ms since epoch); its age is shown while not live. */
  confirmedAt: number | undefined
  /** Why the last attempt to fetch the snapshot failed; cleared by the next success. */
  error: unknown
}

export type LiveSettings<Snapshot extends Versioned> = {
  load: () => Promise<Snapshot>
  /** A pure step from one snapshot to the next. The versions are kept by this module. */
  apply: (snapshot: Snapshot, event: LiveEvent) => Snapshot
  now?: () => number
  /** Runs `work` later; returns a way to call it off. */
  later?: (work: () => void, delayMs: number) => () => void
}

const longestRetryMs = 30_000

/**
 * State by version: a snapshot, and the facts that follow it without a gap. Whatever the network drops,
 * doubles or swaps, the state is either the server's at these versions, or a fresh snapshot is on its way.
 */
export class LiveStore<Snapshot extends Versioned> {
  #state: LiveState<Snapshot> = {
    snapshot: undefined,
    connection: 'connecting',
    confirmedAt: undefined,
    error: undefined,
  }
  #settings: Required<LiveSettings<Snapshot>>
  #watchers = new Set<() => void>()
  /** Events that cannot be applied yet: a snapshot that will contain or precede them is on its way. */
  #waiting: LiveEvent[] = []
  /** Scopes that a fresh snapshot did not mention: not ours to show. */
  #foreign = new Set<string>()
  #loading: Promise<void> | undefined
  #wanted = false
  #failures = 0
  #cancelRetry: (() => void) | undefined

  constructor(settings: LiveSettings<Snapshot>) {
    this.#settings = { now: Date.now, later: laterByTimer, ...settings }
  }

  get state() {
    return this.#state
  }

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** Connected, for the first time or again: what happened meanwhile is unknown, so the snapshot is fetched. */
  connected() {
    this.#set({ connection: 'live' })
    return this.refresh()
  }

  disconnected() {
    this.#set({ connection: 'offline' })
  }

  receive(event: LiveEvent) {
    const known = this.#state.snapshot?.versions[event.scope]
    if (this.#loading || known === undefined) return this.#wait(event)
    if (event.version <= known) return
    if (event.version > known + 1) return this.#wait(event)
    this.#apply(event)
  }

  /** Fetches the snapshot. Calls during a fetch share one more fetch after it. */
  refresh(): Promise<void> {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    if (this.#loading) {
      this.#wanted = true
      return this.#loading
    }
    this.#loading = this.#load()
    return this.#loading
  }

  /** Nobody looks any more: no further retry. */
  stop() {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
  }

  async #load() {
    do {
      this.#wanted = false
      try {
        const snapshot = await this.#settings.load()
        this.#failures = 0
        this.#take(snapshot)
      } catch (error) {
        this.#retryLater(error)
        break
      }
    } while (this.#wanted)
    this.#loading = undefined
  }

  #take(snapshot: Snapshot) {
    this.#foreign.clear()
    this.#set({ snapshot, error: undefined, confirmedAt: this.#settings.now() })
    const waiting = this.#waiting.sort((a, b) => a.version - b.version)
    this.#waiting = []
    for (const event of waiting) {
      const known = this.#state.snapshot?.versions[event.scope]
      if (known === undefined) this.#foreign.add(event.scope)
      else if (event.version === known + 1) this.#apply(event)
      else if (event.version > known + 1) {
        this.#waiting.push(event)
        this.#wanted = true
      }
    }
  }

  #wait(event: LiveEvent) {
    if (this.#foreign.has(event.scope)) return
    this.#waiting.push(event)
    if (!this.#loading) void this.refresh()
  }

  #apply(event: LiveEvent) {
    const before = this.#state.snapshot
    if (!before) return
    const after = this.#settings.apply(before, event)
    const versions = { ...before.versions, [event.scope]: event.version }
    this.#set({ snapshot: { ...after, versions }, confirmedAt: this.#settings.now() })
  }

  #retryLater(error: unknown) {
    this.#failures++
    const delayMs = Math.min(longestRetryMs, 500 * 2 ** this.#failures)
    this.#cancelRetry = this.#settings.later(() => void this.refresh(), delayMs)
    this.#set({ error })
  }

  #set(change: Partial<LiveState<Snapshot>>) {
    this.#state = { ...this.#state, ...change }
    for (const watcher of this.#watchers) watcher()
  }
}

function laterByTimer(work: () => void, delayMs: number) {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
