import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

const STEP_SECONDS = 2
const CLOSING_SECONDS = 9

/**
 * The life of the process. What was begun is ended in reverse order, once, when someone asks (Ctrl-C, SIGTERM, a closed
 * terminal) or when the start fails; whatever does not end in time is left behind, so that the process itself always ends.
 */
export class Life {
  readonly #end = new AbortController()
  readonly #closers: (() => unknown)[] = []
  readonly endIsAsked = once(this.#end.signal, 'abort')

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#end.abort())
  }

  /** For work that can be given up in the middle. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  /** A step of the start: not begun once the end is asked for, and not followed by another. */
  async begin<T>(step: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted()
    const result = await step()
    this.signal.throwIfAborted()
    return result
  }

  onEnd(close: () => unknown) {
    this.#closers.push(close)
  }

  /** Waits briefly for the step under way, so that what it began is ended too. */
  async end(start: Promise<unknown>) {
    this.#end.abort()
    await Promise.race([start.catch(() => {}), wait(STEP_SECONDS * 1000)])
    await Promise.race([this.#closeAll(), wait(CLOSING_SECONDS * 1000)])
  }

  async #closeAll() {
    for (const close of this.#closers.reverse()) {
      try {
        await close()
      } catch (error) {
        console.error(error)
      }
    }
  }
}
