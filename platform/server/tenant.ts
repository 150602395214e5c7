import pg from 'pg'
import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { FactType } from '../fact.ts'
import { Refusal } from '../refusal.ts'
import { Batch, type Statement } from './batch.ts'
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
}

export type Database = {
  write: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Several statements in one read-only transaction with one snapshot. */
  read: <T>(actor: Actor, work: (tx: ReadTx) => Promise<T>) => Promise<T>
  /** One statement in one round trip, read-only. */
  readOne: <Row>(actor: Actor, sql: string, params?: readonly unknown[]) => Promise<Row[]>
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
  clock?: () => number
  /** Called after a transaction that announced facts has committed: a hint for the relay. */
  onFacts?: () => void
}

const ENTER = `select set_config('app.context', $1, true)`
const ENTER_READ_ONLY = `select set_config('app.context', $1, true), set_config('transaction_read_only', 'on', true)`

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options.url, options.poolSize, options.onPoolError)
  const sign = contextSigner(options.contextKey, options.clock)
  const send = (client: pg.PoolClient, statements: readonly Statement[]) =>
    new Promise<unknown[][]>((resolve, reject) => {
      client.query(
        new Batch(statements, options.prepared, (error, results) => (error ? reject(error) : resolve(results))),
      )
    })

  const readBatch = async (actor: Actor, statements: readonly Statement[]) => {
    const results = await withClient(pool, (client) =>
      send(client, [{ sql: ENTER_READ_ONLY, params: [sign(actor)] }, ...statements]),
    )
    return results.slice(1)
  }

  const transaction = <T>(actor: Actor, opening: Statement[], work: (tx: Tx) => Promise<T>): Promise<T> =>
    withClient(pool, async (client) => {
      const announcements = new Announcements(actor)
      let unsent = opening
      let failure: unknown
      const query = async <Row>(sql: string, params?: readonly unknown[]) => {
        const before = unsent
        unsent = []
        try {
          const results = await send(client, [...before, { sql, params }])
          return results[before.length] as Row[]
        } catch (error) {
          failure ??= error
          throw error
        }
      }
      try {
        const result = await work({ actor, query, emit: async (type, fact) => announcements.add(type, fact) })
        // PostgreSQL turns COMMIT after a failed statement into ROLLBACK without a word, so a swallowed error is raised.
        if (failure !== undefined) throw failure
        const last = announcements.statements()
        if (unsent.length === 0 || last.length > 0) await send(client, [...unsent, ...last, { sql: 'commit' }])
        if (last.length > 0) options.onFacts?.()
        return result
      } catch (error) {
        if (unsent.length === 0) await client.query('rollback').catch(() => undefined)
        throw error
      }
    })

  return {
    write: (actor, work) =>
      retrying(() => transaction(actor, [{ sql: 'begin' }, { sql: ENTER, params: [sign(actor)] }], work)),
    read: (actor, work) =>
      transaction(
        actor,
        [{ sql: 'begin isolation level repeatable read read only' }, { sql: ENTER, params: [sign(actor)] }],
        work,
      ),
    readOne: async <Row>(actor: Actor, sql: string, params?: readonly unknown[]) =>
      (await readBatch(actor, [{ sql, params }]))[0] as Row[],
    readBatch,
    ping: async () => void (await pool.query('select 1')),
    pool: { total: () => pool.totalCount, idle: () => pool.idleCount, waiting: () => pool.waitingCount },
    close: () => pool.end(),
  }
}

/** A pool that survives a killed backend. Identity and the relay open theirs here too, each with its own role. */
export function openPool(url: string, max: number, onError: (error: Error) => void = () => undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 })
  pool.on('error', onError)
  // A client that is checked out when its backend dies emits on itself; unheard, it would end the process.
  pool.on('connect', (client) => void client.on('error', onError))
  return pool
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: Error) => {
    throw new Refusal('unavailable', 'database.unavailable', {
      detail: 'The database cannot be reached just now. Nothing was stored; try again in a moment.',
      retryAfterSeconds: 2,
    }).withCause(error)
  })
  let lost: Error | undefined
  try {
    return await work(client)
  } catch (error) {
    lost = isConnectionLoss(error) ? (error as Error) : undefined
    if (!lost) throw error
    throw new Refusal('unavailable', 'database.connection_lost', {
      detail: 'The connection to the database was lost. Repeat the request with the same Idempotency-Key.',
      retryAfterSeconds: 2,
    }).withCause(error)
  } finally {
    client.release(lost)
  }
}

const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? ''

const isConnectionLoss = (error: unknown) =>
  error instanceof Error &&
  !(error instanceof Refusal) &&
  (/^(08|57P0)/.test(codeOf(error)) ||
    ['ECONNRESET', 'EPIPE', 'ECONNREFUSED'].includes(codeOf(error)) ||
    error.message.startsWith('Connection terminated'))

/** Serialization failure and deadlock: the transaction left no trace, so it may simply run again. */
async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= 4 || !['40001', '40P01'].includes(codeOf(error))) throw error
    }
  }
}

/** Facts wait here until the work is done, then take their scopes' next versions in one statement, just before COMMIT. */
class Announcements {
  readonly #actor: Actor
  readonly #facts: { scope: string; name: string; event: string; room: string; body: unknown }[] = []

  constructor(actor: Actor) {
    this.#actor = actor
  }

  add<S extends z.ZodType>(type: FactType<S>, fact: z.output<S>) {
    const body = type.schema.parse(fact) as z.output<S>
    this.#facts.push({ scope: type.scope(body), name: type.name, event: type.event, room: type.room(body), body })
  }

  statements(): Statement[] {
    if (this.#facts.length === 0) return []
    return [{ sql: ANNOUNCE, params: [JSON.stringify(this.#facts), this.#actor.organizationId] }]
  }
}

// The scope's row stays locked until COMMIT: versions become visible in order, without gaps. Scopes are locked in the
// order of their ids, so two writers cannot wait for each other.
const ANNOUNCE = `
  with fact as (
    select (f.value ->> 'scope')::uuid as scope_id, f.value as fact, f.ordinality as n
      from jsonb_array_elements($1::jsonb) with ordinality f),
  next as (
    insert into scopes as s (id, version)
    select scope_id, count(*) from fact group by scope_id order by scope_id
    on conflict (tenant_id, id) do update set version = s.version + excluded.version
    returning id, version)
  insert into facts (organization_id, scope_id, version, name, event, room, body)
  select $2, f.scope_id,
         next.version - count(*) over (partition by f.scope_id) + row_number() over (partition by f.scope_id order by f.n),
         f.fact ->> 'name', f.fact ->> 'event', f.fact ->> 'room', f.fact -> 'body'
    from fact f join next on next.id = f.scope_id`
