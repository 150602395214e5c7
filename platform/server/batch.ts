import type pg from 'pg'
import { prepareValue } from 'pg/lib/utils'
import { types } from './pg-types.ts'

export type Statement = {
  sql: string
  params?: readonly unknown[] | undefined
  /** Its rows are of no interest: the server is not asked what they look like. */
  rowless?: true
}

/** The wire-level calls a batch makes; node-postgres has them on its Connection. */
type Wire = {
  stream: { cork(): void; uncork(): void }
  on(event: 'parseComplete', listener: () => void): void
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
  readonly #statements: { sql: string; values: unknown[]; rowless: boolean }[]
  readonly #named: boolean
  readonly #done: (error: Error | null, results: unknown[][]) => void
  readonly #results: unknown[][] = []
  #rows: unknown[] = []
  #columns: Columns | undefined
  #prepared: Prepared | undefined
  #broken: Error | undefined

  /** Values are prepared here, before anything is sent: a bad one must not leave half a batch behind. */
  constructor(
    statements: readonly Statement[],
    named: boolean,
    done: (error: Error | null, results: unknown[][]) => void,
  ) {
    this.#statements = statements.map(({ sql, params = [], rowless = false }) => {
      if (params.length > MAX_PARAMETERS) throw new RangeError(`${params.length} parameters; send arrays instead`)
      return { sql, values: params.map(prepareValue), rowless }
    })
    this.#named = named
    this.#done = done
  }

  submit(connection: pg.Connection) {
    const wire = connection as unknown as Wire
    this.#prepared = this.#named ? preparedOn(wire) : undefined
    wire.stream.cork()
    for (const { sql, values, rowless } of this.#statements) {
      const { name, isNew } = this.#prepared?.take(sql) ?? { name: '', isNew: true }
      if (isNew) wire.parse({ name, text: sql, types: [] })
      wire.bind({ portal: '', statement: name, values, binary: false })
      if (!rowless && !this.#prepared?.columnsOf(sql)) wire.describe({ type: 'P', name: '' })
      wire.execute({ portal: '' })
    }
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription({ fields }: { fields: Field[] }) {
    this.#columns = new Columns(fields)
    const statement = this.#statements[this.#results.length]
    if (statement) this.#prepared?.describe(statement.sql, this.#columns)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    const statement = this.#statements[this.#results.length]
    if (this.#broken || !statement || statement.rowless) return
    this.#columns ??= this.#prepared?.columnsOf(statement.sql)
    try {
      this.#rows.push(this.#columns?.read(fields))
    } catch (error) {
      if (error instanceof ColumnsChanged) this.#prepared?.forget()
      this.#broken = error as Error
    }
  }

  handleCommandComplete(message?: { text: string }) {
    // COMMIT of a transaction in which a statement failed answers ROLLBACK, without an error.
    if (message?.text === 'ROLLBACK' && this.#statements[this.#results.length]?.sql === 'commit') {
      this.#broken = new Error('Nothing was stored: a statement of this transaction had failed.')
    }
    this.#results.push(this.#rows)
    this.#rows = []
    this.#columns = undefined
  }

  handleEmptyQuery() {
    this.handleCommandComplete()
  }

  handleError(error: Error) {
    this.#prepared?.endBatch()
    if (isStalePlan(error)) this.#prepared?.forget()
    this.#done(error, [])
  }

  handleReadyForQuery() {
    this.#prepared?.endBatch()
    if (this.#broken) this.#done(this.#broken, [])
    else this.#done(null, this.#results)
  }

  // COPY is not used here; were it to come in with an injected statement, it must not end the process.
  handleCopyInResponse(connection: Wire) {
    connection.sendCopyFail('COPY is not used here')
  }

  handleCopyData() {}
}

type Field = { name: string; dataTypeID: number }

/** How the rows of a statement are read. */
class Columns {
  readonly #names: string[]
  readonly #parsers: ((text: string) => unknown)[]

  constructor(fields: readonly Field[]) {
    this.#names = fields.map(({ name }) => name)
    this.#parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID))
  }

  read(values: readonly (string | null)[]): Record<string, unknown> {
    if (values.length !== this.#names.length) throw new ColumnsChanged()
    const row: Record<string, unknown> = {}
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as string | null
      row[this.#names[i] as string] = value === null ? null : this.#parsers[i]?.(value)
    }
    return row
  }
}

/** A pooler prepared a statement anew after a migration, without a word. It is asked again, and described. */
class ColumnsChanged extends Error {
  readonly code = STALE.code
  readonly routine = STALE.routine
}

/** The wire counts parameters in 16 bits. */
const MAX_PARAMETERS = 65_535

/**
 * What a connection has prepared: exactly what the server said it parsed. A statement that was parsed stays prepared
 * even when its batch failed; one that came after the failure was never parsed.
 */
class Prepared {
  readonly #names = new Map<string, string>()
  readonly #inFlight = new Map<string, string>()
  /** What rows look like, told once: the server need not say it again, nor we read it. */
  readonly #columns = new Map<string, Columns>()
  #count = 0

  take(sql: string): { name: string; isNew: boolean } {
    const known = this.#names.get(sql) ?? this.#inFlight.get(sql)
    if (known) return { name: known, isNew: false }
    const name = `opsflow_${++this.#count}`
    this.#inFlight.set(sql, name)
    return { name, isNew: true }
  }

  /** The server answers in the order it was asked. */
  parsed() {
    for (const [sql, name] of this.#inFlight) {
      this.#names.set(sql, name)
      this.#inFlight.delete(sql)
      return
    }
  }

  endBatch() {
    this.#inFlight.clear()
  }

  columnsOf(sql: string): Columns | undefined {
    return this.#columns.get(sql)
  }

  describe(sql: string, columns: Columns) {
    this.#columns.set(sql, columns)
  }

  forget() {
    this.#names.clear()
    this.#columns.clear()
  }
}

const preparedByConnection = new WeakMap<Wire, Prepared>()

function preparedOn(wire: Wire): Prepared {
  const known = preparedByConnection.get(wire)
  if (known) return known
  const prepared = new Prepared()
  wire.on('parseComplete', () => prepared.parsed())
  preparedByConnection.set(wire, prepared)
  return prepared
}

/** A migration changed what a prepared statement returns (0A000), or a pooler dropped it (26000): prepare anew. */
export const isStalePlan = (error: Error) => {
  const { code, routine } = error as { code?: string; routine?: string }
  return code === '26000' || (code === STALE.code && routine === STALE.routine)
}

const STALE = { code: '0A000', routine: 'RevalidateCachedQuery' }
