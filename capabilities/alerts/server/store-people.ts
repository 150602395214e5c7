import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Recipient } from '../next-step.ts'
import type { Audience, Kind, Way } from '../words.ts'

export type Placed = {
  placeId: string
  zone: string
  id: string
  name: string
  /** 0: at the location itself · 1 and more: at a group, the nearest first · EVERYWHERE. */
  depth: number
  role: string
  leads: boolean
  /** They are manager on duty there. */
  onDuty: boolean
  preferredZone: string | null
  quietFrom: string | null
  quietTo: string | null
  byPush: boolean
  byEmail: boolean
  muted: string[]
}

const EVERYWHERE = 1000

/** Everyone who may see matters at these locations, once for each grant that lets them. */
export const peopleAt = (tx: ReadTx, placeIds: readonly string[], now: number): Promise<Placed[]> =>
  tx.query<Placed>(
    `with recursive above as (
       select l.id as place, l.group_id as id, 1 as depth from locations l
        where l.tenant_id = (select app.tenant()) and l.id = any ($2::uuid[])
       union all
       select a.place, g.parent_id, a.depth + 1 from above a
         join location_groups g on g.tenant_id = (select app.tenant()) and g.id = a.id and g.archived_at is null
        where a.depth < 50),
     held as (
       select r.location_id as place, 0 as depth, r.member_id, r.role, r.role_id from role_grants r
        where r.tenant_id = (select app.tenant()) and r.revoked_at is null and r.location_id = any ($2::uuid[])
       union all
       select a.place, a.depth, r.member_id, r.role, r.role_id from above a
         join role_grants r on r.tenant_id = (select app.tenant()) and r.revoked_at is null and r.group_id = a.id
       union all
       select p.place, ${EVERYWHERE}, r.member_id, r.role, r.role_id from role_grants r, unnest($2::uuid[]) p (place)
        where r.tenant_id = (select app.tenant()) and r.revoked_at is null and num_nonnulls(r.location_id, r.group_id) = 0)
     select h.place as "placeId", l.timezone as zone, m.id, m.name, h.depth, coalesce(h.role, h.role_id::text) as role,
            coalesce(h.role in ('org:admin', 'org:manager'), 'alerts.lead' = any (x.permissions)) as leads,
            exists (select from duties d where d.tenant_id = (select app.tenant()) and d.location_id = h.place and d.member_id = m.id
                       and d.ended_at is null and d.starts_at <= $3 and d.ends_at > $3) as "onDuty",
            n.zone as "preferredZone", n.quiet_from as "quietFrom", n.quiet_to as "quietTo", coalesce(n.by_push, true) as "byPush",
            coalesce(n.by_email, true) as "byEmail", coalesce(n.muted, '{}') as muted
       from held h
       join locations l on l.tenant_id = (select app.tenant()) and l.id = h.place
       join members m on m.tenant_id = (select app.tenant()) and m.id = h.member_id and m.organization_id = $1 and m.status = 'active'
       left join roles x on x.tenant_id = (select app.tenant()) and x.id = h.role_id and x.archived_at is null
       left join notice_preferences n on n.tenant_id = (select app.tenant()) and n.member_id = m.id
      where h.role is not null or 'alerts.read' = any (x.permissions)
      order by m.name, m.id`,
    [tx.actor.organizationId, placeIds, new Date(now).toISOString()],
  )

export type About = { kind: Kind; assigneeId: string | null; role: string | null }

/** Who is who for a matter at a location: `here` are the people there. */
export function audiencesOf(here: readonly Placed[], { kind, assigneeId, role }: About): Record<Audience, Recipient[]> {
  const of = (which: (one: Placed) => boolean) => {
    const people = new Map(here.filter(which).map((one) => [one.id, recipient(one, kind)]))
    return [...people.values()]
  }
  const leads = (depth: number) => of((one) => one.leads && one.depth === depth)
  const onDuty = of((one) => one.onDuty && one.leads)
  const holders = of((one) => one.role === role && one.depth === 0)
  const nearest = Math.min(
    ...here.filter((one) => one.leads && one.depth > 0 && one.depth < EVERYWHERE).map((one) => one.depth),
  )
  return {
    assignee: assigneeId === null ? [] : of((one) => one.id === assigneeId),
    on:
      role !== null
        ? holders.length > 0
          ? holders
          : of((one) => one.role === role)
        : of((one) => one.depth === 0 && !one.leads),
    // The one who has taken the duty, wherever their role comes from; while nobody has, all of them.
    managers: onDuty.length > 0 ? onDuty : leads(0),
    district: Number.isFinite(nearest) ? leads(nearest) : [],
    admins: leads(EVERYWHERE),
  }
}

function recipient(one: Placed, kind: Kind): Recipient {
  const ways: Way[] = one.muted.includes(kind)
    ? []
    : [...(one.byPush ? ['push' as const] : []), ...(one.byEmail ? ['email' as const] : [])]
  const quiet = one.quietFrom !== null && one.quietTo !== null ? { from: one.quietFrom, to: one.quietTo } : null
  return { id: one.id, zone: one.preferredZone ?? one.zone, quiet, ways }
}
