import type pg from 'pg'
import { withClient } from '../tenant.ts'
import type { Drained } from './drain.ts'

/** Whose client a drain key is, before a tenant is known: asked as opsflow_auth. */
export const drainedClients = (pool: pg.Pool) => async (keyHash: Buffer) => {
  const { rows } = await withClient(pool, (client) => client.query<Drained>(CLIENT_BY_KEY, [keyHash]))
  return rows[0]
}

const CLIENT_BY_KEY = `
  select id as "clientId", tenant_id as "tenantId", organization_id as "organizationId", member_id as "memberId",
         kiosk_id as "kioskId"
    from sync_clients where drain_key_hash = $1`
