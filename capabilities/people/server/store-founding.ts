import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'

const FOUNDING = 20_180_215_001 // one number for this lock; advisory locks have no names

/** Does the work while no tenant exists and nobody else is at it; otherwise false. */
export function whileEmpty(pool: pg.Pool, work: () => Promise<void>): Promise<boolean> {
  return withClient(pool, async (client) => {
    await client.query('begin')
    try {
      // Tries instead of waiting, for those who wait would fill the pool. Two statements, so that the second one's
      // snapshot is taken with the lock in hand.
      const lock = await client.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1::bigint) as locked', [
        FOUNDING,
      ])
      if (!lock.rows[0]?.locked) return false
      const known = await client.query('select from tenants limit 1')
      if (known.rowCount) return false
      await work()
      return true
    } finally {
      await client.query('rollback')
    }
  })
}
