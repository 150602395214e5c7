import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Mailing, MailingAsked, Sending } from '../mailing.ts'

const MAILINGS = `
  select k.id, k.location_id as "locationId", k.every, k.recipients, k.given_to as "givenTo", k.language, k.photos,
         k.waits_for_gaps as "waitsForGaps", k.due_at as "dueAt", k.created_at as "createdAt", k.ended_at as "endedAt",
         k.paused_at as "pausedAt", case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end as "keptBy",
         case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "createdBy", s.sendings
    from report_mailings k
    left join members m on m.tenant_id = k.tenant_id and m.id = k.created_by
    left join members h on h.tenant_id = k.tenant_id and h.id = coalesce(k.taken_over_by, k.created_by)
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', x.id, 'from', x.first_day, 'to', x.last_day, 'state', x.state, 'gaps', x.gaps,
                                                 'sentTo', x.sent_to, 'changedAt', x.changed_at) order by x.first_day desc), '[]') as sendings
        from (select * from report_sendings x where x.tenant_id = k.tenant_id and x.mailing_id = k.id order by x.first_day desc limit 12) x) s
   where k.tenant_id = (select app.tenant())`

/** Those that ended tell what they sent for a year. */
export const mailingsOf = (tx: ReadTx, locationId: string) =>
  tx.query<Mailing>(
    `${MAILINGS} and k.location_id = $1 and (k.ended_at is null or k.ended_at > now() - interval '1 year')
      order by k.ended_at is not null, k.id desc limit 50`,
    [locationId],
  )

export const readMailing = async (tx: ReadTx, id: string): Promise<Mailing | undefined> =>
  (await tx.query<Mailing>(`${MAILINGS} and k.id = $1`, [id]))[0]

export const mailingOfSending = async (tx: ReadTx, id: string): Promise<string | undefined> =>
  (
    await tx.query<{ mailingId: string }>(
      `select mailing_id as "mailingId" from report_sendings where tenant_id = (select app.tenant()) and id = $1`,
      [id],
    )
  )[0]?.mailingId

/** Two hours into the business day on which the days before it are sent. */
export const DUE = (day: string, place = 'l') =>
  `(${day} + ${place}.day_starts_at + interval '2 hours') at time zone ${place}.timezone`
const NEXT = `case $2 when 'week' then date_trunc('week', (now() at time zone l.timezone))::date + 7
                      else (date_trunc('month', (now() at time zone l.timezone)) + interval '1 month')::date end`

