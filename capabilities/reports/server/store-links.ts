import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { withClient } from '@opsflow/platform/server/tenant'
import type { InspectorLink, InspectorVisit } from '../link.ts'
import type { PackLanguage } from '../pack.ts'

const LINKS = `
  select k.id, k.location_id as "locationId", to_char(k.first_day, 'YYYY-MM-DD') as "from", to_char(k.last_day, 'YYYY-MM-DD') as "to",
         k.language, k.given_to as "givenTo", k.photos, k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
         case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "createdBy",
         v.visits, v."lastVisitAt"
    from inspector_links k
    left join members m on m.tenant_id = k.tenant_id and m.id = k.created_by
    cross join lateral (select count(*)::int as visits, max(visited_at) as "lastVisitAt" from inspector_visits v
                         where v.tenant_id = k.tenant_id and v.link_id = k.id) v
   where k.tenant_id = (select app.tenant())`

export const linksOf = (tx: ReadTx, locationId: string) =>
  tx.query<InspectorLink>(`${LINKS} and k.location_id = $1 order by k.id desc limit 200`, [locationId])

export const readLink = async (tx: ReadTx, id: string): Promise<InspectorLink | undefined> =>
  (await tx.query<InspectorLink>(`${LINKS} and k.id = $1`, [id]))[0]

type NewLink = Pick<InspectorLink, 'locationId' | 'from' | 'to' | 'language' | 'givenTo' | 'photos'> & {
  secretHash: Buffer
  days: number
  by: string | null
}

export async function insertLink(tx: Tx, link: NewLink): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into inspector_links (location_id, first_day, last_day, language, given_to, secret_hash, expires_at, created_by, photos)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7), $8, $9) returning id`,
    [
      link.locationId,
      link.from,
      link.to,
      link.language,
      link.givenTo,
      link.secretHash,
      link.days,
      link.by,
      link.photos,
    ],
  )
  return (made as { id: string }).id
}

export const revokeLink = (tx: Tx, id: string, by: string | null) =>
  tx.query(
    `update inspector_links set revoked_at = now(), revoked_by = $2
      where tenant_id = (select app.tenant()) and id = $1 and revoked_at is null`,
    [id, by],
  )

export const visitsOfLink = (tx: ReadTx, id: string) =>
  tx.query<InspectorVisit>(
    `select id, visited_at as at, what, network from inspector_visits
      where tenant_id = (select app.tenant()) and link_id = $1 order by id desc limit 200`,
    [id],
  )

export const insertVisit = (tx: Tx, { id, locationId }: FollowedLink, what: InspectorVisit['what'], network: string) =>
  tx.query('insert into inspector_visits (location_id, link_id, what, network) values ($1, $2, $3, $4)', [
    locationId,
    id,
    what,
    network,
  ])

export type Pool = Parameters<typeof withClient>[0]

export type FollowedLink = Pick<Actor, 'tenantId' | 'organizationId'> & {
  id: string
  locationId: string
  from: string
  to: string
  language: PackLanguage
  givenTo: string
  photos: boolean
  expiresAt: string
}

/** Asked as opsflow_auth, before any tenant is known. Undefined: nobody's, over, or taken back. */
export async function linkBehind(pool: Pool, secretHash: Buffer): Promise<FollowedLink | undefined> {
  const { rows } = await withClient(pool, (client) =>
    client.query<FollowedLink>(
      `select k.id, k.tenant_id as "tenantId", l.organization_id as "organizationId", k.location_id as "locationId",
              to_char(k.first_day, 'YYYY-MM-DD') as "from", to_char(k.last_day, 'YYYY-MM-DD') as "to", k.language,
              k.given_to as "givenTo", k.photos, k.expires_at as "expiresAt"
         from inspector_links k
         join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id
         join tenants t on t.tenant_id = k.tenant_id and t.status = 'active'
        where k.secret_hash = $1 and k.revoked_at is null and k.expires_at > now()`,
      [secretHash],
    ),
  )
  const [link] = rows
  return link && { ...link, expiresAt: new Date(link.expiresAt).toISOString() }
}
