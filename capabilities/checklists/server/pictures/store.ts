import type { NamedPhoto } from '@opsflow/capabilities/evidence'
import type { DrawnPicture } from '@opsflow/platform/server/files/keep-picture'
import type { ServedFile } from '@opsflow/platform/server/files/serve'
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

/** Of these, what the organization has. */
export async function knownPictures(tx: ReadTx, pictures: readonly NamedPhoto[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ name: string }>(
    `select p.id || ' ' || encode(p.captured_sha256, 'hex') as name from checklist_pictures p
      where p.tenant_id = (select app.tenant()) and p.organization_id = $1 and p.id = any ($2::uuid[])`,
    [tx.actor.organizationId, pictures.map(({ id }) => id)],
  )
  return new Set(rows.map(({ name }) => name))
}
