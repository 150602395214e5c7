import type pg from 'pg'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

export type WaitingFact = {
  tenant_id: string
  id: string
  organization_id: string
  scope_id: string
  version: number
  name: string
  event: string
  room: string
  body: unknown
}

export type Relay = {
  /** A hint that something was committed; without it the relay looks by itself a few times a second. */
  wake: () => void
  stop: () => Promise<void>
}

const BATCH = 500
const IDLE_MS = 200
const KEPT_HOURS = 24

/**
 * Carries committed facts to whoever delivers them. It knows no capability: a fact named its room when it was defined.
 * One relay drains at a time (advisory lock), so a scope's facts leave in the order of their versions; a crash between
 * delivery and COMMIT delivers again, which receivers recognise by the version.
 */
export function startRelay(parts: {
  pool: pg.Pool
  deliver: (fact: WaitingFact) => void
  log: Log
  metrics: Metrics
}): Relay {
  let stopping = false
  let wakeUp: () => void = () => undefined
  let hinted = false
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
      if (hinted || stopping) wakeUp()
    })

  const run = async () => {
    let cleanedAt = 0
    while (!stopping) {
      hinted = false
      try {
        while ((await drain(parts)) === BATCH && !stopping);
        if (Date.now() - cleanedAt > 3_600_000) {
          cleanedAt = Date.now()
          await parts.pool.query(`delete from facts where relayed_at < now() - make_interval(hours => $1)`, [
            KEPT_HOURS,
          ])
        }
      } catch (err) {
        parts.log.warn({ err }, 'relay: facts wait until the database answers')
      }
      await idle()
    }
  }
  const running = run()

  return {
    wake() {
      hinted = true
      wakeUp()
    },
    async stop() {
      stopping = true
      wakeUp()
      await running
    },
  }
}

async function drain({ pool, deliver, metrics }: Parameters<typeof startRelay>[0]): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<WaitingFact>(WAITING, [BATCH])
    for (const fact of rows.sort(byScopeAndVersion)) deliver(fact)
    if (rows.length > 0) {
      await client.query(
        `update facts f set relayed_at = now() from unnest($1::uuid[], $2::uuid[]) as done (tenant_id, id)
          where f.tenant_id = done.tenant_id and f.id = done.id`,
        [rows.map((fact) => fact.tenant_id), rows.map((fact) => fact.id)],
      )
    }
    await client.query('commit')
    metrics.factsRelayed.inc(rows.length)
    return rows.length
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const WAITING = `
  select tenant_id, id, organization_id, scope_id, version::float8 as version, name, event, room, body
    from facts
   where relayed_at is null and (select pg_try_advisory_xact_lock(hashtext('opsflow.relay'), 0))
   order by id limit $1`

const byScopeAndVersion = (a: WaitingFact, b: WaitingFact) =>
  a.scope_id === b.scope_id ? a.version - b.version : a.scope_id < b.scope_id ? -1 : 1
