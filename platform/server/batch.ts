import type pg from 'pg'
import Result from 'pg/lib/result'
import { prepareValue } from 'pg/lib/utils'
import { types } from './pg-types.ts'

export type Statement = { sql: string; params?: readonly unknown[] | undefined }

/** The wire-level calls a batch makes; node-postgres has them on its Connection. */
type Wire = {
  stream: { cork(): void; uncork(): void }
  parse(message: { name: string; text: string; types: number[] }): void
  bind(message: { portal: string; statement: string; values: unknown[]; binary: boolean }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
  sync(): void
  sendCopyFail(reason: string): void
}

/**
 * Several prepared statements under one Sync: one network round trip and, outside BEGIN, one implicit transaction.
 * That is how the signed context and the first statement travel together (blueprint 5, access pattern).
 * It is a Submittable of node-postgres: hand it to `client.query`.
 */
export class Batch implements pg.Submittable {
  readonly #statements: { sql: string; values: unknown[] }[]
  readonly #named: boolean
  readonly #done: (error: Error | null, results: unknown[][]) => void
  readonly #results: unknown[][] = []
  #result = new Result(undefined, types)
  #prepared: Prepared | undefined
  #broken: Error | undefined

  /** Values are prepared here, before anything is sent: a bad one must not leave half a batch behind. */
  constructor(
    statements: readonly Statement[],
    named: boolean,
    done: (error: Error | null, results: unknown[][]) => void,
  ) {
    this.#statements = statements.map(({ sql, params = [] }) => ({ sql, values: params.map(prepareValue) }))
    this.#named = named
    this.#done = done
  }

  submit(connection: pg.Connection) {
    const wire = connection as unknown as Wire
    this.#prepared = this.#named ? preparedOn(connection) : undefined
    wire.stream.cork()
    for (const { sql, values } of this.#statements) {
      const { name, isNew } = this.#prepared?.take(sql) ?? { name: '', isNew: true }
      if (isNew) wire.parse({ name, text: sql, types: [] })
      wire.bind({ portal: '', statement: name, values, binary: false })
      wire.describe({ type: 'P', name: '' })
      wire.execute({ portal: '' })
    }
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription(message: { fields: unknown[] }) {
    this.#result.addFields(message.fields)
  }

  handleDataRow(message: { fields: (string | null)[] }) {
    if (this.#broken) return
    try {
      this.#result.addRow(this.#result.parseRow(message.fields))
    } catch (error) {
      this.#broken = error as Error
    }
  }

  handleCommandComplete() {
    this.#results.push(this.#result.rows)
    this.#result = new Result(undefined, types)
  }

  handleEmptyQuery() {
    this.handleCommandComplete()
  }

  handleError(error: Error) {
    this.#prepared?.drop()
    this.#done(error, [])
  }

  handleReadyForQuery() {
    this.#prepared?.keep()
    if (this.#broken) this.#done(this.#broken, [])
    else this.#done(null, this.#results)
  }

  handleCopyInResponse(connection: Wire) {
    connection.sendCopyFail('COPY is not used here')
  }
}

/** What a connection has prepared. A statement counts once the batch that parsed it came through whole. */
class Prepared {
  readonly #kept = new Map<string, string>()
  readonly #pending = new Map<string, string>()
  #names = 0

  take(sql: string): { name: string; isNew: boolean } {
    const known = this.#kept.get(sql) ?? this.#pending.get(sql)
    if (known) return { name: known, isNew: false }
    // A fresh name for every attempt: after a failure nobody knows whether the server kept the old one.
    const name = `opsflow_${++this.#names}`
    this.#pending.set(sql, name)
    return { name, isNew: true }
  }

  keep() {
    for (const [sql, name] of this.#pending) this.#kept.set(sql, name)
    this.#pending.clear()
  }

  drop() {
    this.#pending.clear()
  }
}

const preparedByConnection = new WeakMap<object, Prepared>()

function preparedOn(connection: object): Prepared {
  const known = preparedByConnection.get(connection)
  if (known) return known
  const prepared = new Prepared()
  preparedByConnection.set(connection, prepared)
  return prepared
}
