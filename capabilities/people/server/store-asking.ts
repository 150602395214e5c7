import { types } from '@opsflow/platform/server/pg-types'
import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'

export type Ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[], name?: string) => Promise<Row[]>

/** One statement on a pool of opsflow_auth; with a name it is prepared. */
export const asking =
  (pool: pg.Pool): Ask =>
  (text, values, name) =>
    withClient(pool, async (client) => (await client.query({ text, values, types, ...(name && { name }) })).rows)
