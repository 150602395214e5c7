import { emptyCursor, MOST_MUTATIONS } from '../../sync.ts'
import { ApiProblem } from '../problem.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Done, Journal } from './journal.ts'
import type { KeptMutation, Meta } from './kept.ts'
import type { Transport } from './transport.ts'

export type Round = {
  /** After each step: what the disk now says. */
  onStep: (done: Done) => void | Promise<void>
}

/** Carries work up and rows down, until there is nothing more of either. Whatever stops it, the next round goes on there. */
export class Mailman {
  readonly #journal: Journal
  readonly #transport: Transport
  readonly #clock: DeviceClock
  #batch = MOST_MUTATIONS

  constructor(parts: { journal: Journal; transport: Transport; clock: DeviceClock }) {
    this.#journal = parts.journal
    this.#transport = parts.transport
    this.#clock = parts.clock
  }

  async round({ onStep }: Round) {
    await this.#push(onStep)
    await this.#pull(onStep)
  }

  async #push(onStep: Round['onStep']) {
    for (;;) {
      const { meta, batch } = await this.#journal.batch(this.#batch)
      if (batch.length === 0) return
      const { clientId } = meta
      try {
        const sent = this.#clock.read(meta)
        const answer = await this.#transport.push({ clientId, sent, mutations: batch.map(({ sent }) => sent) })
        const acknowledged = await this.#journal.acknowledge(clientId, answer.results, answer.lastMid)
        await onStep({ meta: acknowledged, touched: new Map() })
        this.#batch = MOST_MUTATIONS
      } catch (error) {
        await onStep({ meta: await this.#mend(error, batch), touched: new Map() })
      }
    }
  }

  /** What the protocol itself refuses has a remedy here; everything else is the caller's to wait for. */
  #mend(error: unknown, batch: readonly KeptMutation[]): Promise<Meta> {
    if (!(error instanceof ApiProblem)) throw error
    if (error.code === 'sync.gap') return this.#journal.rewind(expectedIn(error))
    if (error.code === 'sync.client_forked' || error.code === 'sync.not_your_client') return this.#journal.fork()
    if (error.status === 413 && batch.length > 1) {
      this.#batch = Math.ceil(batch.length / 2)
      return this.#journal.batch(0).then(({ meta }) => meta)
    }
    throw error
  }

  async #pull(onStep: Round['onStep']) {
    for (;;) {
      const { meta } = await this.#journal.batch(0)
      const { clientId, cursor } = meta
      const began = this.#clock.start()
      const page = await this.#transport.pull({ clientId, cursor })
      const done = await this.#journal.take(page, meta, this.#clock.heard(page.serverTime, began))
      await onStep(done)
      if (page.more || done.meta.clientId !== clientId) continue
      // A key is told to whoever asks from the beginning: a client that was renumbered asks once more, for nothing else.
      if (done.meta.drainKey === null && cursor.epoch !== null) await this.#fetchKey(done.meta)
      return
    }
  }

  async #fetchKey({ clientId }: Meta) {
    const { drainKey } = await this.#transport.pull({ clientId, cursor: emptyCursor })
    if (drainKey !== null) await this.#journal.keepKey(clientId, drainKey)
  }

  /** Hands over everything unsent without a session. Answers how many; throws when that is not possible now. */
  async drain(): Promise<number> {
    for (let drained = 0; ; ) {
      const { meta, batch } = await this.#journal.batch(MOST_MUTATIONS)
      if (batch.length === 0) return drained
      if (meta.drainKey === null) throw new NoKey('This device was never given a key to deliver with.')
      const { clientId, drainKey } = meta
      const sent = this.#clock.read(meta)
      const answer = await this.#transport.drain({ clientId, drainKey, sent, mutations: batch.map(({ sent }) => sent) })
      const { acked } = await this.#journal.acknowledge(clientId, [], answer.lastMid)
      if (acked <= meta.acked) throw new NoKey('The server did not take what was delivered.')
      drained += acked - meta.acked
    }
  }
}

/** What is kept here cannot be delivered without a sign-in. It can still be exported. */
export class NoKey extends Error {
  override name = 'NoKey'
}

/** The number the server asks for, told in the field's message. */
function expectedIn({ problem }: ApiProblem): number {
  const expected = Number(problem.errors?.find(({ code }) => code === 'sync.gap')?.message)
  return Number.isSafeInteger(expected) && expected > 0 ? expected : 1
}
