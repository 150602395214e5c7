import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Place } from '../schedules/store-making.ts'

export type NamedPlace = Place & { name: string; isOpen: boolean }

/** Locations as the caller sees them, closed ones too: they have a past. */
export const everyPlace = (tx: ReadTx): Promise<NamedPlace[]> =>
  tx.query<NamedPlace>(
    `select l.id, l.name, l.group_id as "groupId", l.kind, l.attributes, l.timezone,
            to_char(l.day_starts_at, 'HH24:MI') as "dayStartsAt", l.opening_hours as "openingHours",
            l.special_days as "specialDays", nullif(p.made_until, '-infinity') as "madeUntil", l.closed_at is null as "isOpen"
       from locations l left join checklist_progress p on p.tenant_id = l.tenant_id and p.id = l.id
      where l.tenant_id = (select app.tenant()) and l.organization_id = $1 order by l.name, l.id`,
    [tx.actor.organizationId],
  )
