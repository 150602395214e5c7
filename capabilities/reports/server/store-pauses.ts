import type { Tx } from '@opsflow/platform/server/tenant'
import { DUE } from './store-mailings.ts'

/** A mailing and under whom it goes. */
export type KeptMailing = { id: string; locationId: string; givenTo: string; photos: boolean; keeperId: string }

/** Locked. One that a key set up goes under nobody, and is not among them. */
export const lockGoingMailings = (tx: Tx, ids: readonly string[]) =>
  tx.query<KeptMailing>(
    `select id, location_id as "locationId", given_to as "givenTo", photos, coalesce(taken_over_by, created_by) as "keeperId"
       from report_mailings
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and ended_at is null and paused_at is null
        and coalesce(taken_over_by, created_by) is not null
      order by id for update`,
    [ids],
  )

/** What was about to leave stays here with it. */
export async function pauseMailing(tx: Tx, id: string, taskId: string) {
  await tx.query(
    `update report_mailings set paused_at = now(), pause_id = $2 where tenant_id = (select app.tenant()) and id = $1`,
    [id, taskId],
  )
  await tx.query(
    `update report_sendings set state = 'paused', changed_at = now()
      where tenant_id = (select app.tenant()) and mailing_id = $1 and state = 'queued'`,
    [id],
  )
}

export const lockPause = async (tx: Tx, id: string): Promise<{ taskId: string | null } | undefined> =>
  (
    await tx.query<{ taskId: string | null }>(
      `select pause_id as "taskId" from report_mailings
        where tenant_id = (select app.tenant()) and id = $1 and paused_at is not null and ended_at is null for update`,
      [id],
    )
  )[0]

/** Of the weeks or months that passed meanwhile only the last goes out: nobody is sent a dozen letters at once. */
export async function resumeMailing(tx: Tx, id: string, by: string) {
  await tx.query(
    `with n as (
       select k.id, greatest(k.next_day, date_trunc(k.every, now() at time zone l.timezone)::date) as day, l.day_starts_at, l.timezone
         from report_mailings k join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id
        where k.tenant_id = (select app.tenant()) and k.id = $1)
     update report_mailings k set taken_over_by = $2, paused_at = null, pause_id = null, next_day = n.day, due_at = ${DUE('n.day', 'n')}
       from n where k.tenant_id = (select app.tenant()) and k.id = n.id`,
    [id, by],
  )
  await tx.query(
    `update report_sendings set state = 'queued', due_at = now(), changed_at = now()
      where tenant_id = (select app.tenant()) and mailing_id = $1 and state = 'paused'`,
    [id],
  )
}
