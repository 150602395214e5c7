import { openPool } from '../tenant.ts'

/** As opsflow_owner: nobody whom a request can reach may throw every device back to its beginning. */
export async function beginEpoch(ownerUrl: string): Promise<void> {
  const pool = openPool(ownerUrl, 1)
  try {
    await pool.query('select app.new_sync_epoch()')
  } finally {
    await pool.end()
  }
}
