import type { NewUpload, UploadState } from '../../files.ts'
import { refuse } from '../../refusal.ts'
import type { ReadTx, Tx } from '../tenant.ts'
import type { Kept } from './look-into.ts'

/** An upload as its receiver needs it. */
export type Upload = {
  id: string
  locationId: string
  sha256: string
  size: number
  received: number
  pieces: string[]
  refusal: string | null
  capturedAt: string
  capturedQuality: NewUpload['capturedQuality']
  kioskId: string | null
  expiresAt: string
}

/** What is kept, as it is given out. */
export type StoredFile = {
  id: string
  locationId: string
  capturedSha256: string
  capturedSize: number
  storedSha256: string
  storedSize: number
  thumbnailSha256: string | null
  thumbnailSize: number | null
  mediaType: Kept['mediaType']
}

const UPLOAD = `select id, location_id as "locationId", encode(sha256, 'hex') as sha256, size, received, pieces, refusal,
  captured_at as "capturedAt", captured_quality as "capturedQuality", kiosk_id as "kioskId", expires_at as "expiresAt"
  from file_uploads where tenant_id = (select app.tenant()) and id = $1`

export const ONE_FILE = `select id, location_id as "locationId", encode(captured_sha256, 'hex') as "capturedSha256",
  captured_size as "capturedSize", encode(stored_sha256, 'hex') as "storedSha256", stored_size as "storedSize",
  encode(thumbnail_sha256, 'hex') as "thumbnailSha256", thumbnail_size as "thumbnailSize", media_type as "mediaType"
  from files where tenant_id = (select app.tenant()) and id = $1`

export const readUpload = async (tx: ReadTx, id: string) => (await tx.query<Upload>(UPLOAD, [id]))[0]
export const lockUpload = async (tx: Tx, id: string) => (await tx.query<Upload>(`${UPLOAD} for update`, [id]))[0]
export const readFile = async (tx: ReadTx, id: string) => (await tx.query<StoredFile>(ONE_FILE, [id]))[0]

/** Of a file that may not be there yet: where it lies on its way, or that it has arrived. */
export async function stateOf(tx: ReadTx, id: string): Promise<(UploadState & { locationId: string }) | undefined> {
  const file = await readFile(tx, id)
  if (file) {
    const { locationId, capturedSha256: sha256, capturedSize: size } = file
    return { id, locationId, state: 'stored', offset: size, size, sha256, expiresAt: null, code: null }
  }
  const upload = await readUpload(tx, id)
  return upload && { ...stateOfUpload(upload), locationId: upload.locationId }
}

export const stateOfUpload = ({ id, refusal, received, size, expiresAt }: Upload): UploadState => ({
  id,
  state: refusal ? 'refused' : 'receiving',
  offset: received,
  size,
  sha256: null,
  expiresAt,
  code: refusal,
})

/** Bytes of this tenant: kept, and promised to uploads under way. */
export async function roomUsed(tx: ReadTx): Promise<number> {
  const [row] = await tx.query<{ bytes: string }>(
    `select coalesce((select bytes from file_usage where tenant_id = (select app.tenant())), 0)
          + coalesce((select sum(size) from file_uploads where tenant_id = (select app.tenant()) and refusal is null), 0) as bytes`,
  )
  return Number(row?.bytes ?? 0)
}

/** Refuses what would take more than a tenant's room. */
export async function demandRoom(tx: ReadTx, quotaBytes: number, bytes: number): Promise<void> {
  if ((await roomUsed(tx)) + bytes <= quotaBytes) return
  refuse('too_many', 'files.quota_full', {
    detail: 'The room for photos and files is used up. Ask whoever runs OpsFlow for more.',
    retryAfterSeconds: 3600,
  })
}

export async function uploadsOpenOf(tx: ReadTx): Promise<number> {
  const [row] = await tx.query<{ open: number }>(
    `select count(*)::int as open from file_uploads where tenant_id = (select app.tenant()) and started_by = (select app.actor())`,
  )
  return row?.open ?? 0
}

export async function insertUpload(tx: Tx, upload: NewUpload, expiresAt: string) {
  await tx.query(
    `insert into file_uploads (id, location_id, sha256, size, captured_at, captured_quality, kiosk_id, expires_at)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8)`,
    [
      upload.id,
      upload.locationId,
      upload.sha256,
      upload.size,
      upload.capturedAt,
      upload.capturedQuality,
      tx.actor.kioskId ?? (tx.actor.kind === 'kiosk' ? tx.actor.id : null),
      expiresAt,
    ],
  )
}

/** Takes a piece that lies in the storage, if it goes on exactly where the upload stands. */
export async function takePiece(
  tx: Tx,
  piece: { id: string; offset: number; size: number; key: string; expiresAt: string },
): Promise<boolean> {
  const taken = await tx.query(
    `update file_uploads set received = received + $3, pieces = pieces || $4::text, touched_at = now(), expires_at = $5
      where tenant_id = (select app.tenant()) and id = $1 and received = $2 and refusal is null and received + $3 <= size
      returning id`,
    [piece.id, piece.offset, piece.size, piece.key, piece.expiresAt],
  )
  return taken.length > 0
}

/** From the first byte again: what had arrived was not what was promised, or was refused. */
export async function beginAgain(tx: Tx, id: string, refusal: string | null = null) {
  await tx.query(
    `update file_uploads set received = 0, pieces = '{}', refusal = $2, touched_at = now()
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, refusal],
  )
}

export const countAttempt = async (tx: Tx, id: string): Promise<number> =>
  (
    await tx.query<{ attempts: number }>(
      `update file_uploads set attempts = attempts + 1 where tenant_id = (select app.tenant()) and id = $1 returning attempts`,
      [id],
    )
  )[0]?.attempts ?? 0

export const deleteUpload = (tx: Tx, id: string) =>
  tx.query('delete from file_uploads where tenant_id = (select app.tenant()) and id = $1', [id])

export async function insertFile(
  tx: Tx,
  upload: Pick<Upload, 'id' | 'locationId' | 'sha256' | 'size' | 'capturedAt' | 'capturedQuality' | 'kioskId'>,
  kept: Kept,
  hashes: { stored: Buffer; thumbnail: Buffer | null },
) {
  await tx.query(
    `insert into files (id, location_id, captured_sha256, captured_size, stored_sha256, stored_size, thumbnail_sha256,
                        thumbnail_size, media_type, width, height, captured_at, captured_quality, kiosk_id)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      upload.id,
      upload.locationId,
      upload.sha256,
      upload.size,
      hashes.stored,
      kept.bytes.length,
      hashes.thumbnail,
      kept.thumbnail?.length ?? null,
      kept.mediaType,
      kept.width,
      kept.height,
      upload.capturedAt,
      upload.capturedQuality,
      upload.kioskId,
    ],
  )
  await countKept(tx, kept.bytes.length + (kept.thumbnail?.length ?? 0))
}

/** One more file takes room, or one that leaves gives it back. */
export const countKept = (tx: Tx, bytes: number, files = 1) =>
  tx.query(
    `insert into file_usage as u (files, bytes) values (greatest($2::int, 0), greatest($1::bigint, 0))
     on conflict (tenant_id) do update set files = greatest(u.files + $2, 0), bytes = greatest(u.bytes + $1, 0)`,
    [bytes, files],
  )
