import type { Tx } from '@opsflow/platform/server/tenant'
import type { Way } from '../words.ts'
import type { Told } from './say.ts'

export type Claimed = Told & {
  id: string
  memberId: string
  way: Way
  tries: number
  email: string | null
  language: 'en' | 'es'
  isActive: boolean
}

/** Longer than any sending takes. */
const LEASE = `interval '5 minutes'`
/** Whoever is told of one is told of what would follow within moments. */
const SOON = `interval '25 seconds'`

export type Waiting = Pick<Claimed, 'id' | 'memberId' | 'way' | 'round'>

/**
 * What waits, and with it what waits for the same people by the same ways; what is critical first. What a server had
 * begun to send before it ended is noted as unknown.
 */
export async function waitingWith(tx: Tx, ids: readonly string[], now: number): Promise<Waiting[]> {
  const at = new Date(now).toISOString()
  await tx.query(
    `update notice_deliveries set state = 'unknown', problem = 'The server ended while it was sent.', changed_at = $2
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and state = 'sending' and due_at <= $2`,
    [ids, at],
  )
  return tx.query<Waiting>(
    `select d.id, d.member_id as "memberId", d.way, d.round
       from notice_deliveries d join matters m on m.tenant_id = d.tenant_id and m.id = d.matter_id
      where d.tenant_id = (select app.tenant()) and d.state = 'queued' and d.due_at <= $2::timestamptz + ${SOON}
        and (d.member_id, d.way) in (select x.member_id, x.way from notice_deliveries x
                                      where x.tenant_id = (select app.tenant()) and x.id = any ($1::uuid[]) and x.state = 'queued' and x.due_at <= $2)
      order by (m.severity = 'critical') desc, m.since, d.id`,
    [ids, at],
  )
}

/** Ours to send, from now on: those that nobody else has taken, and that need still be said. */
export async function claim(tx: Tx, ids: readonly string[], now: number): Promise<Claimed[]> {
  const at = new Date(now).toISOString()
  // Who comes second waits for the first, and finds nothing left: no letter is torn into two.
  const taken = await tx.query<{ id: string }>(
    `select id from notice_deliveries
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and state = 'queued' order by id for update`,
    [ids],
  )
  if (taken.length === 0) return []
  const all = taken.map(({ id }) => id)
  await tx.query(
    `update notice_deliveries set state = 'sending', tries = tries + 1, due_at = $2::timestamptz + ${LEASE}, changed_at = $2
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [all, at],
  )
  return tx.query<Claimed>(
    `select d.id, d.matter_id as "matterId", d.member_id as "memberId", d.way, d.round, d.tries, d.breaks_quiet as "breaksQuiet",
            m.kind, m.severity = 'critical' as "isCritical", m.name, m.said, m.since, l.name as place, l.timezone as zone, o.slug as "organizationSlug",
            p.email, p.status = 'active' as "isActive", coalesce(f.language, 'en') as language
       from notice_deliveries d
       join matters m on m.tenant_id = d.tenant_id and m.id = d.matter_id
       join locations l on l.tenant_id = d.tenant_id and l.id = d.location_id
       join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
       join members p on p.tenant_id = d.tenant_id and p.id = d.member_id
       left join member_preferences f on f.tenant_id = d.tenant_id and f.member_id = d.member_id
      where d.tenant_id = (select app.tenant()) and d.id = any ($1::uuid[])
      order by (m.severity = 'critical') desc, m.since, d.id`,
    [all],
  )
}

export type Outcome = {
  state: 'sent' | 'failed' | 'queued' | 'not_needed'
  problem: string
  isDigested?: boolean
  dueAt?: number
}

export const settle = (
  tx: Tx,
  ids: readonly string[],
  { state, problem, isDigested = false, dueAt }: Outcome,
  now: number,
) =>
  tx.query(
    `update notice_deliveries set state = $2, problem = $3, is_digested = $4, due_at = coalesce($5::timestamptz, due_at), changed_at = $6
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and state = 'sending'`,
    [
      ids,
      state,
      problem,
      isDigested,
      dueAt === undefined ? null : new Date(dueAt).toISOString(),
      new Date(now).toISOString(),
    ],
  )
