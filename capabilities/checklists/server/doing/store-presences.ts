import type { Moment } from '@opsflow/platform/moment'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Checklist } from '../../checklist.ts'
import type { Presence, PresenceVerdict } from '../../presence.ts'
import { presenceShown } from '../../presence-shown.ts'

/** Of a checklist `c`: what was shown of being there, in its order. */
export const PRESENCES_OF_LIST = `
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'method', p.method, 'verdict', p.verdict, 'codeEnd', p.code_end,
            'codeLabel', coalesce(nullif(pc.label, ''), u.name), 'distanceMetres', p.distance_metres,
            'accuracyMetres', p.accuracy_metres,
            'by', case when p.shown_by is not null then jsonb_build_object('id', p.shown_by, 'name', m.name) end,
            'kiosk', case when p.kiosk_id is not null then jsonb_build_object('id', p.kiosk_id, 'name', k.name) end,
            'at', p.shown_at, 'timeQuality', p.time_quality) order by p.shown_at, p.id), '[]')
     from checklist_presences p
     left join place_codes pc on pc.tenant_id = p.tenant_id and pc.id = p.place_code_id
     left join units u on u.tenant_id = pc.tenant_id and u.id = pc.unit_id
     left join members m on m.tenant_id = p.tenant_id and m.id = p.shown_by
     left join kiosks k on k.tenant_id = p.tenant_id and k.id = p.kiosk_id
    where p.tenant_id = c.tenant_id and p.checklist_id = c.id)`

/** Of each checklist the one that says most. One for which nobody tried to show it is not there. */
export async function presencesShown(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Presence>> {
  const rows = await tx.query<{ id: string; presences: Presence[] }>(
    `select c.id, ${PRESENCES_OF_LIST} as presences from checklists c
      where c.tenant_id = (select app.tenant()) and c.id = any ($1::uuid[])`,
    [ids],
  )
  return new Map(
    rows.flatMap(({ id, presences }) => {
      const shown = presenceShown(presences)
      return shown ? [[id, shown] as const] : []
    }),
  )
}

export type NewPresence = Pick<Presence, 'id' | 'method' | 'codeEnd' | 'distanceMetres' | 'accuracyMetres'> & {
  verdict: PresenceVerdict
  placeCodeId: string | null
  by: string | null
}

/** False: the id is taken. */
export async function insertPresence(
  tx: Tx,
  { id: checklistId, locationId }: Pick<Checklist, 'id' | 'locationId'>,
  { id, method, verdict, placeCodeId, codeEnd, distanceMetres, accuracyMetres, by }: NewPresence,
  { at, receivedAt, quality }: Moment,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into checklist_presences (id, location_id, checklist_id, method, verdict, place_code_id, code_end, distance_metres,
                                      accuracy_metres, shown_by, kiosk_id, shown_at, received_at, time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing returning id`,
    [
      ...[id, locationId, checklistId, method, verdict, placeCodeId, codeEnd, distanceMetres, accuracyMetres, by],
      ...[tx.actor.kioskId ?? null, at, receivedAt, quality],
    ],
  )
  return rows.length > 0
}
