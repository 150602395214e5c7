import type { NamedPhoto } from '@opsflow/capabilities/evidence'
import type { DrawnPicture } from '@opsflow/platform/server/files/keep-picture'
import type { ServedFile } from '@opsflow/platform/server/files/serve'
import type { AcrossTenants } from '@opsflow/platform/server/files/store-leavings'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'

export const ONE_PICTURE = `
  select id, 'image/jpeg' as "mediaType", encode(stored_sha256, 'hex') as "storedSha256", stored_size as "storedSize",
         encode(thumbnail_sha256, 'hex') as "thumbnailSha256", thumbnail_size as "thumbnailSize"
    from checklist_pictures where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2`

export type PictureRow = ServedFile

/** The one of these bytes. */
export async function pictureOf(tx: ReadTx, sha256: string): Promise<NamedPhoto | undefined> {
  const rows = await tx.query<NamedPhoto>(
    `select id, encode(captured_sha256, 'hex') as sha256 from checklist_pictures
      where tenant_id = (select app.tenant()) and organization_id = $1 and captured_sha256 = decode($2, 'hex')`,
    [tx.actor.organizationId, sha256],
  )
  return rows[0]
}

/** False where somebody has just added the same. */
export async function insertPicture(tx: Tx, { kept, sha256, hashes }: DrawnPicture): Promise<boolean> {
  const rows = await tx.query(
    `insert into checklist_pictures
       (organization_id, captured_sha256, stored_sha256, stored_size, thumbnail_sha256, thumbnail_size)
     values ($1, decode($2, 'hex'), $3, $4, $5, $6)
     on conflict (tenant_id, organization_id, captured_sha256) do nothing returning id`,
    [tx.actor.organizationId, sha256, hashes.stored, kept.bytes.length, hashes.thumbnail, kept.thumbnail?.length ?? 0],
  )
  return rows.length > 0
}

/** Of these, what the organization has. They are shown now: none of them leaves before COMMIT. */
export async function holdPictures(tx: Tx, pictures: readonly NamedPhoto[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ name: string }>(
    `select p.id || ' ' || encode(p.captured_sha256, 'hex') as name from checklist_pictures p
      where p.tenant_id = (select app.tenant()) and p.organization_id = $1 and p.id = any ($2::uuid[])
      order by p.id for share`,
    [tx.actor.organizationId, pictures.map(({ id }) => id)],
  )
  return new Set(rows.map(({ name }) => name))
}

export async function customersWithPictures(
  relay: AcrossTenants,
  now: number,
): Promise<{ tenantId: string; organizationId: string }[]> {
  const { rows } = await relay.query(
    `select tenant_id as "tenantId", organization_id as "organizationId" from checklist_pictures
      where look_at <= $1 group by 1, 2 order by random() limit 200`,
    [new Date(now).toISOString()],
  )
  return rows as { tenantId: string; organizationId: string }[]
}

/** Those to look at now, held until COMMIT. */
export const lockPictures = (tx: Tx, now: number, most: number) =>
  tx.query<{ id: string; unshownAt: string | null; storedSha256: string; thumbnailSha256: string; bytes: number }>(
    `select id, unshown_at as "unshownAt", encode(stored_sha256, 'hex') as "storedSha256",
            encode(thumbnail_sha256, 'hex') as "thumbnailSha256", stored_size + thumbnail_size as bytes
       from checklist_pictures
      where tenant_id = (select app.tenant()) and organization_id = $1 and look_at <= $2
      order by id limit $3 for update skip locked`,
    [tx.actor.organizationId, new Date(now).toISOString(), most],
  )

/** Of these, what any version ever published or any draft shows. */
export async function shownPictures(tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct picture #>> '{}' as id
       from (select v.content from checklist_template_versions v join checklist_templates t on t.tenant_id = v.tenant_id and t.id = v.template_id
              where v.tenant_id = (select app.tenant()) and t.organization_id = $1
              union all
             select t.draft from checklist_templates t where t.tenant_id = (select app.tenant()) and t.organization_id = $1) c (content),
            jsonb_path_query(c.content, '$.sections[*].items[*].picture.id') picture
      where picture #>> '{}' = any ($2::text[])`,
    [tx.actor.organizationId, ids],
  )
  return new Set(rows.map(({ id }) => id))
}

export const lookAgain = (tx: Tx, ids: readonly string[], at: number, unshownAt: number | null) =>
  tx.query(
    `update checklist_pictures set look_at = $2, unshown_at = $3 where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids, new Date(at).toISOString(), unshownAt === null ? null : new Date(unshownAt).toISOString()],
  )

export const deletePictures = (tx: Tx, ids: readonly string[]) =>
  tx.query('delete from checklist_pictures where tenant_id = (select app.tenant()) and id = any ($1::uuid[])', [ids])

/** Are bytes of this hash a picture, or its thumbnail? */
export async function isPicture(tx: ReadTx, sha256: string): Promise<boolean> {
  const rows = await tx.query(
    `select from checklist_pictures where tenant_id = (select app.tenant())
        and (stored_sha256 = decode($1, 'hex') or thumbnail_sha256 = decode($1, 'hex')) limit 1`,
    [sha256],
  )
  return rows.length > 0
}
