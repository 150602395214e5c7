import { CannotStart } from '../cannot-start.ts'
import { asOwner } from './store-keys.ts'

export type Forgetting = { logId: string; source: string; rows: readonly string[]; why: string }

/** Forgets what rows' digests were made with, in every change of theirs. What it answers: in how many. */
export async function forgetRows(
  ownerUrl: string,
  { logId, source, rows, why }: Forgetting,
): Promise<{ row: string; lines: number }[]> {
  const forgotten: { row: string; lines: number }[] = []
  for (const row of rows) {
    let lines = 0
    // Again: a change that was under way when it was forgotten took the nonce with it.
    for (let more = -1; more !== 0; lines += more) {
      more = await asOwner(ownerUrl, async (owner) => {
        const { rows: found } = await owner.query<{ lines: number | null }>(
          'select app.ledger_forget($1, $2, $3, $4)::int as lines',
          [logId, source, row, why],
        )
        return found[0]?.lines ?? 0
      })
    }
    forgotten.push({ row, lines })
  }
  return forgotten
}

/** A month of readings, removed for good; each log says which rows went. @param month `2024-01`. What it answers: how many rows. */
export async function retireReadings(ownerUrl: string, month: string, why: string): Promise<number> {
  try {
    return await asOwner(ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ removed: number }>('select app.retire_readings($1, $2)::float8 as removed', [
        ...[`${month}-01`, why],
      ])
      return rows[0]?.removed ?? 0
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    throw new CannotStart(`Corrective actions stand on readings of ${month}: the month stays. Nothing was changed.`)
  }
}
