import type { ReadTx } from '@opsflow/platform/server/tenant'

export type PhotoRow = { answerId: string; sha256: string; storedSha256: string | null }

/** Photos that answers named, by the time they were named. The small copy is large enough for paper. */
export const photosOf = (tx: ReadTx, answerIds: readonly string[]): Promise<PhotoRow[]> =>
  tx.query<PhotoRow>(
    `select e.owner_id as "answerId", encode(e.sha256, 'hex') as sha256,
            encode(coalesce(f.thumbnail_sha256, f.stored_sha256), 'hex') as "storedSha256"
       from evidence e
       left join files f on f.tenant_id = e.tenant_id and f.id = e.file_id and e.arrived_at is not null
                        and f.media_type = 'image/jpeg'
      where e.tenant_id = (select app.tenant()) and e.owner_kind = 'checklist_answer' and e.owner_id = any ($1::uuid[])
      order by e.named_at, e.id`,
    [answerIds],
  )

export const whereOf = async (tx: ReadTx, locationId: string) =>
  (
    await tx.query<{ organizationName: string; name: string; timezone: string }>(
      `select o.name as "organizationName", l.name, l.timezone
         from locations l join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
        where l.tenant_id = (select app.tenant()) and l.id = $1`,
      [locationId],
    )
  )[0]
