import { EXCUSES, outcomeSql } from '@opsflow/capabilities/checklists/server'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Tie } from '../plan.ts'

/** A question that a point names, as it was answered; a checklist of which nothing was answered stands there without. */
export type AnswerGiven = {
  id: string
  day: string
  checklist: string
  /** How the checklist came out: see `outcomeAt` of checklists. */
  listOutcome: string
  question: string
  /** What was answered, where that is a value and not only in order or not. */
  value: string
  outcome: 'pass' | 'fail' | 'recorded' | 'not_applicable' | null
  note: string
  at: string | null
  by: string | null
}

type Asked = { locationId: string; from: string; to: string }

/** The earliest first, each question as it stands: what was answered anew since is not told twice. */
export async function answersOf(tx: ReadTx, { locationId, from, to }: Asked, ties: readonly Tie[], most: number) {
  const asked = ties.flatMap((tie) =>
    tie.kind === 'schedule' ? [{ scheduleId: tie.scheduleId, itemIds: tie.itemIds }] : [],
  )
  if (asked.length === 0) return []
  return tx.query<AnswerGiven>(
    `select coalesce(a.id, c.id)::text || t."scheduleId" as id, to_char(c.day, 'YYYY-MM-DD') as day, v.name as checklist,
            ${outcomeSql} as "listOutcome", coalesce(i.item ->> 'label', '') as question, ${VALUE} as value, a.outcome,
            coalesce(a.note, '') as note, a.answered_at as at, m.name as by
       from jsonb_to_recordset($4::jsonb) t ("scheduleId" uuid, "itemIds" jsonb)
       join checklists c on c.tenant_id = (select app.tenant()) and c.location_id = $1 and c.schedule_id = t."scheduleId"
                        and c.day between $2::date and $3::date and c.status <> 'withdrawn'
       join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
       join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
       ${EXCUSES}
       left join lateral (
         select distinct on (a.item_id, a.entry_id) a.*
           from checklist_answers a
          where a.tenant_id = c.tenant_id and a.checklist_id = c.id
            and (jsonb_array_length(t."itemIds") = 0 or t."itemIds" ? a.item_id::text)
          order by a.item_id, a.entry_id, a.answered_at desc, a.id desc) a on a.outcome <> 'cleared'
       left join lateral (
         select item from jsonb_path_query(v.content, '$.sections[*].items[*]') item where item ->> 'id' = a.item_id::text limit 1) i on true
       left join members m on m.tenant_id = a.tenant_id and m.id = a.answered_by
      order by c.day, c.due_at, v.name, a.answered_at, a.id limit ${most}`,
    [locationId, from, to, JSON.stringify(asked)],
  )
}

/** In order or not stands in the outcome. */
const VALUE = `
  coalesce(case a.value ->> 'kind'
    when 'temperature' then concat(a.value ->> 'text', ' °', a.value ->> 'unit')
    when 'number' then concat_ws(' ', a.value ->> 'text', i.item ->> 'unit')
    when 'choice' then (select string_agg(o ->> 'label', ', ') from jsonb_array_elements(i.item -> 'options') o
                         where a.value -> 'options' ? (o ->> 'id'))
    when 'signature' then a.value ->> 'name'
    when 'entry' then a.value ->> 'label'
    else a.value ->> 'text' end, '')`
