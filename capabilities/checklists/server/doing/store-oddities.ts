import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Checklist } from '../../checklist.ts'
import type { EarlierValue } from '../../looks-odd.ts'
import { CHECKLIST_COLUMNS, CHECKLIST_TABLES } from './store.ts'

export type EarlierAt = EarlierValue & { locationId: string }

/** Temperatures of these items on the two weeks before, one for each day: the last that was given. */
export const earlierTemperatures = (tx: ReadTx, locationId: string, itemIds: readonly string[], before: string) =>
  tx.query<EarlierAt>(
    `select distinct on (a.item_id, a.entry_id, c.day)
            a.location_id as "locationId", a.item_id as "itemId", a.entry_id as "entryId", to_char(c.day, 'YYYY-MM-DD') as day,
            a.value ->> 'text' as text
       from checklist_answers a
       join checklists c on c.tenant_id = a.tenant_id and c.location_id = a.location_id and c.id = a.checklist_id
      where a.tenant_id = (select app.tenant()) and a.location_id = $1 and a.item_id = any ($2::uuid[])
        and a.value ->> 'kind' = 'temperature' and c.day < $3::date and c.day >= $3::date - 14
        and a.answered_at >= $3::date - 16
      order by a.item_id, a.entry_id, c.day, a.answered_at desc`,
    [locationId, itemIds, before],
  )

/** What was completed within so many days. */
export const completedSince = (tx: ReadTx, locationId: string | null, days: number, most: number) =>
  tx.query<Checklist>(
    `select ${CHECKLIST_COLUMNS} from ${CHECKLIST_TABLES}
      where c.tenant_id = (select app.tenant()) and ($1::uuid is null or c.location_id = $1) and c.status = 'completed'
        and c.day >= current_date - $2::int order by c.day desc, c.id desc limit ${most}`,
    [locationId, days],
  )
