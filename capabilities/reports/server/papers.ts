import { notFound } from '@opsflow/platform/refusal'
import { withClient } from '@opsflow/platform/server/tenant'
import type { Paper } from '../paper.ts'
import type { ReportParts } from './parts.ts'

type From = { ip: string; setHeader: (name: string, value: string) => unknown }

/** What is kept of the paper that someone holds. An unknown code and one of a suspended customer are answered alike. */
export async function paperBehind(
  { pool, rateLimiter, digest }: ReportParts,
  code: string,
  from: From,
): Promise<Paper> {
  await rateLimiter.link(from, from.ip)
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
      [digest(code)],
    ),
  )
  const paper = rows[0] ?? notFound()
  return { ...paper, madeAt: paper.madeAt.toISOString() }
}
