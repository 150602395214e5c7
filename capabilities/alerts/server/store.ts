import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Matter, MatterEvent } from '../matter.ts'

const person = (id: string, name: string) =>
  `case when ${id} is not null then json_build_object('id', ${id}, 'name', ${name}) end`

const MATTER_COLUMNS = `
  m.id, m.location_id as "locationId", m.kind, m.severity, json_build_object('kind', m.subject_kind, 'id', m.subject_id) as subject,
  m.name, m.said, m.since, ${person('m.assignee_id', 'a.name')} as assignee, m.opened_at as "openedAt", m.step,
  m.acknowledged_at as "acknowledgedAt", ${person('m.acknowledged_by', 'k.name')} as "acknowledgedBy",
  m.returns_at as "returnsAt", m.next_at as "nextAt", m.closed_at as "closedAt", m.closed_because as "closedBecause",
  ${person('m.closed_by', 'c.name')} as "closedBy",
  coalesce((select json_agg(json_build_object('id', e.id, 'event', e.event, 'at', e.made_at, 'receivedAt', e.received_at,
                     'timeQuality', e.time_quality, 'by', ${person('e.made_by', 'em.name')},
                     'kiosk', ${person('e.kiosk_id', 'ek.name')}, 'note', e.note, 'until', e.until) order by e.made_at, e.id)
              from matter_events e left join members em on em.tenant_id = e.tenant_id and em.id = e.made_by
                                   left join kiosks ek on ek.tenant_id = e.tenant_id and ek.id = e.kiosk_id
             where e.tenant_id = m.tenant_id and e.matter_id = m.id), '[]') as events,
  coalesce((select json_agg(json_build_object('member', json_build_object('id', n.member_id, 'name', nm.name),
                     'firstAt', n.first_at, 'lastAt', n.last_at, 'times', n.times, 'seenAt', n.seen_at,
                     'sent', coalesce((select json_agg(json_build_object('way', d.way, 'at', d.changed_at, 'state', d.state)
                                                       order by d.round, d.way)
                                         from notice_deliveries d
                                        where d.tenant_id = n.tenant_id and d.matter_id = n.matter_id and d.member_id = n.member_id
                                          and d.round > 0), '[]')) order by n.first_at, nm.name)
              from notices n join members nm on nm.tenant_id = n.tenant_id and nm.id = n.member_id
             where n.tenant_id = m.tenant_id and n.matter_id = m.id), '[]') as told`

const MATTER_TABLES = `
  matters m left join members a on a.tenant_id = m.tenant_id and a.id = m.assignee_id
            left join members k on k.tenant_id = m.tenant_id and k.id = m.acknowledged_by
            left join members c on c.tenant_id = m.tenant_id and c.id = m.closed_by`

export type MatterFilter = {
  locationId?: string | null | undefined
  kind?: string | undefined
  state?: 'open' | 'closed' | undefined
  toldTo?: string | undefined
  after?: readonly [openedAt: string, id: string] | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listMatters({ tenantId, organizationId }: Actor, filter: MatterFilter, limit: number): Statement {
  const where = new Where('m.tenant_id', tenantId)
    .and(
      'm.location_id in (select l.id from locations l where l.tenant_id = m.tenant_id and l.organization_id = ?)',
      organizationId,
    )
    .andIf(filter.state === 'open', 'm.closed_at is null')
    .andIf(filter.state === 'closed', 'm.closed_at is not null')
    .and('m.location_id = ?', filter.locationId)
    .and('m.kind = ?', filter.kind)
    .and(
      'exists (select from notices x where x.tenant_id = m.tenant_id and x.matter_id = m.id and x.member_id = ?)',
      filter.toldTo,
    )
    .and('(m.opened_at, m.id) < (?::timestamptz, ?::uuid)', filter.after?.[0], filter.after?.[1])
  const sql = `select ${MATTER_COLUMNS} from ${MATTER_TABLES} where ${where} order by m.opened_at desc, m.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const readMatters = (tx: ReadTx, ids: readonly string[]): Promise<Matter[]> =>
  tx.query<Matter>(
    `select ${MATTER_COLUMNS} from ${MATTER_TABLES} where m.tenant_id = (select app.tenant()) and m.id = any ($1::uuid[])`,
    [ids],
  )

export const readMatter = async (tx: ReadTx, id: string): Promise<Matter | undefined> =>
  (await readMatters(tx, [id]))[0]

export async function lockMatter(tx: Tx, id: string): Promise<Matter | undefined> {
  await tx.query('select from matters where tenant_id = (select app.tenant()) and id = $1 for no key update', [id])
  return readMatter(tx, id)
}

export async function locationOfMatter(tx: ReadTx, id: string): Promise<string | null> {
  const [matter] = await tx.query<{ locationId: string }>(
    'select location_id as "locationId" from matters where tenant_id = (select app.tenant()) and id = $1',
    [id],
  )
  return matter?.locationId ?? null
}

/** Of these those that are over. */
export const closedMatters = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      'select id from matters where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and closed_at is not null',
      [ids],
    )
  ).map(({ id }) => id)

type Place = Pick<Matter, 'id' | 'locationId'>
export type NewEvent = Pick<MatterEvent, 'id' | 'event'> & { by: string | null; note?: string; until?: string }

/** False when it is there already, by its own id. */
export async function insertEvent(tx: Tx, { id, locationId }: Place, event: NewEvent, when: Moment): Promise<boolean> {
  const rows = await tx.query(
    `insert into matter_events (id, location_id, matter_id, event, until, note, made_by, kiosk_id, made_at, received_at, time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [
      ...[event.id, locationId, id, event.event, event.until ?? null, event.note ?? '', event.by],
      ...[tx.actor.kioskId ?? null, when.at, when.receivedAt, when.quality],
    ],
  )
  return rows.length === 1
}

export const saveAcknowledgement = (tx: Tx, id: string, by: string | null, at: string, until: string) =>
  tx.query(
    `update matters set acknowledged_at = $3, acknowledged_by = $2, returns_at = $4, next_at = $4
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, by, at, until],
  )

export const closeByHand = (tx: Tx, id: string, by: string | null, at: string) =>
  tx.query(
    `update matters set closed_at = $3, closed_by = $2, closed_because = 'by_hand', next_at = null
      where tenant_id = (select app.tenant()) and id = $1 and closed_at is null`,
    [id, by, at],
  )

export const noteSeen = (tx: Tx, matterId: string, memberId: string, at: string) =>
  tx.query(
    `update notices set seen_at = $3 where tenant_id = (select app.tenant()) and matter_id = $1 and member_id = $2
        and (seen_at is null or seen_at < last_at)`,
    [matterId, memberId, at],
  )

/** The standing alarm behind it, when nobody has said there that they look after it. */
export async function unansweredAlarm(tx: ReadTx, alarmId: string): Promise<boolean> {
  const rows = await tx.query(
    `select from alarms where tenant_id = (select app.tenant()) and id = $1 and acknowledged_at is null and closed_at is null`,
    [alarmId],
  )
  return rows.length === 1
}
