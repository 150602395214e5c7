import type { RulesOf, UnitKind } from '@opsflow/capabilities/temperature'
import type { ReadTx } from '@opsflow/platform/server/tenant'

export type PlanPlace = RulesOf & {
  id: string
  name: string
  timezone: string
  hasOpeningHours: boolean
  /** By its own clock. */
  today: string
}

export const placeOf = async (tx: ReadTx, locationId: string): Promise<PlanPlace | undefined> =>
  (
    await tx.query<PlanPlace>(
      `select id, name, timezone, jurisdiction, rule_edition as "ruleEdition", jsonb_array_length(opening_hours) > 0 as "hasOpeningHours",
              to_char(now() at time zone timezone, 'YYYY-MM-DD') as today
         from locations where tenant_id = (select app.tenant()) and id = $1`,
      [locationId],
    )
  )[0]

export type UnitHere = { id: string; name: string; kind: UnitKind }

export const unitsHere = (tx: ReadTx, locationId: string) =>
  tx.query<UnitHere>(
    `select id, name, kind from units
      where tenant_id = (select app.tenant()) and location_id = $1 and retired_at is null order by position, name, id`,
    [locationId],
  )

export type ScheduleHere = {
  id: string
  name: string
  template: string
  /** Which of our own checklists it asks for. */
  key: string | null
  items: { id: string; label: string; limitId: string | null }[]
}

/** Schedules that ask this location for checklists, with the questions of the version in use; some hundred at most. */
export const schedulesHere = (tx: ReadTx, locationId: string) =>
  tx.query<ScheduleHere>(
    `select s.id, s.name, t.name as template, t.library_key as key,
            (select coalesce(jsonb_agg(jsonb_build_object('id', item ->> 'id', 'label', item ->> 'label',
                      'limitId', item #>> '{subject,limitId}')), '[]')
               from jsonb_path_query(v.content, '$.sections[*].items[*]') item where item ->> 'kind' <> 'instruction') as items
       from checklist_schedules s
       join checklist_templates t on t.tenant_id = s.tenant_id and t.id = s.template_id
       join checklist_template_versions v on v.tenant_id = t.tenant_id and v.template_id = t.id and v.version = t.published_version
      where s.tenant_id = (select app.tenant()) and s.ended_at is null
        and exists (select from checklists c where c.tenant_id = s.tenant_id and c.schedule_id = s.id and c.location_id = $1
                       and c.day > current_date - 60)
      order by s.name, s.id limit 300`,
    [locationId],
  )
