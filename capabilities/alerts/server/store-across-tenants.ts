import type { Whose } from '@opsflow/platform/server/in-turns'

/** What the relay role's pool can do: it sees across tenants where there is something to do, nothing else. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

export type SubjectKind = 'checklist' | 'task' | 'alarm' | 'mutation'

const AT_ONCE = 2000
/** What is older is history: a product that was off for a week wakes nobody for it. */
const NEWS = `interval '1 day'`

/** What stands at a closed location wakes nobody, and takes nobody's place. $1: now · $2: customers that had their turn. */
const inTheirOrganizations = (found: string) =>
  `select tenant_id as "tenantId", organization_id as "organizationId", array_agg(id) as ids
     from (select f.tenant_id, l.organization_id, f.id from (${found}) f
             join locations l on l.tenant_id = f.tenant_id and l.id = f.location_id and l.closed_at is null
            where f.tenant_id <> all ($2::uuid[]) limit ${AT_ONCE}) w
    group by 1, 2`

const foundFor = async (relay: AcrossTenants, found: string, now: number, except: readonly string[]) =>
  (await relay.query(inTheirOrganizations(found), [new Date(now).toISOString(), except])).rows as Whose[]

const unknown = (kind: SubjectKind, x: string) =>
  `not exists (select from matters m where m.tenant_id = ${x}.tenant_id and m.subject_kind = '${kind}' and m.subject_id = ${x}.id)`

const NEW: Record<SubjectKind, string> = {
  checklist: `
    select x.tenant_id, x.id, x.location_id from checklists x
     where x.status in ('open', 'in_progress') and x.late_at <= $1 and x.late_at > $1::timestamptz - ${NEWS} and ${unknown('checklist', 'x')}`,
  // Work that an open alarm has brought along is the alarm's matter. A task that was put back, or given a new time, is a matter again.
  task: `
    select x.tenant_id, x.id, x.location_id from tasks x
     where x.status in ('todo', 'in_progress')
       and (x.missed_at is null or x.missed_at > $1)
       and ((x.due_at <= $1 and x.due_at > $1::timestamptz - ${NEWS})
            or (x.cause_kind in ('checklist_answer', 'temperature.corrective_action') and x.created_at > $1::timestamptz - ${NEWS}
                and not exists (select from alarms a where a.tenant_id = x.tenant_id and a.task_id = x.id)))
       and not exists (select from matters m where m.tenant_id = x.tenant_id and m.subject_kind = 'task' and m.subject_id = x.id
                          and (m.closed_at is null or (m.since >= coalesce(x.due_at, x.created_at) and m.closed_at >= coalesce(x.changed_at, m.closed_at))))
       and not (x.cause_kind like 'temperature.%' and exists (
             select from alarms a join matters m on m.tenant_id = a.tenant_id and m.subject_kind = 'alarm' and m.subject_id = a.id
              where a.tenant_id = x.tenant_id and a.location_id = x.location_id and a.task_id = x.id and m.closed_at is null))`,
  alarm: `
    select x.tenant_id, x.id, x.location_id from alarms x
     where x.closed_at is null and x.cleared_at is null and x.created_at > $1::timestamptz - ${NEWS} and ${unknown('alarm', 'x')}`,
  mutation: `
    select x.tenant_id, x.id, x.location_id from sync_mutations x
     where x.outcome = 'quarantined' and x.received_at > $1::timestamptz - ${NEWS} and x.location_id is not null
       and not exists (select from sync_reviews r where r.tenant_id = x.tenant_id and r.id = x.id) and ${unknown('mutation', 'x')}`,
}

/** Subjects that have become matters, by organization. */
export const subjectsToOpen = (
  relay: AcrossTenants,
  kind: SubjectKind,
  now: number,
  except: readonly string[] = [],
): Promise<Whose[]> => foundFor(relay, NEW[kind], now, except)

const SETTLED = `
  select m.tenant_id, m.id, m.location_id from matters m
    left join checklists c on m.subject_kind = 'checklist' and c.tenant_id = m.tenant_id and c.id = m.subject_id
    left join tasks t on m.subject_kind = 'task' and t.tenant_id = m.tenant_id and t.id = m.subject_id
    left join alarms a on m.subject_kind = 'alarm' and a.tenant_id = m.tenant_id and a.id = m.subject_id
    left join sync_reviews r on m.subject_kind = 'mutation' and r.tenant_id = m.tenant_id and r.id = m.subject_id
   where m.closed_at is null
     and (c.status in ('completed', 'empty', 'withdrawn')
          or (c.status = 'missed' and exists (select from checklist_excuses x where x.tenant_id = c.tenant_id and x.checklist_id = c.id and x.taken_back_at is null))
          or (c.status = 'missed' and (m.acknowledged_at is not null or c.missed_at <= $1::timestamptz - interval '12 hours'))
          or t.status in ('completed', 'cancelled') or (m.kind = 'task' and (t.due_at > $1 or t.due_at is null))
          or (t.missed_at <= $1 and (m.acknowledged_at is not null or t.missed_at <= $1::timestamptz - interval '12 hours'))
          or (t.missed_at <= $1 and t.status in ('todo', 'in_progress') and exists (
                select from task_excuses x where x.tenant_id = t.tenant_id and x.task_id = t.id and x.taken_back_at is null and x.due_at is not distinct from t.due_at))
          or (t.status = 'in_progress' and m.acknowledged_at is null)
          or a.cleared_at is not null or a.closed_at is not null
          or (a.acknowledged_at is not null and m.acknowledged_at is null)
          or r.id is not null)`

/** Open matters whose subject has moved on: it is over, or someone has begun. */
export const mattersToSettle = (relay: AcrossTenants, now: number, except: readonly string[]): Promise<Whose[]> =>
  foundFor(relay, SETTLED, now, except)

export function mattersToFollow(relay: AcrossTenants, now: number, except: readonly string[]): Promise<Whose[]> {
  const due = `select tenant_id, id, location_id from matters where closed_at is null and next_at <= $1 order by next_at`
  return foundFor(relay, due, now, except)
}

/** What waits to leave the product, and what was being sent when a server ended. */
export function deliveriesToSend(relay: AcrossTenants, now: number, except: readonly string[]): Promise<Whose[]> {
  const due = `select tenant_id, id, location_id from notice_deliveries where state in ('queued', 'sending') and due_at <= $1 order by due_at`
  return foundFor(relay, due, now, except)
}
