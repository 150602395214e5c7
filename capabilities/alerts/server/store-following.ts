import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Kind, Severity, Way } from '../words.ts'

export type Followed = {
  id: string
  locationId: string
  kind: Kind
  severity: Severity
  assigneeId: string | null
  role: string | null
  openedAt: string
  step: number
  steppedAt: string
  returnsAt: string | null
}

/** Those that nobody else follows just now. */
export const lockFollowed = (tx: Tx, ids: readonly string[]): Promise<Followed[]> =>
  tx.query<Followed>(
    `select id, location_id as "locationId", kind, severity, assignee_id as "assigneeId", role, opened_at as "openedAt", step,
            stepped_at as "steppedAt", returns_at as "returnsAt"
       from matters where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and closed_at is null
      order by id for no key update skip locked`,
    [ids],
  )

export const toldOf = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<{ matterId: string; memberId: string; at: string; times: number }>(
    `select matter_id as "matterId", member_id as "memberId", last_at as at, times from notices
      where tenant_id = (select app.tenant()) and matter_id = any ($1::uuid[])`,
    [ids],
  )

export type Moved = Pick<Followed, 'id' | 'locationId' | 'step'> & {
  steppedAt: number
  nextAt: number | null
  hasClimbed: boolean
}

export async function saveMoved(tx: Tx, moved: readonly Moved[], now: number) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  await tx.query(
    `update matters m set step = n.step, stepped_at = n.stepped_at, next_at = n.next_at
       from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::timestamptz[]) n (id, step, stepped_at, next_at)
      where m.tenant_id = (select app.tenant()) and m.id = n.id`,
    [
      moved.map(({ id }) => id),
      moved.map(({ step }) => step),
      moved.map(({ steppedAt }) => iso(steppedAt)),
      moved.map(({ nextAt }) => iso(nextAt)),
    ],
  )
  // Its first step is its opening.
  const climbed = moved.filter(({ hasClimbed, step }) => hasClimbed && step > 0)
  if (climbed.length === 0) return
  await tx.query(
    `insert into matter_events (location_id, matter_id, event, step, made_at, time_quality)
     select c.location_id, c.id, 'climbed', c.step, $4, 'server' from unnest($1::uuid[], $2::uuid[], $3::int[]) c (id, location_id, step)`,
    [
      climbed.map(({ id }) => id),
      climbed.map(({ locationId }) => locationId),
      climbed.map(({ step }) => step),
      iso(now),
    ],
  )
}

export type Telling = {
  matterId: string
  locationId: string
  memberId: string
  ways: readonly Way[]
  breaksQuiet: boolean
  dueAt: number
}

/** The notice of each, brought up to date, and its ways out: each round by each way once. */
export async function writeTellings(tx: Tx, tellings: readonly Telling[], now: number) {
  if (tellings.length === 0) return
  const at = new Date(now).toISOString()
  const notices = await tx.query<{ matterId: string; memberId: string; round: number }>(
    `insert into notices as n (location_id, matter_id, member_id, first_at, last_at)
     select location_id, matter_id, member_id, $4::timestamptz, $4::timestamptz
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (location_id, matter_id, member_id)
     on conflict (tenant_id, matter_id, member_id) do update
        set last_at = excluded.last_at, round = n.round + 1, seen_at = null,
            times = case when n.last_at < (select m.opened_at from matters m where m.tenant_id = n.tenant_id and m.id = n.matter_id)
                         then 1 else n.times + 1 end
     returning matter_id as "matterId", member_id as "memberId", round`,
    [
      tellings.map((one) => one.locationId),
      tellings.map((one) => one.matterId),
      tellings.map((one) => one.memberId),
      at,
    ],
  )
  const rounds = new Map(notices.map(({ matterId, memberId, round }) => [`${matterId} ${memberId}`, round]))
  const leaving = tellings.flatMap((one) =>
    one.ways.map((way) => ({ ...one, way, round: rounds.get(`${one.matterId} ${one.memberId}`) ?? 0 })),
  )
  if (leaving.length === 0) return
  await tx.query(
    `insert into notice_deliveries (location_id, matter_id, member_id, round, way, breaks_quiet, due_at, changed_at)
     select d.*, $8::timestamptz from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::boolean[], $7::timestamptz[]) d
     on conflict do nothing`,
    [
      leaving.map((one) => one.locationId),
      leaving.map((one) => one.matterId),
      leaving.map((one) => one.memberId),
      leaving.map((one) => one.round),
      leaving.map((one) => one.way),
      leaving.map((one) => one.breaksQuiet),
      leaving.map((one) => new Date(one.dueAt).toISOString()),
      at,
    ],
  )
}
