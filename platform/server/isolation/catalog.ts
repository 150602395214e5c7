import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { manifest } from '../../../db/manifest.ts'

const CATALOG = readFileSync(new URL('./catalog.sql', import.meta.url), 'utf8')

export type TenancyMistake = { rule: string; object: string }

/** Every way in which the database, as it stands, would let one tenant learn of another. None is the right answer. */
export async function tenancyMistakes(
  client: pg.Client,
  tables: Record<string, string> = manifest,
): Promise<TenancyMistake[]> {
  const { rows: before } = await client.query<{ path: string }>(`select current_setting('search_path') as path`)
  await client.query('set search_path = pg_catalog')
  try {
    return (await client.query<TenancyMistake>(CATALOG, [JSON.stringify(tables)])).rows
  } finally {
    await client.query(`select set_config('search_path', $1, false)`, [before[0]?.path])
  }
}
