import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { FactType } from '../fact.ts'
import { Refusal } from '../refusal.ts'
import { Announcements } from './announcements.ts'
import { Batch, isStalePlan, type Statement } from './batch.ts'
import { contextSigner } from './context.ts'

/** A transaction of one tenant that may read. */
export type ReadTx = {
  actor: Actor
  query: <Row>(sql: string, params?: readonly unknown[]) => Promise<Row[]>
}

/** A transaction of one tenant that may write and announce. The only way to change the database. */
export type Tx = ReadTx & {
  /** Announces a fact in the same transaction as the rows it describes, with the next version of its scope. */
  emit: <S extends z.ZodType>(type: FactType<S>, fact: z.output<S>) => Promise<void>
  /**
   * A part that can fail by itself: what it wrote and announced is undone, its error is thrown, and the transaction
   * goes on. Where PostgreSQL wants the whole transaction again (a deadlock), or is gone, nothing goes on.
   */
  savepoint: <T>(work: () => Promise<T>) => Promise<T>
  /** In the same transaction, as someone else of the same organization: rows and grants are theirs until it returns. */
  as: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
}

export type Database = {
  write: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Several statements in one read-only transaction with one snapshot. */
  read: <T>(actor: Actor, work: (tx: ReadTx) => Promise<T>) => Promise<T>
  /** One statement in one round trip, read-only. */
  readOne: <Row>(actor: Actor, asked: string | Statement, params?: readonly unknown[]) => Promise<Row[]>
  /** Several statements in one round trip, read-only: a whole dashboard at once. */
  readBatch: (actor: Actor, statements: readonly Statement[]) => Promise<unknown[][]>
  /** Answers when the database answers. */
  ping: () => Promise<void>
  pool: { total: () => number; idle: () => number; waiting: () => number }
  close: () => Promise<void>
}

export type DatabaseOptions = {
  url: string
  contextKey: Buffer
  poolSize: number
  /** Off behind a PgBouncer older than 1.21, which does not know prepared statements. */
  prepared: boolean
  onPoolError?: (error: Error) => void
  /** A statement on which nothing comes back for so long is given up, with its connection. Undefined: it is waited for. */
  answerWithinMs?: number
  clock?: () => number
  /** Called after a transaction that announced facts has committed: a hint for the relay. */
  onFacts?: () => void
}

// A WHERE that is never true: the setting is made, no row travels back.
const ENTER = `select where set_config('app.context', $1, true) is null or set_config('app.seal', $2, true) is null or set_config('app.said', $3, true) is null`
const ENTER_READ_ONLY = `${ENTER} or set_config('transaction_read_only', 'on', true) is null`
const BEGIN: Statement = { sql: 'begin', rowless: true }
const BEGIN_READ_ONLY: Statement = { sql: 'begin isolation level repeatable read read only', rowless: true }
const COMMIT: Statement = { sql: 'commit', rowless: true }

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options.url, options.poolSize, options.onPoolError, options.answerWithinMs)
  const sign = contextSigner(options.contextKey, options.clock)
  const enter = (sql: string, actor: Actor): Statement => {
    const { context, seal } = sign(actor)
    return { sql, params: [context, seal, actor.doing ?? ''], rowless: true }
  }
  const sendOn =
    (client: pg.PoolClient): Send =>
    (statements) => {
      let answer: (error: Error | null, results: unknown[][]) => void = () => undefined
      const batch = new Batch(statements, options.prepared, (error, results) => answer(error, results))
      return new Promise((resolve, reject) => {
        answer = (error, results) => (error ? reject(error) : resolve(results))
        client.query(batch)
      })
    }

  const readBatch = (actor: Actor, statements: readonly Statement[]) =>
    retrying(async () => {
      const results = await withClient(pool, (client) => sendOn(client)([enter(ENTER_READ_ONLY, actor), ...statements]))
      return results.slice(1)
    })

  const transaction = <T>(actor: Actor, begin: Statement, work: (tx: Tx) => Promise<T>) =>
    retrying(() =>
      withClient(pool, async (client) => {
        const announcements = new Announcements(actor)
        const open = new OpenTransaction(sendOn(client), [begin, enter(ENTER, actor)])
        const txOf = (acting: Actor): Tx => ({
          actor: acting,
          query: (sql, params) => open.query(sql, params),
          emit: async (type, fact) => announcements.add(type, fact),
          savepoint: (part) => announcements.undoneWith(() => open.savepoint(part)),
          async as(other, part) {
            if (other.tenantId !== actor.tenantId || other.organizationId !== actor.organizationId) {
              throw new Error('A transaction stays in its organization.')
            }
            open.next(enter(ENTER, other))
            try {
              return await part(txOf(other))
            } finally {
              open.next(enter(ENTER, acting))
            }
          },
        })
        try {
          const result = await work(txOf(actor))
          const last = announcements.statements()
          await open.commit(last)
          if (last.length > 0) options.onFacts?.()
          return result
        } catch (error) {
          await open.rollback()
          throw error
        }
      }),
    )

  return {
    write: (actor, work) => transaction(actor, BEGIN, work),
    read: (actor, work) => transaction(actor, BEGIN_READ_ONLY, work),
    readOne: async <Row>(actor: Actor, asked: string | Statement, params?: readonly unknown[]) =>
      (await readBatch(actor, [typeof asked === 'string' ? { sql: asked, params } : asked]))[0] as Row[],
    readBatch,
    ping: async () => void (await pool.query('select 1')),
    pool: { total: () => pool.totalCount, idle: () => pool.idleCount, waiting: () => pool.waitingCount },
    close: () => pool.end(),
  }
}

