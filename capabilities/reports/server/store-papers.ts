import { withClient } from '@opsflow/platform/server/tenant'
import type { Paper } from '../paper.ts'
import type { Pool } from './store-links.ts'

/** Asked as opsflow_auth, before any tenant is known. Undefined: no such paper, or its customer is suspended. */
export async function paperOf(pool: Pool, codeHash: Buffer): Promise<Paper | undefined> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Omit<Paper, 'madeAt'> & { madeAt: Date }>(
      `select p.kind, p.title, o.name as organization, l.name as location, to_char(p.first_day, 'YYYY-MM-DD') as "from",
              to_char(p.last_day, 'YYYY-MM-DD') as "to", p.given_to as "givenTo", p.made_at as "madeAt",
              encode(p.sha256, 'hex') as sha256, p.size
         from papers p
         join locations l on l.tenant_id = p.tenant_id and l.id = p.location_id
         join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
         join tenants t on t.tenant_id = p.tenant_id and t.status = 'active'
        where p.code_hash = $1`,
      [codeHash],
    ),
  )
  const [paper] = rows
  return paper && { ...paper, madeAt: paper.madeAt.toISOString() }
}
