import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NoticePreferences } from '../policy-record.ts'

export async function readPreferences(tx: ReadTx, memberId: string): Promise<NoticePreferences | undefined> {
  const [kept] = await tx.query<NoticePreferences>(
    `select zone, case when quiet_from is not null then json_build_object('from', quiet_from, 'to', quiet_to) end as quiet,
            by_push as "byPush", by_email as "byEmail", muted
       from notice_preferences where tenant_id = (select app.tenant()) and member_id = $1`,
    [memberId],
  )
  return kept
}

export const upsertPreferences = (
  tx: Tx,
  memberId: string,
  { zone, quiet, byPush, byEmail, muted }: NoticePreferences,
) =>
  tx.query(
    `insert into notice_preferences as p (member_id, zone, quiet_from, quiet_to, by_push, by_email, muted)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, member_id) do update
        set zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, by_push = excluded.by_push,
            by_email = excluded.by_email, muted = excluded.muted, changed_at = now()`,
    [memberId, zone, quiet?.from ?? null, quiet?.to ?? null, byPush, byEmail, [...new Set(muted)]],
  )