/**
 * A pool that survives a killed backend, and one that falls silent. Identity and the relay open theirs here too, each with
 * its own role.
 */
export function openPool(
  url: string,
  max: number,
  onError: (error: Error) => void = () => undefined,
  answerWithinMs?: number,
): pg.Pool {
  const pool = new pg.Pool({
    ...{ connectionString: url, max, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
  })
  pool.on('error', onError)
  pool.on('connect', (client) => {
    // A client that is checked out when its backend dies emits on itself; unheard, it would end the process.
    client.on('error', onError)
    if (answerWithinMs !== undefined) giveUpOnSilence(client, answerWithinMs)
  })
  return pool
}

/**
 * A network that swallows everything tells nobody: without a limit a request, and the connection it holds, would wait for
 * ever. What is cut is told as a lost connection, for its outcome is unknown.
 */
function giveUpOnSilence(client: pg.PoolClient, ms: number) {
  const { connection } = client as unknown as { connection: { stream: Socket } }
  const isAsking = () => (client as unknown as { _activeQuery: unknown })._activeQuery !== null
  connection.stream.setTimeout(ms, () => {
    const silent = new Error(`The database said nothing for ${ms / 1000} s.`)
    if (isAsking()) connection.stream.destroy(Object.assign(silent, { code: 'ETIMEDOUT' }))
  })
}

/** Throws at once, with nothing sent, for a value that cannot be sent. */
type Send = (statements: readonly Statement[]) => Promise<unknown[][]>

/** BEGIN, the context and savepoints travel with the statement after them; facts travel with COMMIT. */
class OpenTransaction {
  readonly #send: Send
  #before: Statement[]
  #hasBegun = false
  #savepoints = 0
  #failure: { cause: unknown } | undefined
  #ended = false

  constructor(send: Send, opening: readonly Statement[]) {
    this.#send = send
    this.#before = [...opening]
  }

  async query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]> {
    // The connection may by now serve another tenant: a forgotten await must not speak there.
    if (this.#ended) throw new Error('This transaction has ended. Await every query inside its work.')
    this.#throwFailure()
    try {
      const results = await this.#sendWithWhatWaits([{ sql, params }])
      return results.at(-1) as Row[]
    } catch (cause) {
      this.#failure ??= { cause }
      throw cause
    }
  }

  /** Goes along with the next statement. */
  next(statement: Statement) {
    this.#before.push(statement)
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    this.#throwFailure()
    const name = `s${++this.#savepoints}`
    const opening: Statement = { sql: `savepoint ${name}`, rowless: true }
    this.next(opening)
    try {
      const result = await work()
      this.#throwFailure() // forgiven by the work, but not by PostgreSQL
      if (!this.#recall(opening)) this.next({ sql: `release savepoint ${name}`, rowless: true })
      return result
    } catch (error) {
      if (this.#recall(opening)) this.#failure = undefined
      else if (!this.#endsWithAll()) await this.#undo(name)
      throw error
    } finally {
      this.#savepoints--
    }
  }

  async commit(last: readonly Statement[]) {
    this.#throwFailure() // caught by the work, but nothing it did would be stored
    this.#ended = true
    if (this.#hasBegun || last.length > 0) await this.#sendWithWhatWaits([...last, COMMIT])
  }

  async rollback() {
    this.#ended = true
    // A connection that cannot roll back is not idle, and withClient gives it up.
    if (this.#hasBegun) await this.#send([{ sql: 'rollback', rowless: true }]).catch(() => undefined)
  }

  /** After a failure PostgreSQL refuses everything; the first failure tells why. */
  #throwFailure() {
    if (this.#failure) throw this.#failure.cause
  }

  /** Not a matter of one savepoint: the transaction has to run again, or its connection is lost. */
  #endsWithAll() {
    const cause = this.#failure?.cause
    return cause !== undefined && (hasGivenWay(cause) || isConnectionLoss(cause))
  }

  #sendWithWhatWaits(statements: readonly Statement[]): Promise<unknown[][]> {
    const sent = this.#send([...this.#before, ...statements])
    this.#before = []
    this.#hasBegun = true
    return sent
  }

  /** True when the statement was not sent yet: what waits from it on is forgotten, as nothing came of it. */
  #recall(statement: Statement): boolean {
    const at = this.#before.indexOf(statement)
    if (at < 0) return false
    this.#before.length = at
    return true
  }

  /** Whatever waits to be sent belongs to what is undone. */
  async #undo(name: string) {
    this.#before = []
    try {
      await this.#send([
        { sql: `rollback to savepoint ${name}`, rowless: true },
        { sql: `release savepoint ${name}`, rowless: true },
      ])
      this.#failure = undefined
    } catch (cause) {
      this.#failure ??= { cause }
      throw cause
    }
  }
}

