import { setTimeout as wait } from 'node:timers/promises'

const STEP_SECONDS = 2
const SERVER_SECONDS = 9

/** Thrown into a start that someone no longer wants. */
export class Ended extends Error {}

/**
 * The life of the process. What was begun is ended in reverse order, once, when someone asks (Ctrl-C, SIGTERM, a closed
 * terminal) or when the start fails; whatever does not end in time is left behind, so that the process itself always ends.
 */
export class Life {
  readonly endIsAsked: Promise<void>
  readonly #closers: (() => unknown)[] = []
  #isAsked = false
  #ask = () => {}

  constructor() {
    this.endIsAsked = new Promise((resolve) => {
      this.#ask = () => {
        this.#isAsked = true
        resolve()
      }
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#ask())
  }

  /** A step of the start: not begun once the end is asked for, and not followed by another. */
  async begin<T>(step: () => Promise<T>): Promise<T> {
    if (this.#isAsked) throw new Ended()
    const result = await step()
    if (this.#isAsked) throw new Ended()
    return result
  }

  onEnd(close: () => unknown) {
    this.#closers.push(close)
  }

  /** Waits briefly for the step under way, so that what it began is ended too. */
  async end(start: Promise<unknown>) {
    this.#ask()
    await Promise.race([start.catch(() => {}), wait(STEP_SECONDS * 1000)])
    await Promise.race([this.#closeAll(), wait(SERVER_SECONDS * 1000)])
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
