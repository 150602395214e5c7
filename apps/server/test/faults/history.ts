/** What a client knows of what it asked for: taken, refused, or it never heard. */
export type Outcome = 'ok' | 'fail' | 'unknown'

/** One write. Its marker is its own: by it the write is found again wherever it went. */
export type Operation = {
  client: string
  /** The mark of the customer whose client it is. */
  mark: string
  marker: string
  /** What it belongs to, where the order of writes is to be seen. */
  record?: string | undefined
  invokedAt: number
  endedAt?: number
  outcome: Outcome
  /** It was not heard of at least once. */
  wasUnknown: boolean
  /** Asks for it again, with its key: how an unknown one is settled. */
  again?: (() => Promise<void>) | undefined
}

/** Something of another customer in what a client was told. */
export type Sighting = { client: string; where: string; what: string }

/** A customer as clients of others must never see it. */
export type Secrets = { mark: string; ids: readonly string[] }

/** What all clients together asked for and were told, each line as it happened. */
export class History {
  readonly operations: Operation[] = []
  readonly sightings: Sighting[] = []
  /** Answers that no fault excuses: a 500, a contract that does not hold. */
  readonly bugs: string[] = []
  looked = 0
  readonly #customers: readonly Secrets[]

  constructor(customers: readonly Secrets[]) {
    this.#customers = customers
  }

  invoke(of: Pick<Operation, 'client' | 'mark' | 'marker' | 'record' | 'again'>): Operation {
    const operation: Operation = { ...of, invokedAt: performance.now(), outcome: 'unknown', wasUnknown: false }
    this.operations.push(operation)
    return operation
  }

  end(operation: Operation, outcome: Outcome) {
    operation.outcome = outcome
    if (outcome === 'unknown') operation.wasUnknown = true
    else operation.endedAt = performance.now()
  }

  /** Every text a client is sent comes by here: nothing of anyone else may be in it. */
  look(client: string, mark: string, where: string, text: string) {
    this.looked++
    for (const other of this.#customers) {
      if (other.mark === mark) continue
      const what = [other.mark, ...other.ids].find((secret) => text.includes(secret))
      if (what !== undefined) this.sightings.push({ client, where, what })
    }
  }

  /** How many were acknowledged of those that were asked for after this moment, of each client. */
  acknowledgedSince(since: number): Map<string, number> {
    const taken = new Map<string, number>()
    for (const { client, invokedAt, outcome, endedAt } of this.operations) {
      if (outcome === 'ok' && endedAt && invokedAt > since) {
        taken.set(client, Math.min(taken.get(client) ?? Number.POSITIVE_INFINITY, endedAt))
      }
    }
    return taken
  }

  get acknowledged() {
    return this.operations.reduce((sum, { outcome }) => sum + (outcome === 'ok' ? 1 : 0), 0)
  }
}