/** A connection for as long as the work lasts; a lost database is told as such. */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: Error) => {
    throw new Refusal('unavailable', 'database.unavailable', {
      detail: 'The database cannot be reached just now. Nothing was stored; try again in a moment.',
      retryAfterSeconds: 2,
    }).withCause(error)
  })
  try {
    return await work(client)
  } catch (error) {
    if (!isConnectionLoss(error)) throw error
    throw new Refusal('unavailable', 'database.connection_lost', {
      detail: 'The connection to the database was lost. Repeat the request with the same Idempotency-Key.',
      retryAfterSeconds: 2,
    }).withCause(error)
  } finally {
    client.release(!isIdle(client))
  }
}

/** Only a connection outside any transaction goes back to the pool, to the next tenant. */
const isIdle = (client: pg.PoolClient) =>
  (client as unknown as { getTransactionStatus(): string | null }).getTransactionStatus() === 'I'

const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? ''

const isConnectionLoss = (error: unknown) =>
  error instanceof Error &&
  !(error instanceof Refusal) &&
  ((error as { severity?: string }).severity === 'FATAL' ||
    /^(08...|ECONNRESET|EPIPE|ECONNREFUSED|ETIMEDOUT)$/.test(codeOf(error)) ||
    /^Connection terminated|is not queryable$/.test(error.message))

/** To another transaction: a serialization failure, a deadlock. */
const hasGivenWay = (error: unknown) => ['40001', '40P01'].includes(codeOf(error))

/** A transaction that left no trace may simply run again: serialization failure, deadlock, a plan that a migration made stale. */
async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= 4 || !(hasGivenWay(error) || isStalePlan(error as Error))) throw error
      // Whoever comes back at once takes the row before the one it gave way to has woken, and both wait again.
      if (hasGivenWay(error)) await pause(10 * 2 ** tries * (0.5 + Math.random()))
    }
  }
}
