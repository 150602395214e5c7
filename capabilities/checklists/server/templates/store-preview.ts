import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { PublishPreview } from '../../template-records.ts'

const MOST_SHOWN = 200

/** Locations the caller may see that were ever given this template, with what waits and what was begun there. */
export async function locationsUsing(
  tx: ReadTx,
  templateId: string,
): Promise<Pick<PublishPreview, 'locations' | 'moreLocations'>> {
  const rows = await tx.query<PublishPreview['locations'][number] & { total: number }>(
    `select l.id, l.name, coalesce(u.waiting, 0) as waiting, coalesce(u.begun, 0) as begun,
            coalesce(c.changes, '{}') <> '{}' as "hasLocalChanges", count(*) over ()::int as total
       from (select f.location_id, count(k.id) filter (where k.status = 'open')::int as waiting,
                    count(k.id) filter (where k.status = 'in_progress')::int as begun
               from checklist_forms f
               left join checklists k on k.tenant_id = f.tenant_id and k.location_id = f.location_id
                                     and k.form_id = f.id and k.status in ('open', 'in_progress')
              where f.tenant_id = (select app.tenant()) and f.template_id = $2
              group by f.location_id) u
       join locations l on l.tenant_id = (select app.tenant()) and l.id = u.location_id and l.organization_id = $1
       left join checklist_local_changes c
         on c.tenant_id = l.tenant_id and c.template_id = $2 and c.location_id = l.id
      where l.closed_at is null
      order by l.name, l.id limit ${MOST_SHOWN}`,
    [tx.actor.organizationId, templateId],
  )
  const total = rows[0]?.total ?? 0
  return { locations: rows.map(({ total: _, ...location }) => location), moreLocations: total - rows.length }
}