/** Undefined: as many as may be are there already. Those who come at once wait for each other at the location. */
export async function insertMailing(
  tx: Tx,
  { locationId, every, recipients, givenTo, language, photos, waitsForGaps }: MailingAsked,
  by: string | null,
  most: number,
): Promise<string | undefined> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('report_mailings ' || $1, 0))`, [locationId])
  const [made] = await tx.query<{ id: string }>(
    `insert into report_mailings (location_id, every, recipients, given_to, language, photos, waits_for_gaps, created_by, next_day, due_at)
     select l.id, $2, $3, $4, $5, $6, $7, $8, n.day, ${DUE('n.day')}
       from locations l cross join lateral (select ${NEXT} as day) n
      where l.tenant_id = (select app.tenant()) and l.id = $1
        and (select count(*) from report_mailings k
              where k.tenant_id = l.tenant_id and k.location_id = l.id and k.ended_at is null) < $9
     returning id`,
    [locationId, every, recipients, givenTo, language, photos, waitsForGaps, by, most],
  )
  return made?.id
}

export const mailingsOfSendings = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select distinct mailing_id as id from report_sendings where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
      [ids],
    )
  ).map(({ id }) => id)

export const endMailing = (tx: Tx, id: string) =>
  tx.query(
    `update report_mailings set ended_at = now() where tenant_id = (select app.tenant()) and id = $1 and ended_at is null`,
    [id],
  )

/** Answers whether there was something to send. */
export const releaseSending = async (tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.query(
      `update report_sendings set state = 'queued', tries = 0, due_at = now(), changed_at = now()
        where tenant_id = (select app.tenant()) and id = $1 and state in ('waiting', 'failed', 'unknown') returning id`,
      [id],
    )
  ).length > 0

export type DueMailing = { id: string; locationId: string; from: string; to: string; waitsForGaps: boolean }

/** Whose time has come; whoever looks at the same waits, and finds it done. */
export const dueMailings = (tx: Tx, ids: readonly string[], now: number) =>
  tx.query<DueMailing>(
    `select id, location_id as "locationId", waits_for_gaps as "waitsForGaps", to_char(next_day - 1, 'YYYY-MM-DD') as "to",
            to_char(case every when 'week' then next_day - 7 else next_day - interval '1 month' end, 'YYYY-MM-DD') as "from"
       from report_mailings
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and ended_at is null and paused_at is null and due_at <= $2
      order by id for update`,
    [ids, new Date(now).toISOString()],
  )

export async function openSending(
  tx: Tx,
  { id, locationId, from, to }: DueMailing,
  gaps: number,
  state: 'waiting' | 'queued' | 'too_much',
) {
  await tx.query(
    `insert into report_sendings (location_id, mailing_id, first_day, last_day, state, gaps) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, mailing_id, first_day) do nothing`,
    [locationId, id, from, to, state, gaps],
  )
  await tx.query(
    `with n as (
       select k.id, (case k.every when 'week' then k.next_day + 7 else k.next_day + interval '1 month' end)::date as day, l.day_starts_at, l.timezone
         from report_mailings k join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id
        where k.tenant_id = (select app.tenant()) and k.id = $1)
     update report_mailings k set next_day = n.day, due_at = ${DUE('n.day', 'n')} from n
      where k.tenant_id = (select app.tenant()) and k.id = n.id`,
    [id],
  )
}

export type ClaimedSending = Pick<Sending, 'id' | 'from' | 'to' | 'gaps' | 'sentTo'> & {
  locationId: string
  place: string
  organization: string
  recipients: string[]
  givenTo: string
  language: Mailing['language']
  photos: boolean
  tries: number
  /** Under whom it goes. */
  keeperId: string | null
}

/** Longer than any sending takes. */
const LEASE = `interval '5 minutes'`

/** Ours to send from now on. What a server had begun to send before it ended is noted as unknown, and not sent again. */
export async function claimSendings(tx: Tx, ids: readonly string[], now: number): Promise<ClaimedSending[]> {
  const at = new Date(now).toISOString()
  await tx.query(
    `update report_sendings set state = 'unknown', changed_at = $2
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and state = 'sending' and due_at <= $2`,
    [ids, at],
  )
  const taken = await tx.query<{ id: string }>(
    `update report_sendings set state = 'sending', tries = tries + 1, due_at = $2::timestamptz + ${LEASE}, changed_at = $2
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and state = 'queued' and due_at <= $2 returning id`,
    [ids, at],
  )
  return tx.query<ClaimedSending>(
    `select x.id, x.location_id as "locationId", to_char(x.first_day, 'YYYY-MM-DD') as "from", to_char(x.last_day, 'YYYY-MM-DD') as "to",
            x.gaps, x.sent_to as "sentTo", x.tries, l.name as place, o.name as organization, k.recipients, k.given_to as "givenTo",
            k.language, k.photos, coalesce(k.taken_over_by, k.created_by) as "keeperId"
       from report_sendings x
       join report_mailings k on k.tenant_id = x.tenant_id and k.id = x.mailing_id
       join locations l on l.tenant_id = x.tenant_id and l.id = x.location_id
       join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
      where x.tenant_id = (select app.tenant()) and x.id = any ($1::uuid[])`,
    [taken.map(({ id }) => id)],
  )
}

export type Settled = { state: 'sent' | 'failed' | 'queued'; sentTo: readonly string[]; linkId: string; dueAt?: number }

export const settleSending = (tx: Tx, id: string, { state, sentTo, linkId, dueAt }: Settled) =>
  tx.query(
    `update report_sendings set state = $2, sent_to = $3, link_id = $4, due_at = coalesce($5::timestamptz, due_at), changed_at = now()
      where tenant_id = (select app.tenant()) and id = $1 and state = 'sending'`,
    [id, state, sentTo, linkId, dueAt === undefined ? null : new Date(dueAt).toISOString()],
  )

export type Maker = { email: string; language: 'en' | 'es'; organizationSlug: string; place: string }

/** Whoever a mailing goes under, where they are still here and have an address. */
export const makerOf = async (tx: ReadTx, mailingId: string): Promise<Maker | undefined> =>
  (
    await tx.query<Maker>(
      `select m.email, coalesce(f.language, 'en') as language, o.slug as "organizationSlug", l.name as place
         from report_mailings k
         join members m on m.tenant_id = k.tenant_id and m.id = coalesce(k.taken_over_by, k.created_by) and m.status = 'active' and m.email is not null
         join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id
         join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
         left join member_preferences f on f.tenant_id = m.tenant_id and f.member_id = m.id
        where k.tenant_id = (select app.tenant()) and k.id = $1`,
      [mailingId],
    )
  )[0]
